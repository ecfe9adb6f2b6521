"""What a room, a tray and a strip read, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.orders.models import Order, OrderLine
from svoi.shows.models import ChatMessage, MessageHiding, WatchBeat, WatchSample
from svoi.shows.queries.listing import shows_of, upcoming
from svoi.shows.queries.room import danmaku, room_state
from svoi.shows.queries.strip import live_strip
from svoi.shows.queries.tray import tray_of
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def queries(read) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def say(show, author, seq: int, **fields) -> ChatMessage:
    return ChatMessage.objects.create(
        show=show, author=author, seq=seq, text=f"{seq}", key=uuid4(), media_at=NOON + timedelta(seconds=seq), **fields
    )


def sell(show, buyer, variant, point, *, paid: bool) -> Order:
    order = cast.unpaid_order(buyer, variant, point)
    Order.objects.filter(pk=order.pk).update(origin_kind="show", origin_id=show.pk, paid_at=NOON if paid else None)
    met = {"origin_kind": "show", "origin_id": show.pk}
    OrderLine.objects.create(order=order, variant=variant, name="Кружка", quantity=2, price_minor=149_000, **met)
    return order


def test_a_fresh_room(table, anna, vera):
    cup = cast.product(table)
    show = cast.live_show(table, anna, cup)
    shown, hidden = say(show, vera, 1), say(show, anna, 2)
    MessageHiding.objects.create(message=hidden, hidden_by=anna, hidden_at=NOON)
    sell(show, vera, cup, cast.pickup_point(table), paid=True)
    shown.refresh_from_db()
    state = room_state(show_id=show.pk)
    assert {name: state[name] for name in ("state", "facts", "chat", "sold", "viewers", "policy")} == {
        "state": "live",
        "facts": 0,
        "chat": 2,
        "sold": 1,
        "viewers": 0,
        "policy": {"slow_mode_s": 0, "length_max": 200, "open": True},
    }
    assert state["pin"]["product_id"] == cup.product_id
    assert state["messages"] == [
        {
            "n": 1,
            "id": shown.pk,
            "by": {"id": vera.pk, "name": "Vera", "role": "viewer"},
            "text": "1",
            "at": round(shown.said_at.timestamp() * 1000),
            "media": round((NOON + timedelta(seconds=1)).timestamp() * 1000),
            "k": str(shown.key),
        },
        {"n": 2, "id": hidden.pk, "hidden": True},
    ]


def test_danmaku_of_a_stretch_leaves_hidden_ones_out(table, anna, vera):
    show = cast.live_show(table, anna)
    for seq in range(1, 6):
        say(show, vera, seq)
    MessageHiding.objects.create(message=show.messages.get(seq=3), hidden_by=anna, hidden_at=NOON)
    start = round(NOON.timestamp() * 1000)
    found = danmaku(show_id=show.pk, since_ms=start + 2000, until_ms=start + 5000)
    assert [message["n"] for message in found] == [2, 4]


def test_the_tray_reads_the_same_number_of_queries_for_one_and_three(table, anna):
    one = cast.live_show(table, anna, cast.product(table))
    three = cast.live_show(table, anna, *(cast.product(table) for _ in range(3)))
    assert queries(lambda: tray_of(show_id=one.pk)) == queries(lambda: tray_of(show_id=three.pk))
    assert [row.position for row in tray_of(show_id=three.pk)] == [0, 1, 2]


def test_messages_read_the_same_number_of_queries_for_one_and_three(table, anna, vera):
    one, three = cast.live_show(table, anna), cast.live_show(table, anna)
    say(one, vera, 1)
    for seq, author in enumerate((vera, anna, vera), start=1):
        say(three, author, seq)
    assert queries(lambda: room_state(show_id=one.pk)) == queries(lambda: room_state(show_id=three.pk))


def test_listing_reads_the_same_number_of_queries_for_one_and_three(table, anna, vera):
    cast.live_show(table, anna)
    few = queries(lambda: shows_of(community=table)), queries(lambda: upcoming(member=vera, at=NOON))
    for _ in range(2):
        cast.live_show(table, anna)
    assert (queries(lambda: shows_of(community=table)), queries(lambda: upcoming(member=vera, at=NOON))) == few
    assert [card.stage for card in shows_of(community=table)] == ["live"] * 3


def test_a_closed_communitys_shows_are_found_by_members_only(cellar, anna, dmitri):
    show = cast.live_show(cellar, anna)
    assert [card.show for card in upcoming(member=anna, at=NOON)] == [show]
    assert upcoming(member=dmitri, at=NOON) == []


def test_the_strip_comes_from_facts(table, anna, vera, boris):
    cup, point = cast.product(table), cast.pickup_point(table)
    show = cast.live_show(table, anna, cup)
    for seconds, raw, counted in ((0, 9, 4), (5, 12, 8), (10, 7, 6)):
        WatchSample.objects.create(show=show, at=NOON + timedelta(seconds=seconds), raw=raw, counted=counted)
    for viewer, counted in (("v1", True), ("v1", True), ("v2", True), ("farm", False)):
        WatchBeat.objects.create(show=show, viewer=viewer, at=NOON, playing=True, visible=True, counted=counted)
    sell(show, vera, cup, point, paid=True)
    sell(show, vera, cup, point, paid=True)
    sell(show, boris, cup, point, paid=False)
    strip = live_strip(show_id=show.pk, at=NOON + timedelta(seconds=12))
    assert (strip.viewers_raw, strip.viewers_counted, strip.peak_raw, strip.peak_counted) == (7, 6, 12, 8)
    assert (strip.unique_viewers, strip.orders, strip.paid_orders, strip.buyers) == (2, 3, 2, 1)
    assert (strip.paid_minor, strip.conversion, strip.gpm_minor) == (596_000, 0.5, 298_000_000)


def test_points_are_not_in_the_paid_sum(table, anna, vera):
    cup, point = cast.product(table), cast.pickup_point(table)
    show = cast.live_show(table, anna, cup)
    order = sell(show, vera, cup, point, paid=True)
    Order.objects.filter(pk=order.pk).update(total_minor=298_000, points_spent=894)
    assert live_strip(show_id=show.pk, at=NOON).paid_minor == 208_600


def test_a_show_nobody_watched_has_no_ratios(table, anna):
    strip = live_strip(show_id=cast.live_show(table, anna).pk, at=NOON)
    assert (strip.conversion, strip.gpm_minor, strip.viewers_raw) == (None, None, 0)


def test_a_stale_sample_is_not_shown_as_now(table, anna):
    show = cast.live_show(table, anna)
    WatchSample.objects.create(show=show, at=NOON, raw=5, counted=3)
    strip = live_strip(show_id=show.pk, at=NOON + timedelta(minutes=5))
    assert (strip.viewers_counted, strip.peak_counted) == (0, 3)
