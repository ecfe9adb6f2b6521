"""Moving and removing a planned show: everybody comes along, and who saw an older plan overwrites nothing."""

from __future__ import annotations

from datetime import timedelta

from svoi.planning.actions.crew import assign_shift
from svoi.planning.actions.moving import move_slot, remove_slot
from svoi.planning.actions.samples import book_samples, say_samples
from svoi.planning.models import SampleBooking, Shift
from svoi.planning.rules.approving import ShowBegun, SlotGone, SlotStale
from svoi.planning.rules.conflicts import PlanImpossible
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON, recorded
from tests.planning.desk import after, place, planned, refused, studio, told


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
