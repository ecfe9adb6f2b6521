"""The people, samples and training of a planned show: given once, kept within it, and given back."""

from __future__ import annotations

from svoi.communities.rules import RoleMissing
from svoi.planning.actions.crew import assign_shift, withdraw_shift
from svoi.planning.actions.houses import change_planning_terms
from svoi.planning.actions.samples import book_samples, say_samples
from svoi.planning.actions.training import add_step, confirm_done, drop_step, mark_done
from svoi.planning.models import SampleBooking, Shift
from svoi.planning.rules.conflicts import PlanDoubtful, PlanImpossible
from svoi.planning.rules.moving import HostNeeded, ShiftOutside
from svoi.planning.rules.reminding import StepConfirmedBySelf, StepNotDone
from svoi.planning.rules.terms import ProductElsewhere, RoleOnShowUnknown, TermOutOfRange, ZoneUnknown
from tests import cast
from tests.cast import NOON
from tests.planning.desk import after, kinds, planned, refused, studio, told


def test_a_shift_is_given_once_and_comes_back_as_itself(room, anna, host):
    slot = planned(room, anna)
    first = assign_shift(slot_id=slot.pk, member=host, role="assistant", by=anna, at=NOON)
    again = assign_shift(slot_id=slot.pk, member=host, role="assistant", by=anna, at=after(1))
    withdraw_shift(slot_id=slot.pk, shift_id=first.pk, by=anna, at=after(2))
    withdraw_shift(slot_id=slot.pk, shift_id=first.pk, by=anna, at=after(3))
    first.refresh_from_db()
    assert (again.pk, first.sequence, first.removed_at) == (first.pk, 1, after(2))
    back = assign_shift(slot_id=slot.pk, member=host, role="assistant", by=anna, at=after(4))
    assert (back.pk, back.sequence, back.removed_at) == (first.pk, 2, None)
    assert len(told("shift_assigned")) == 2
    slot.refresh_from_db()
    assert slot.version == 1


def test_the_last_host_stays_and_the_next_one_gets_the_show(room, anna, host):
    slot = planned(room, anna)
    hers = Shift.objects.get(slot=slot)
    with refused(HostNeeded):
        withdraw_shift(slot_id=slot.pk, shift_id=hers.pk, by=anna, at=NOON)
    assign_shift(slot_id=slot.pk, member=host, role="host", by=anna, at=NOON)
    withdraw_shift(slot_id=slot.pk, shift_id=hers.pk, by=anna, at=NOON)
    slot.refresh_from_db()
    assert (slot.show.host, slot.version) == (host, 3)


def test_work_on_a_show_is_known_lies_within_it_and_is_for_the_crew(room, anna, vera, table):
    cast.joins(vera, table)
    slot = planned(room, anna)
    with refused(RoleOnShowUnknown):
        assign_shift(slot_id=slot.pk, member=anna, role="boss", by=anna, at=NOON)
    for span in ((after(23), after(24)), (after(24), after(24)), (after(24), after(25.1))):
        with refused(ShiftOutside):
            assign_shift(slot_id=slot.pk, member=anna, role="editor", span=span, by=anna, at=NOON)
    with refused(PlanImpossible):
        assign_shift(slot_id=slot.pk, member=vera, role="editor", by=anna, at=NOON)
    assert Shift.objects.count() == 1


def test_samples_are_held_for_a_show_and_given_back(room, table, anna, host):
    mug = cast.product(table)
    sample = say_samples(community=table, product_id=mug.product_id, pieces=2, by=anna, at=NOON)
    slot = planned(room, anna)
    book_samples(slot_id=slot.pk, sample_id=sample.pk, pieces=2, holder=host, by=anna, at=NOON)
    book_samples(slot_id=slot.pk, sample_id=sample.pk, pieces=2, holder=host, by=anna, at=NOON)
    assert list(SampleBooking.objects.values_list("pieces", "holder")) == [(2, host.pk)]
    other = planned(studio(table, anna, name="Малая"), host, by=anna)
    with refused(PlanDoubtful) as short:
        book_samples(slot_id=other.pk, sample_id=sample.pk, pieces=1, holder=host, by=anna, at=NOON)
    assert [(one.kind, one.others, one.amount, one.limit) for one in short.value.facts["conflicts"]] == [
        ("sample_short", (slot.pk,), 3, 2)
    ]
    book_samples(slot_id=slot.pk, sample_id=sample.pk, pieces=0, holder=host, by=anna, at=NOON)
    book_samples(slot_id=other.pk, sample_id=sample.pk, pieces=1, holder=host, by=anna, at=NOON)
    assert [payload["pieces"] for payload in told("samples_booked")] == [2, 0, 1]


def test_a_sample_is_of_a_product_of_the_community(table, cellar, anna, room):
    foreign = cast.product(cellar)
    with refused(ProductElsewhere):
        say_samples(community=table, product_id=foreign.product_id, pieces=1, by=anna, at=NOON)
    theirs = say_samples(community=cellar, product_id=foreign.product_id, pieces=1, by=anna, at=NOON)
    slot = planned(room, anna)
    with refused(ProductElsewhere):
        book_samples(slot_id=slot.pk, sample_id=theirs.pk, pieces=1, holder=anna, by=anna, at=NOON)


def test_a_host_in_training_is_warned_of_until_another_has_seen_every_step(room, table, anna, host):
    step = add_step(community=table, title_ru="Прочитать правила эфира", title_en="", by=anna, at=NOON)
    with refused(PlanDoubtful) as doubt:
        planned(room, host, by=anna)
    assert kinds(doubt) == ["host_untrained"]
    with refused(StepNotDone):
        confirm_done(step_id=step.pk, member_id=host.pk, by=anna, at=NOON)
    mark_done(step_id=step.pk, member=host, at=NOON)
    mark_done(step_id=step.pk, member=anna, at=NOON)
    with refused(StepConfirmedBySelf):
        confirm_done(step_id=step.pk, member_id=anna.pk, by=anna, at=NOON)
    with refused(RoleMissing):
        confirm_done(step_id=step.pk, member_id=anna.pk, by=host, at=NOON)
    for _ in range(2):
        confirm_done(step_id=step.pk, member_id=host.pk, by=anna, at=NOON)
    assert told("training_confirmed") == [
        {"community_id": table.pk, "step_id": step.pk, "member_id": host.pk, "by_id": anna.pk}
    ]
    planned(room, host, by=anna)


def test_a_strict_community_refuses_a_host_in_training(room, table, anna, host):
    step = add_step(community=table, title_ru="Прочитать правила эфира", title_en="", by=anna, at=NOON)
    limits = {"rest_min": 60, "day_max_min": 240, "week_max_min": 1200}
    rules = {"limits": limits, "time_zone": "Europe/Moscow", "by": anna, "at": NOON}
    change_planning_terms(community=table, untrained="refuse", **rules)
    with refused(PlanImpossible):
        planned(room, host, by=anna, accepting="Пусть попробует")
    drop_step(step_id=step.pk, by=anna, at=NOON)
    planned(room, host, by=anna)
    with refused(TermOutOfRange):
        change_planning_terms(community=table, untrained="whip", **rules)
    with refused(ZoneUnknown):
        change_planning_terms(community=table, untrained="warn", **{**rules, "time_zone": "Мск"})
