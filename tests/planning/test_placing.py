"""Planning a show, and the studios and templates it is planned with: what is written, told, and left by a refusal."""

from __future__ import annotations

import pytest

from svoi.communities.rules import RoleMissing
from svoi.planning.actions.houses import close_studio, drop_template, keep_template, open_studio
from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.placing import copy_show, place_show
from svoi.planning.models import ConflictAcceptance, Shift, ShowTemplate, Slot, Studio
from svoi.planning.queries.standing import standing_of
from svoi.planning.rules.approving import PlacedAlready
from svoi.planning.rules.conflicts import PlanDoubtful, PlanImpossible
from svoi.planning.rules.terms import (
    PlaceNameMissing,
    PlaceNameTaken,
    StudioClosed,
    StudioInUse,
    TermOutOfRange,
    TooLateToPlan,
)
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON, recorded
from tests.planning.desk import after, kinds, place, planned, refused, studio, told


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
