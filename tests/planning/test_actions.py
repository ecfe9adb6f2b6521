"""Planning, moving, staffing and approving: what is written, what is told, and what a refusal leaves as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.communities.rules import RoleMissing
from svoi.planning.actions.approving import approve_slot, ask_approval, decline_slot
from svoi.planning.actions.crew import assign_shift, withdraw_shift
from svoi.planning.actions.houses import change_planning_terms, close_studio, drop_template, keep_template, open_studio
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.placing import copy_show, place_show
from svoi.planning.actions.samples import book_samples, say_samples
from svoi.planning.actions.training import add_step, confirm_done, drop_step, mark_done
from svoi.planning.models import ConflictAcceptance, SampleBooking, Shift, ShowTemplate, Slot, Studio
from svoi.planning.queries.standing import standing_between, standing_of
from svoi.planning.rules.approving import NotAsked, PlacedAlready, ShowBegun, SlotGone, SlotStale
from svoi.planning.rules.conflicts import PlanDoubtful, PlanImpossible
from svoi.planning.rules.moving import HostNeeded, ShiftOutside
from svoi.planning.rules.reminding import StepConfirmedBySelf, StepNotDone
from svoi.planning.rules.terms import (
    PlaceNameMissing,
    PlaceNameTaken,
    ProductElsewhere,
    ReasonMissing,
    RoleOnShowUnknown,
    StudioClosed,
    StudioInUse,
    TermOutOfRange,
    TooLateToPlan,
    ZoneUnknown,
)
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON, recorded
from tests.planning.desk import after, place, planned, refused, studio


def kinds(no) -> list[str]:
    return [one.kind for one in no.value.facts["conflicts"]]


def told(kind: str) -> list[dict[str, object]]:
    return [payload for _, payload in recorded(kind)]


# --- Planning ---------------------------------------------------------------------------------------------------------


def test_a_planned_show_is_a_show_with_a_place_and_its_host(room, anna, host):
    slot = planned(room, host, by=anna)
    assert (slot.begins_at, slot.ends_at, slot.starts_at) == (after(23.5), after(25), after(24))
    assert (slot.length_min, slot.version, slot.approval()) == (60, 1, "draft")
    assert (slot.show.starts_at, slot.show.host, slot.show.title_ru) == (after(24), host, "Льняная пятница")
    assert list(Shift.objects.values_list("slot", "member", "role", "begins_at", "ends_at")) == [
        (slot.pk, host.pk, "host", after(23.5), after(25))
    ]
    assert recorded()[-2:] == [
        ("show_scheduled", {"show_id": slot.show_id}),
        ("show_planned", {"show_id": slot.show_id, "from_show_id": None, "series_id": None}),
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"hours": 0}, TooLateToPlan),
        ({"length_min": 4}, TermOutOfRange),
        ({"length_min": 781}, TermOutOfRange),
        ({"preparation_min": -1}, TermOutOfRange),
    ],
)
def test_what_cannot_be_planned_leaves_nothing(room, anna, changes, refusal):
    before = recorded()
    with refused(refusal):
        planned(room, anna, **changes)
    assert (Show.objects.count(), Slot.objects.count(), recorded()) == (0, 0, before)


def test_only_those_who_run_shows_plan_and_only_the_crew_hosts(room, host, anna, vera, table):
    cast.joins(vera, table)
    with refused(RoleMissing):
        planned(room, host, by=host)
    with refused(PlanImpossible) as no:
        planned(room, vera, by=anna)
    assert (kinds(no), Show.objects.count()) == (["not_of_the_crew"], 0)


def test_a_studio_of_another_community_is_no_place_for_a_show(room, cellar, anna):
    elsewhere = studio(cellar, anna, name="Погреб")
    slot = planned(room, anna)
    with refused(PlanImpossible) as no:
        move_slot(slot_id=slot.pk, seen=1, place=place(elsewhere, hours=48), by=anna, at=NOON)
    assert kinds(no) == ["studio_elsewhere"]


def test_a_hard_conflict_refuses_and_a_soft_one_wants_a_reason_that_is_kept(room, anna, host):
    first = planned(room, anna)
    with refused(PlanImpossible) as hard:
        planned(room, host, by=anna, hours=24.5, accepting="Очень надо")
    assert kinds(hard) == ["studio_taken"]
    with refused(PlanDoubtful) as soft:
        planned(room, host, by=anna, hours=25.5, accepting="  ")
    assert (kinds(soft), Slot.objects.count()) == (["turn_around"], 1)
    second = planned(room, host, by=anna, hours=25.5, accepting=" Успеем:  помощников двое ")
    kept = ConflictAcceptance.objects.get()
    assert (kept.slot, kept.version, kept.others, kept.reason) == (second, 1, [first.pk], "Успеем: помощников двое")
    assert told("conflict_accepted") == [
        {
            "show_id": second.show_id, "slot_id": second.pk, "by_id": anna.pk, "reason": "Успеем: помощников двое",
            "conflict": f"turn_around:0:0:{first.pk}-{second.pk}",
        }
    ]  # fmt: skip
    assert [[bool(one.accepted) for one in standing_of(slot)] for slot in (first, second)] == [[True], [True]]


def test_a_host_of_two_communities_cannot_be_taken_twice(room, cellar, anna):
    slot = planned(room, anna)
    elsewhere = studio(cellar, anna, name="Погреб")
    with refused(PlanImpossible) as no:
        planned(elsewhere, anna)
    assert [(one.kind, one.others) for one in no.value.facts["conflicts"]] == [("host_taken", (slot.pk,))]


def test_an_announced_show_gets_its_place_once(room, table, anna, host):
    show = Show.objects.create(community=table, host=host, title_ru="Эфир", starts_at=after(5))
    slot = place_show(show_id=show.pk, place=place(room), by=anna, at=NOON)
    show.refresh_from_db()
    assert (slot.show, show.starts_at, show.host) == (show, after(24), host)
    assert told("show_planned") == [{"show_id": show.pk, "from_show_id": None, "series_id": None}]
    with refused(PlacedAlready):
        place_show(show_id=show.pk, place=place(room, hours=48), by=anna, at=NOON)


def test_a_copy_says_what_it_is_a_copy_of(room, anna, host):
    first = planned(room, host, by=anna)
    second = copy_show(slot_id=first.pk, starts_at=after(72), by=anna, at=NOON)
    assert (second.studio, second.length_min, second.preparation_min) == (room, 60, 30)
    assert (second.show.title_ru, second.show.host, second.show.starts_at) == ("Льняная пятница", host, after(72))
    assert told("show_planned")[1] == {"show_id": second.show_id, "from_show_id": first.show_id, "series_id": None}


# --- Moving -----------------------------------------------------------------------------------------------------------


def test_a_move_takes_everybody_along(room, table, anna, host):
    slot = planned(room, host, by=anna)
    part = (slot.begins_at + timedelta(minutes=30), slot.ends_at)
    assign_shift(slot_id=slot.pk, member=anna, role="moderator", span=part, by=anna, at=NOON)
    other = studio(table, anna, name="Малая")
    moved = move_slot(slot_id=slot.pk, seen=1, place=place(other, hours=48, length_min=90), by=anna, at=after(1))
    assert (moved.version, moved.studio, moved.begins_at, moved.ends_at) == (2, other, after(47.5), after(49.5))
    assert (moved.moved_by, moved.moved_at) == (anna, after(1))
    slot.show.refresh_from_db()
    assert slot.show.starts_at == after(48)
    assert list(Shift.objects.order_by("role").values_list("role", "begins_at", "ends_at", "sequence")) == [
        ("host", after(47.5), after(49.5), 1),
        ("moderator", after(48), after(49.5), 1),
    ]
    assert told("slot_moved") == [
        {
            "show_id": slot.show_id, "slot_id": slot.pk, "version": 2, "studio_id": other.pk, "by_id": anna.pk,
            "begins_at": after(47.5).isoformat(), "ends_at": after(49.5).isoformat(),
        }
    ]  # fmt: skip


def test_the_same_place_again_is_no_move(room, anna):
    slot = planned(room, anna)
    assert move_slot(slot_id=slot.pk, seen=1, place=place(room), by=anna, at=NOON).version == 1
    assert told("slot_moved") == []


def test_whoever_saw_an_older_plan_is_told_what_changed_and_overwrites_nothing(room, anna, boris, table):
    cast.joins(boris, table, "producer")
    slot = planned(room, anna)
    move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=30), by=boris, at=NOON)
    with refused(SlotStale) as stale:
        move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=40), by=anna, at=NOON)
    assert stale.value.facts == {
        "by": "Boris", "begins_at": after(30), "ends_at": after(31), "studio": "Большая", "version": 2,
    }  # fmt: skip
    slot.refresh_from_db()
    assert (slot.version, slot.starts_at) == (2, after(30))


def test_a_refused_move_leaves_everything_in_place(room, anna, host):
    planned(room, anna)
    slot = planned(room, host, by=anna, hours=48)
    before = recorded()
    with refused(PlanImpossible):
        move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=24.25), by=anna, at=NOON)
    slot.refresh_from_db()
    assert (slot.version, slot.starts_at, recorded()) == (1, after(48), before)
    assert Shift.objects.get(slot=slot).begins_at == slot.begins_at


def test_a_show_on_air_is_not_moved_any_more(room, anna):
    slot = planned(room, anna)
    Show.objects.filter(pk=slot.show_id).update(went_live_at=after(24))
    with refused(ShowBegun):
        move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=48), by=anna, at=after(24))
    with refused(ShowBegun):
        remove_slot(slot_id=slot.pk, seen=1, reason="", by=anna, at=after(24))


def test_a_removed_show_is_called_off_and_frees_place_people_and_samples(room, anna, host, table):
    sample = say_samples(community=table, product_id=cast.product(table).product_id, pieces=1, by=anna, at=NOON)
    slot = planned(room, host, by=anna)
    book_samples(slot_id=slot.pk, sample_id=sample.pk, pieces=1, holder=host, by=anna, at=NOON)
    remove_slot(slot_id=slot.pk, seen=1, reason="Гость заболел", by=anna, at=after(1))
    slot.refresh_from_db()
    assert (slot.removed_at, slot.removed_by, slot.removed_for, slot.version) == (after(1), anna, "Гость заболел", 2)
    assert list(Shift.objects.values_list("removed_at", "sequence")) == [(after(1), 1)]
    assert (SampleBooking.objects.count(), Show.objects.visible_to(anna).count()) == (0, 0)
    assert [kind for kind, _ in recorded()][-2:] == ["show_called_off", "slot_removed"]
    planned(room, host, by=anna)
    with refused(SlotGone):
        move_slot(slot_id=slot.pk, seen=2, place=place(room, hours=60), by=anna, at=after(1))


# --- People, samples, training ----------------------------------------------------------------------------------------


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


# --- Approval ---------------------------------------------------------------------------------------------------------


def test_a_plan_is_asked_about_and_approved_once(room, anna):
    slot = planned(room, anna)
    with refused(NotAsked):
        approve_slot(slot_id=slot.pk, seen=1, by=anna, at=NOON)
    for _ in range(2):
        ask_approval(slot_id=slot.pk, seen=1, by=anna, at=NOON)
    assert Slot.objects.get().approval() == "asked"
    for _ in range(2):
        approve_slot(slot_id=slot.pk, seen=1, by=anna, at=after(1))
    approved = Slot.objects.get()
    assert (approved.approval(), approved.approvals.count()) == ("approved", 1)
    assert [kind for kind, _ in recorded()][-2:] == ["approval_asked", "slot_approved"]
    move_slot(slot_id=slot.pk, seen=1, place=place(room, hours=48), by=anna, at=after(2))
    assert Slot.objects.get().approval() == "moved"


def test_a_plan_is_declined_for_a_reason_and_asked_about_anew(room, anna):
    slot = planned(room, anna)
    ask_approval(slot_id=slot.pk, seen=1, by=anna, at=NOON)
    with refused(ReasonMissing):
        decline_slot(slot_id=slot.pk, seen=1, reason=" \0 ", by=anna, at=NOON)
    decline_slot(slot_id=slot.pk, seen=1, reason="Нет чайников", by=anna, at=NOON)
    assert (Slot.objects.get().approval(), told("slot_declined")[0]["reason"]) == ("declined", "Нет чайников")
    ask_approval(slot_id=slot.pk, seen=1, by=anna, at=after(1))
    assert Slot.objects.get().approval() == "asked"


def test_warnings_that_came_up_later_have_to_be_accepted_with_the_approval(room, anna, host, table):
    slot = planned(room, host, by=anna)
    ask_approval(slot_id=slot.pk, seen=1, by=anna, at=NOON)
    add_step(community=table, title_ru="Прочитать правила эфира", title_en="", by=anna, at=NOON)
    with refused(PlanDoubtful):
        approve_slot(slot_id=slot.pk, seen=1, by=anna, at=NOON)
    approve_slot(slot_id=slot.pk, seen=1, by=anna, at=NOON, accepting="Анна рядом")
    assert [one.accepted.reason for one in standing_of(slot)] == ["Анна рядом"]


def test_the_conflicts_of_a_week_are_read_by_the_same_queries_for_one_show_and_for_three(
    room, anna, host, table, django_assert_num_queries
):
    def read() -> list[int]:
        found = standing_between(community_id=table.pk, first=NOON, last=after(7 * 24))
        return [len(conflicts) for conflicts in found.values()]

    planned(room, anna)
    with django_assert_num_queries(9):
        assert read() == [0]
    planned(room, host, by=anna, hours=25.5, accepting="Успеем")
    planned(room, host, by=anna, hours=48)
    with django_assert_num_queries(9):
        assert read() == [1, 1, 0]


# --- Studios and templates --------------------------------------------------------------------------------------------


def test_a_studio_is_named_once_and_closed_when_it_is_empty(room, table, anna):
    told_of = {"name_en": "", "turn_around_min": 0, "time_zone": "Europe/Moscow", "by": anna, "at": NOON}
    for name, refusal in (("Большая", PlaceNameTaken), (" \0", PlaceNameMissing)):
        with refused(refusal):
            open_studio(community=table, name_ru=name, **told_of)
    with refused(TermOutOfRange):
        open_studio(community=table, name_ru="Малая", **{**told_of, "turn_around_min": 481})
    slot = planned(room, anna)
    with refused(StudioInUse) as used:
        close_studio(studio_id=room.pk, by=anna, at=NOON)
    assert used.value.facts == {"begins_at": slot.starts_at}
    for _ in range(2):
        close_studio(studio_id=room.pk, by=anna, at=after(26))
    assert (Studio.objects.get().closed_at, len(told("studio_shut"))) == (after(26), 1)
    with refused(StudioClosed):
        planned(room, anna, hours=48)


def test_a_plan_is_kept_as_a_template_and_dropped(room, anna, host):
    slot = planned(room, host, by=anna)
    template = keep_template(slot_id=slot.pk, by=anna, at=NOON)
    assert (template.title_ru, template.length_min, template.studio, template.host) == (
        "Льняная пятница", 60, room, host,
    )  # fmt: skip
    for moment in (1, 2):
        drop_template(template_id=template.pk, by=anna, at=after(moment))
    assert ShowTemplate.objects.get().dropped_at == after(1)
