"""The show room: who sees what, and how few questions it asks."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from django.utils import timezone

from svoi.orders.models import Order
from svoi.shows.models import ChatMessage, MessageHiding, Pin, Recount, Show, WatchSample
from tests import cast
from tests.cast import NOON
from tests.web.shows.sheet import bought, embedded, order_of


def test_a_visitor_watches_an_open_show_and_is_asked_to_sign_in_to_write(client, show):
    page = client.get(f"/shows/{show.pk}/")
    assert page.status_code == 200
    body = page.content.decode()
    assert f'href="/sign-in?next=%2Fshows%2F{show.pk}%2F"' in body
    assert embedded(page, "room-state")["pin"]["price_minor"] == 149_000
    assert 'name="text"' not in body


def test_a_member_may_write(one_of_us, show):
    assert 'name="text"' in one_of_us.get(f"/shows/{show.pk}/").content.decode()


def test_a_stranger_may_join_first(client, dmitri, show):
    client.force_login(dmitri)
    body = client.get(f"/shows/{show.pk}/").content.decode()
    assert f'action="/c/{show.community.slug}/memberships"' in body
    assert 'name="text"' not in body


@pytest.mark.parametrize("path", ["", "tray", "calendar.ics", "sheet?product=1"])
def test_a_closed_communitys_show_is_not_there_for_a_stranger(client, dmitri, anna, cellar, path):
    show = cast.live_show(cellar, anna)
    client.force_login(dmitri)
    assert client.get(f"/shows/{show.pk}/{path}").status_code == 404


def test_a_stranger_cannot_buy_in_a_closed_community(client, dmitri, anna, cellar):
    variant = cast.product(cellar)
    show = cast.live_show(cellar, anna, variant)
    client.force_login(dmitri)
    assert bought(client, show, order_of(show, variant, cast.pickup_point(cellar))).status_code == 404
    assert Order.objects.count() == 0


def test_words_of_the_chat_are_text_and_hidden_ones_are_gone(client, show, vera, boris):
    said = [
        ChatMessage.objects.create(show=show, author=vera, seq=seq, text=text, key=uuid4(), said_at=NOON)
        for seq, text in enumerate(
            ['<img src=x onerror="alert(1)">', "</script><script>alert(2)</script>", "secret"], 1
        )
    ]
    MessageHiding.objects.create(message=said[2], hidden_by=boris, hidden_at=NOON)
    body = client.get(f"/shows/{show.pk}/").content.decode()
    assert "<img src=x" not in body
    assert "<script>alert(2)" not in body
    assert "secret" not in body
    assert [message.get("hidden", False) for message in embedded_messages(body)] == [False, False, True]


def embedded_messages(body: str) -> list[dict[str, object]]:
    found = re.search(r'<script id="room-state" type="application/json">(.*?)</script>', body)
    return json.loads(found.group(1))["messages"]


def test_the_page_carries_every_pin_with_the_time_it_held(client, show, towel, anna):
    first = show.pins.get()
    first.unpinned_at = NOON + timezone.timedelta(seconds=90)
    first.save()
    second = Pin.objects.create(show=show, product=towel.product, pinned_by=anna, pinned_at=first.unpinned_at)
    pins = embedded(client.get(f"/shows/{show.pk}/"), "room-pins")
    assert [(pin["pin_id"], pin["from"], pin["until"]) for pin in pins] == [
        (first.pk, 1_795_348_800_000, 1_795_348_890_000),
        (second.pk, 1_795_348_890_000, None),
    ]


def test_a_room_asks_the_same_number_of_questions_however_full_it_is(
    client, show, table, vera, django_assert_num_queries
):
    def fill(times: int) -> None:
        for number in range(times):
            variant = cast.product(table)
            show.tray.create(product=variant.product, position=number + 10)
            pinned_at = NOON + timezone.timedelta(minutes=number + 1)
            Pin.objects.create(
                show=show, product=variant.product, pinned_by=vera, pinned_at=pinned_at, unpinned_at=pinned_at
            )
            seq = (ChatMessage.objects.count() or 0) + 1
            ChatMessage.objects.create(show=show, author=vera, seq=seq, text="да", key=uuid4(), said_at=NOON)

    fill(1)
    with django_assert_num_queries(28) as few:
        client.get(f"/shows/{show.pk}/")
    fill(2)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(f"/shows/{show.pk}/")


def test_after_the_end_the_page_tells_the_hearts_that_a_recount_left(client, show):
    ended_at = NOON + timezone.timedelta(minutes=5)
    Show.objects.filter(pk=show.pk).update(ended_at=ended_at)
    WatchSample.objects.create(show=show, at=NOON, raw=9, counted=9, reactions_raw=30, reactions_counted=30)
    before = client.get(f"/shows/{show.pk}/").content.decode()
    recount = {"viewers_raw": 9, "viewers_counted": 9, "peak_raw": 9, "peak_counted": 9, "version": 1, "why": "end"}
    for counted, is_dry in ((21, False), (1, True)):
        Recount.objects.create(
            show=show, at=ended_at, reactions_raw=30, reactions_counted=counted, is_dry=is_dry, **recount
        )
    after = client.get(f"/shows/{show.pk}/").content.decode()
    assert ("30 сердец" in before, "21 сердце" in after) == (True, True)


@pytest.mark.parametrize("stage", ["scheduled", "ended"])
def test_a_show_that_is_not_on_air_has_its_page_too(client, show, stage):
    Show.objects.filter(pk=show.pk).update(
        went_live_at=None if stage == "scheduled" else NOON, ended_at=None if stage == "scheduled" else NOON
    )
    page = client.get(f"/shows/{show.pk}/")
    assert page.status_code == 200
    assert f'data-stage="{stage}"' in page.content.decode()
    assert "data-autostart" not in page.content.decode()


def test_the_tray_alone(client, show, mug, towel):
    body = client.get(f"/shows/{show.pk}/tray").content.decode()
    assert re.findall(r'<li class="tray-row" data-product="(\d+)"', body) == [
        str(mug.product_id),
        str(towel.product_id),
    ]


def test_the_calendar_file_says_when_and_where(client, show):
    Show.objects.filter(pk=show.pk).update(title_ru="Лён; глина, чай", about_ru="Первая строка\nвторая")
    answer = client.get(f"/shows/{show.pk}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    unfolded = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART:20261122T120000Z\r\n" in unfolded
    assert "SUMMARY:Лён\\; глина\\, чай\r\n" in unfolded
    assert f"URL:http://testserver/shows/{show.pk}/\r\n" in unfolded
    assert max(len(line.encode()) for line in answer.content.decode().split("\r\n")) <= 75
