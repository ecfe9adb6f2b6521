"""Who finds the calendar: the crew looks, owners and producers plan, for everybody else it is not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from svoi.db.models import OutboxEvent
from svoi.planning.actions.houses import keep_template
from svoi.planning.actions.series import plan_series
from svoi.planning.actions.training import add_step
from svoi.planning.models import Slot, Studio
from svoi.shows.models import Show
from svoi.studio.planning_urls import urlpatterns
from tests import cast
from tests.planning.test_series import wanted
from tests.studio.stage import send, signed

SEEN = [
    ("get", "/studio/shifts/", {}),
    ("get", "/studio/table/calendar", {}),
    ("get", "/studio/table/calendar/shifts", {}),
    ("get", "/studio/table/calendar/shows/{slot}/", {}),
]
HERS = [("post", "/studio/shifts/address", {"verb": "issue"}), ("post", "/studio/shifts/steps/{step}", {})]
PLANNED = [
    ("get", "/studio/table/calendar/shows", {}),
    ("post", "/studio/table/calendar/shows", {}),
    ("get", "/studio/table/calendar/unplaced/{announced}", {}),
    ("get", "/studio/table/calendar/shows/{slot}/check", {}),
    ("post", "/studio/table/calendar/shows/{slot}/place", {}),
    ("post", "/studio/table/calendar/shows/{slot}/approval", {"verb": "approve", "seen": "1"}),
    ("post", "/studio/table/calendar/shows/{slot}/copies", {}),
    ("post", "/studio/table/calendar/shows/{slot}/template", {}),
    ("post", "/studio/table/calendar/shows/{slot}/shifts", {}),
    ("post", "/studio/table/calendar/shows/{slot}/shifts/{shift}/removal", {}),
    ("post", "/studio/table/calendar/shows/{slot}/samples", {}),
    ("post", "/studio/table/calendar/shows/{slot}/removal", {"seen": "9"}),
    ("get", "/studio/table/calendar/series/", {}),
    ("get", "/studio/table/calendar/series/{series}/", {}),
    ("post", "/studio/table/calendar/series/{series}/", {}),
    ("post", "/studio/table/calendar/series/{series}/shows", {}),
    ("post", "/studio/table/calendar/series/{series}/skips", {}),
    ("get", "/studio/table/calendar/house", {}),
    ("post", "/studio/table/calendar/house/studios", {}),
    ("post", "/studio/table/calendar/house/studios/{studio}", {}),
    ("post", "/studio/table/calendar/house/terms", {}),
    ("post", "/studio/table/calendar/house/steps", {}),
    ("post", "/studio/table/calendar/house/steps/{step}", {}),
    ("post", "/studio/table/calendar/house/samples", {}),
    ("post", "/studio/table/calendar/house/templates/{template}", {}),
    ("post", "/studio/table/calendar/series/{series}/end", {}),
]


@pytest.fixture
def places(table, slot, anna, room) -> dict[str, int]:
    now = timezone.now()
    announced = Show.objects.create(community=table, host=anna, title_ru="Эфир", starts_at=slot.starts_at)
    return {
        "slot": slot.pk,
        "shift": slot.shifts.get().pk,
        "studio": room.pk,
        "announced": announced.pk,
        "step": add_step(community=table, title_ru="Шаг", title_en="", by=anna, at=now).pk,
        "template": keep_template(slot_id=slot.pk, by=anna, at=now).pk,
        "series": plan_series(community=table, wanted=wanted(room, anna.pk), by=anna, at=now).pk,
    }


def answers(browser: Client, doors, places) -> list[int]:
    return [
        send(browser, method, address.format(**places), dict(fields)).status_code for method, address, fields in doors
    ]


def state() -> tuple[int, int, int]:
    return OutboxEvent.objects.count(), Slot.objects.standing().count(), Studio.objects.filter(closed_at=None).count()


def test_every_address_is_tried_here():
    tried = {re.sub(r"\{\w+\}|table(?=/)", "*", address) for _, address, _ in [*SEEN, *HERS, *PLANNED]}
    known = {f"/studio/{re.sub('<[^>]+>', '*', str(one.pattern))}" for one in urlpatterns}
    assert known - tried == {"/studio/calendar/*.ics"}


@pytest.mark.django_db(transaction=True)
def test_whoever_plans_finds_everything(anna, places):
    browser = signed(anna)
    assert [status for status in answers(browser, [*SEEN, *HERS], places) if status not in (200, 302)] == []
    assert set(answers(browser, PLANNED, places)) == {200, 302, 409, 422}


def test_a_host_looks_and_moves_nothing(host, places):
    browser, before = signed(host), state()
    assert set(answers(browser, PLANNED, places)) == {404}
    assert state() == before
    assert answers(browser, [*SEEN, *HERS], places) == [200, 200, 200, 200, 200, 302]
    page = browser.get("/studio/table/calendar").content.decode()
    assert ("data-plans" in page, "data-movable" in page, "<dialog" in page) == (False, False, False)


@pytest.mark.parametrize("roles", [None, (), ("clerk",)])
def test_a_stranger_a_plain_member_and_a_point_worker_find_nothing(dmitri, table, places, roles):
    if roles is not None:
        cast.joins(dmitri, table, *roles)
    before = state()
    assert set(answers(signed(dmitri), [*SEEN, *HERS, *PLANNED], places)) == {404}
    assert state() == before


def test_the_crew_of_another_community_finds_its_own_calendar_alone(gleb, places):
    cast.community(gleb, slug="lair")
    browser, before = signed(gleb), state()
    assert set(answers(browser, [*SEEN[1:], HERS[1], *PLANNED], places)) == {404}
    # The same numbers below her own address lead nowhere either.
    own = [
        (method, address.replace("/table/", "/lair/"), fields) for method, address, fields in PLANNED if "{" in address
    ]
    assert set(answers(browser, own, places)) == {404}
    assert state() == before


def test_a_visitor_is_sent_to_sign_in(places):
    visitor = Client()
    assert set(answers(visitor, [*SEEN, *HERS, *PLANNED], places)) == {401}
    assert visitor.get("/studio/table/calendar")["Location"] == "/sign-in?next=/studio/table/calendar"


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_a_method_that_is_not_offered_is_refused(anna, places, method):
    offered: dict[str, set[str]] = {}
    for verb, address, _ in [*SEEN, *HERS, *PLANNED]:
        offered.setdefault(address, set()).add(verb)
    offered["/studio/table/calendar/unplaced/{announced}"].add("post")
    offered["/studio/table/calendar/series/"].add("post")
    browser, before = signed(anna), state()
    wrong = [address for address, verbs in offered.items() if method not in verbs]
    assert {send(browser, method, address.format(**places), {}).status_code for address in wrong} == {405}
    assert state() == before


def test_numbers_too_large_for_any_table_are_not_found(anna, table, room):
    browser, huge = signed(anna), 10**30
    addresses = ["shows/{}/", "series/{}/", "unplaced/{}"]
    assert {browser.get(f"/studio/table/calendar/{one.format(huge)}").status_code for one in addresses} == {404}
    assert browser.get(f"/studio/table/calendar/shows?template={huge}").status_code == 200
    assert browser.get("/studio/table/calendar?who=999999999999999").status_code == 200
