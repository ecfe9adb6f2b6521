"""Who finds what: the studio exists for the crew alone, and what runs a show for those who may run it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from svoi.db.models import OutboxEvent
from svoi.shows.models import Show, StreamKey
from svoi.studio.urls import urlpatterns
from tests import cast
from tests.flash.stall import armed_row
from tests.studio.stage import said, send, signed

# Method, address and what it carries; the places are filled from the show.
KEPT = [
    ("get", "/studio/shows/{show}/", {}),
    ("get", "/studio/shows/{show}/strip", {}),
    ("get", "/studio/shows/{show}/signal", {}),
    ("get", "/studio/shows/{show}/air", {}),
    ("get", "/studio/shows/{show}/tray", {}),
    ("get", "/studio/shows/{show}/flash", {}),
    ("get", "/studio/shows/{show}/messages", {}),
    ("post", "/studio/shows/{show}/messages/{message}/hidden", {}),
    ("get", "/studio/shows/{show}/mutes", {}),
    ("post", "/studio/shows/{show}/mutes", {"member": "{member}"}),
    ("get", "/studio/shows/{show}/policy", {}),
    ("post", "/studio/shows/{show}/policy", {"slow_mode_s": "5", "length_max": "100"}),
]
RUN = [
    ("get", "/studio/shows/{show}/key", {}),
    ("post", "/studio/shows/{show}/key", {}),
    ("post", "/studio/shows/{show}/break", {}),
    ("delete", "/studio/shows/{show}/break", {}),
    ("put", "/studio/shows/{show}/pin", {"product": "{towel}"}),
    ("delete", "/studio/shows/{show}/pin", {}),
    ("get", "/studio/shows/{show}/choice", {}),
    ("put", "/studio/shows/{show}/tray/{towel}", {"position": "0"}),
    ("delete", "/studio/shows/{show}/tray/{towel}", {}),
    ("post", "/studio/shows/{show}/tray", {"product": "{towel}"}),
    ("get", "/studio/shows/{show}/flash/form", {}),
    ("post", "/studio/shows/{show}/flash", {}),
    ("post", "/studio/shows/{show}/flash/{deal}/firing", {}),
    ("delete", "/studio/shows/{show}/flash/{deal}", {}),
    ("post", "/studio/shows/{show}/start", {}),
    ("post", "/studio/shows/{show}/end", {}),
    ("get", "/studio/table/shows", {}),
    ("post", "/studio/table/shows", {"title_ru": "Ещё один"}),
]
ANSWERS = {"start": 409, "post /studio/table/shows": 422, "post /studio/shows/{show}/flash": 422}


@pytest.fixture
def places(show: Show, anna, vera, towel) -> dict[str, int]:
    message = said(show, vera)
    deal = armed_row(towel, anna, show_id=show.pk, at=timezone.now())
    return {"show": show.pk, "message": message.pk, "member": vera.pk, "towel": towel.product_id, "deal": deal.pk}


def ask(browser: Client, door: tuple[str, str, dict[str, str]], places: dict[str, int]) -> int:
    method, address, fields = door
    filled = {name: value.format(**places) for name, value in fields.items()}
    return send(browser, method, address.format(**places), filled).status_code


def expected(door: tuple[str, str, dict[str, str]]) -> int:
    method, address, _ = door
    return ANSWERS.get(address.rpartition("/")[2], ANSWERS.get(f"{method} {address}", 200))


def answers(browser: Client, doors: list[tuple[str, str, dict[str, str]]], places: dict[str, int]) -> list[int]:
    return [ask(browser, door, places) for door in doors]


def test_every_address_is_tried_here():
    tried = {re.sub(r"\{\w+\}|table(?=/shows)", "*", address) for _, address, _ in [*KEPT, *RUN]}
    known = {f"/studio/{re.sub('<[^>]+>', '*', str(one.pattern))}" for one in urlpatterns}
    # The counter, the shop and the camera have tests of doors of their own.
    assert known - tried == {"/studio/", "/studio/points/", "/studio/*/", "/studio/shows/*/camera"}


@pytest.mark.django_db(transaction=True)
def test_whoever_runs_the_show_finds_everything(anna, places):
    browser = signed(anna)
    assert [(door[:2], ask(browser, door, places)) for door in [*KEPT, *RUN]] == [
        (door[:2], expected(door)) for door in [*KEPT, *RUN]
    ]


def test_a_moderator_finds_what_keeps_order_and_nothing_that_runs(keeper, places):
    browser = signed(keeper)
    before = OutboxEvent.objects.count()
    assert set(answers(browser, RUN, places)) == {404}
    assert (OutboxEvent.objects.count(), StreamKey.objects.count()) == (before, 0)
    assert set(answers(browser, KEPT, places)) == {200}


@pytest.mark.parametrize("belongs", [False, True])
def test_a_stranger_and_a_plain_member_find_nothing(dmitri, table, places, belongs):
    if belongs:
        cast.joins(dmitri, table)
    browser = signed(dmitri)
    assert set(answers(browser, [*KEPT, *RUN, ("get", "/studio/", {})], places)) == {404}
    assert OutboxEvent.objects.count() == 0


def test_the_crew_of_another_community_finds_nothing(gleb, places):
    cast.community(gleb, slug="lair")
    browser = signed(gleb)
    assert set(answers(browser, [*KEPT, *RUN], places)) == {404}
    assert OutboxEvent.objects.count() == 0


def test_a_visitor_is_sent_to_sign_in_and_an_open_console_loads_itself_anew(places):
    visitor = Client()
    opened = visitor.get(f"/studio/shows/{places['show']}/")
    assert (opened.status_code, opened["Location"]) == (302, f"/sign-in?next=/studio/shows/{places['show']}/")
    assert set(answers(visitor, [*KEPT, *RUN], places)) == {401}
    polled = send(visitor, "get", f"/studio/shows/{places['show']}/strip", {})
    assert (polled.status_code, polled["HX-Refresh"], polled.content) == (401, "true", b"")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_a_method_that_is_not_offered_is_refused_before_anything_happens(anna, places, method):
    offered = {}
    for verb, address, _ in [*KEPT, *RUN]:
        offered.setdefault(address, set()).add(verb)
    browser = signed(anna)
    wrong = [address for address, verbs in offered.items() if method not in verbs]
    assert {send(browser, method, address.format(**places), {}).status_code for address in wrong} == {405}
    assert OutboxEvent.objects.count() == 0


def test_a_number_too_large_for_any_table_is_not_found(anna, show):
    browser, huge = signed(anna), 10**30
    addresses = [
        ("get", f"/studio/shows/{huge}/"),
        ("post", f"/studio/shows/{huge}/start"),
        ("post", f"/studio/shows/{show.pk}/messages/{huge}/hidden"),
    ]
    assert [send(browser, method, address, {}).status_code for method, address in addresses] == [404, 404, 404]
