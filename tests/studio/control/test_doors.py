"""Who finds what in the control room, and what no page sends."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from svoi.db.models import OutboxEvent
from svoi.studio.control_urls import urlpatterns
from tests import cast
from tests.studio.control.panel import CUED, EVERYTHING, KEPT, RUN, ask, code, rows
from tests.studio.stage import send, signed

# A refusal takes its transaction with it, as a request does.
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_address_is_tried_here():
    tried = {re.sub(r"\{\w+\}", "*", part) for _, part, _ in EVERYTHING}
    known = {re.sub("<[^>]+>", "*", str(one.pattern)).removeprefix("shows/*/") for one in urlpatterns}
    assert known == tried


def test_whoever_runs_the_show_finds_everything(anna, places):
    browser = signed(anna)
    assert [(door[:2], ask(browser, door, places)) for door in EVERYTHING] == [(door[:2], 200) for door in EVERYTHING]
    assert rows() == [1, 2, 1, 1, 2, 1, 1, 1]


def test_a_host_steers_and_does_not_run(host, places):
    browser = signed(host)
    assert {ask(browser, door, places) for door in [*KEPT, *CUED]} == {200}
    before = rows()
    assert {ask(browser, door, places) for door in RUN} == {404}
    assert rows() == before


def test_a_moderator_keeps_order_and_does_not_steer(keeper, places):
    browser = signed(keeper)
    assert {ask(browser, door, places) for door in KEPT} == {200}
    before = rows()
    assert {ask(browser, door, places) for door in [*CUED, *RUN]} == {404}
    assert rows() == before


@pytest.mark.parametrize("belongs", [False, True])
def test_a_stranger_and_a_plain_member_find_nothing(dmitri, table, places, belongs):
    if belongs:
        cast.joins(dmitri, table)
    facts = OutboxEvent.objects.count()
    assert {ask(signed(dmitri), door, places) for door in EVERYTHING} == {404}
    assert (rows(), OutboxEvent.objects.count()) == ([0] * 8, facts)


def test_the_crew_of_another_community_finds_nothing(gleb, places):
    cast.community(gleb, slug="lair")
    assert {ask(signed(gleb), door, places) for door in EVERYTHING} == {404}
    assert rows() == [0] * 8


def test_a_visitor_is_sent_to_sign_in(places):
    assert {ask(Client(), door, places) for door in EVERYTHING} == {401}
    assert rows() == [0] * 8


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("hold", {}),
        ("hold", {"do": "steal"}),
        ("cues", {"segment": "x" * 40}),
        ("duties", {"member": "1", "where": "everywhere", "do": "state"}),
        ("questions", {"message": "-1"}),
        ("message", {"do": "pin", "message": "9" * 40}),
        ("polls/1", {"do": "destroy"}),
    ],
)
def test_what_no_page_sends_is_unreadable_and_changes_nothing(anna, places, part, fields):
    answer = send(signed(anna), "post", f"/studio/shows/{places['show']}/{part}", fields)
    assert (answer.status_code, code(answer), rows()) == (422, "unreadable", [0] * 8)
