"""A plan asked about, approved or declined, and the conflicts that are standing."""

from __future__ import annotations

from svoi.planning.actions.approving import approve_slot, ask_approval, decline_slot
from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.training import add_step
from svoi.planning.models import Slot
from svoi.planning.queries.standing import standing_between, standing_of
from svoi.planning.rules.approving import NotAsked
from svoi.planning.rules.conflicts import PlanDoubtful
from svoi.planning.rules.terms import ReasonMissing
from tests.cast import NOON, recorded
from tests.planning.desk import after, place, planned, refused, told


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
