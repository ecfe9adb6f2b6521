"""Steering in the control room: one pair of hands, the running segment, and meeting somebody else's work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.control.actions.steering import take_control
from svoi.control.models import Cue, Hold, Poll
from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import written
from tests.studio.control.panel import KEPT, POLL, ask, code, rows, words
from tests.studio.stage import send, signed

# A refusal takes its transaction with it, as a request does.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("method", "part", "fields"),
    [("post", "end", {}), ("post", "break", {}), ("post", "cues", {"segment": "{segment}"}), ("post", "polls", POLL)],
)
def test_a_second_pair_of_hands_is_refused_with_who_steers(anna, gleb, table, show, places, method, part, fields):
    cast.joins(gleb, table, "producer")
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    filled = {name: value.format(**places) for name, value in fields.items()}
    address, before = f"/studio/shows/{show.pk}/{part}", rows()
    answer = send(signed(gleb), method, address, filled)
    assert (answer.status_code, code(answer), "Anna" in words(answer)) == (409, "control_held", True)
    assert (rows(), Show.objects.get(pk=show.pk).ended_at) == (before, None)
    seen = Hold.objects.get(ended_at=None).pk
    assert send(signed(gleb), "post", f"/studio/shows/{show.pk}/hold", {"do": "take", "seen": seen}).status_code == 200
    assert send(signed(gleb), method, address, filled).status_code == 200


def test_what_needs_one_hand_is_not_asked_of_the_others(anna, gleb, table, show, towel, places):
    """The tray, the chat and notes are everybody's at once."""
    cast.joins(gleb, table, "producer")
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    other = signed(gleb)
    assert send(other, "put", f"/studio/shows/{show.pk}/pin", {"product": str(towel.product_id)}).status_code == 200
    assert {ask(other, door, places) for door in KEPT} == {200}


def test_the_panel_says_who_steers_and_offers_the_way(anna, gleb, keeper, table, show, places):
    cast.joins(gleb, table, "producer")
    address = f"/studio/shows/{show.pk}/control"
    assert 'id="hold-take"' in words(send(signed(gleb), "get", address, {}))
    take_control(show_id=show.pk, seen=None, by=anna, at=timezone.now())
    hers, his, watching = (words(send(signed(one), "get", address, {})) for one in (anna, gleb, keeper))
    assert ('id="hold-release"' in hers, 'id="hold-stay"' in hers, 'id="hold-take"' in hers) == (True, True, False)
    assert ("Anna" in his, 'id="hold-take"' in his, 'id="hold-stay"' in his) == (True, True, False)
    assert ("Anna" in watching, "<form" in watching) == (True, False)


def test_plain_forms_come_back_to_the_console_and_refusals_are_pages(anna, gleb, table, show, places):
    cast.joins(gleb, table, "producer")
    answer = signed(anna).post(f"/studio/shows/{show.pk}/hold", {"do": "take"})
    assert (answer.status_code, answer["Location"]) == (302, f"/studio/shows/{show.pk}/")
    refused = signed(gleb).post(f"/studio/shows/{show.pk}/cues", {"segment": places["segment"]})
    assert (refused.status_code, code(refused), "<html" in words(refused)) == (409, "control_held", True)


def test_the_next_button_carries_what_was_seen(anna, show, places):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/cues"
    second = written(show.rundown, anna, title_ru="Кружка")
    send(browser, "post", address, {"segment": places["segment"], "seen": ""})
    stale = send(browser, "post", address, {"segment": second.pk, "seen": ""})
    assert (stale.status_code, code(stale), "Привет" in words(stale), Cue.objects.count()) == (
        409,
        "cue_moved",
        True,
        1,
    )
    panel = words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))
    seen = re.search(r'name="seen" value="(\d+)"> .*?id="cue-next" name="segment" value="(\d+)"', panel)
    assert seen.groups() == (str(Cue.objects.get().pk), str(second.pk))
    assert send(browser, "post", address, {"segment": seen[2], "seen": seen[1]}).status_code == 200
    assert list(Cue.objects.order_by("pk").values_list("segment_id", flat=True)) == [places["segment"], second.pk]


def test_the_product_of_the_running_segment_is_one_press_away(anna, show, towel, places):
    browser = signed(anna)
    about = written(show.rundown, anna, kind="product", title_ru="Полотенце", product_id=towel.product_id)
    send(browser, "post", f"/studio/shows/{show.pk}/cues", {"segment": about.pk})
    panel = words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))
    assert re.search(r'id="cue-pin".*?"product": "(\d+)"', panel)[1] == str(towel.product_id)
    send(browser, "put", f"/studio/shows/{show.pk}/pin", {"product": str(towel.product_id)})
    assert 'id="cue-pin"' not in words(send(browser, "get", f"/studio/shows/{show.pk}/control", {}))


def test_the_panel_is_read_in_the_same_number_of_queries(anna, show, places):
    browser, address = signed(anna), f"/studio/shows/{show.pk}/control"
    send(browser, "post", f"/studio/shows/{show.pk}/cues", {"segment": places["segment"]})
    with CaptureQueriesContext(connection) as one:
        send(browser, "get", address, {})
    for _ in range(2):
        written(show.rundown, anna)
    with CaptureQueriesContext(connection) as three:
        send(browser, "get", address, {})
    assert len(three) == len(one)


def test_chat_rules_over_rules_nobody_saw_are_refused(anna, keeper, show):
    address = f"/studio/shows/{show.pk}/policy"
    seen = re.search(r'name="seen" value="([\w-]+)"', words(send(signed(anna), "get", address, {})))[1]
    fields = {"slow_mode_s": "5", "length_max": "100", "open_": "on", "seen": seen}
    assert send(signed(keeper), "post", address, fields).status_code == 200
    stale = send(signed(anna), "post", address, {**fields, "slow_mode_s": "30"})
    assert (stale.status_code, code(stale), "Boris" in words(stale)) == (409, "policy_moved", True)
    assert Show.objects.get(pk=show.pk).slow_mode_s == 5


def test_a_move_in_a_tray_nobody_saw_is_refused(anna, gleb, table, show, towel, mug):
    cast.joins(gleb, table, "producer")
    tray = words(send(signed(anna), "get", f"/studio/shows/{show.pk}/tray", {}))
    seen = re.search(r'"seen": "([\d-]+)"', tray)[1]
    move = {"position": "0", "seen": seen}
    assert send(signed(gleb), "put", f"/studio/shows/{show.pk}/tray/{towel.product_id}", move).status_code == 200
    stale = send(signed(anna), "put", f"/studio/shows/{show.pk}/tray/{mug.product_id}", {**move, "position": "1"})
    assert (stale.status_code, code(stale), "Gleb" in words(stale)) == (409, "tray_moved", True)


def test_a_poll_somebody_else_fired_is_not_closed_unseen(anna, show):
    browser = signed(anna)
    send(browser, "post", f"/studio/shows/{show.pk}/polls", POLL)
    address = f"/studio/shows/{show.pk}/polls/{Poll.objects.get().pk}"
    assert send(browser, "post", address, {"do": "fire", "seen": "armed"}).status_code == 200
    stale = send(browser, "post", address, {"do": "close", "seen": "armed"})
    assert (stale.status_code, code(stale), Poll.objects.get().closed_at) == (409, "poll_moved", None)
    assert send(browser, "post", address, {"do": "close", "seen": "open"}).status_code == 200
    assert Poll.objects.get().closed_at > timezone.now() - timedelta(minutes=1)
