"""The show room and its sheet: who sees what, what a purchase answers, and what hostile input gets."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from svoi.catalog.models import Stock, Variant
from svoi.orders.models import Order
from svoi.shows.models import ChatMessage, MessageHiding, Pin, Recount, Show, WatchSample
from tests import cast
from tests.cast import NOON

# A refusal ends its transaction; the sheet is drawn after it, so these need transactions of their own.
refused = pytest.mark.django_db(transaction=True)
KEY = UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def towel(table) -> Variant:
    return cast.product(table, stock=3, price_minor=98_000, name="Полотенце")


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


@pytest.fixture
def show(table, anna, mug, towel) -> Show:
    return cast.live_show(table, anna, mug, towel)


@pytest.fixture
def one_of_us(client, vera, table):
    cast.joins(vera, table)
    client.force_login(vera)
    return client


def order_of(show: Show, thing: Variant, point, **changes) -> dict[str, str]:
    """The sheet filled in, as a browser sends it."""
    filled = {
        "product": thing.product_id,
        "pin": show.pins.latest("id").pk,
        "variant": thing.pk,
        f"shown_{thing.pk}": thing.price_minor,
        "currency": "RUB",
        "quantity": 1,
        "pickup_point": point.pk,
        "key": KEY,
    }
    return {name: str(value) for name, value in {**filled, **changes}.items() if value is not None}


def bought(client, show, filled, *, htmx: bool = False):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/shows/{show.pk}/orders", filled, headers=headers)


def told(response) -> list[str]:
    """The codes of the refusals a page shows."""
    return re.findall(r'data-refused="(\w+)"', response.content.decode())


def embedded(response, name: str):
    """JSON that the page carries for its own scripts."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', response.content.decode())
    return json.loads(found.group(1))


# --- The room ---------------------------------------------------------------------------------------------------------


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


# --- The sheet --------------------------------------------------------------------------------------------------------


def test_the_sheet_carries_what_she_sees(one_of_us, show, mug, point):
    sheet = one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}&pin=7", headers={"HX-Request": "true"})
    body = sheet.content.decode()
    assert sheet.status_code == 200
    assert f'name="shown_{mug.pk}" value="149000"' in body
    assert 'name="pin" value="7"' in body
    assert f'name="pickup_point" value="{point.pk}"' in body
    assert 'name="announced">' in body  # nothing is ticked beforehand
    UUID(re.search(r'name="key" value="([^"]+)"', body).group(1))
    assert "<html" not in body


def test_without_scripts_the_sheet_is_a_page(one_of_us, show, mug, point):
    assert "<html" in one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()


def test_a_visitor_sees_the_product_and_the_way_in(client, show, mug):
    body = client.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()
    assert f"/sign-in?next=%2Fshows%2F{show.pk}%2F%3Fbuy%3D{mug.product_id}" in body
    assert "buy-form" not in body


@pytest.mark.parametrize("asked", ["", "?product=", "?product=x", "?product=0", f"?product={10**30}", "?product=-1"])
def test_what_is_not_in_the_tray_is_not_offered(one_of_us, show, asked):
    answer = one_of_us.get(f"/shows/{show.pk}/sheet{asked}", headers={"HX-Request": "true"})
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])


def test_another_communitys_product_is_not_offered(one_of_us, show, cellar):
    other = cast.product(cellar)
    show.tray.create(product=other.product, position=9)
    answer = one_of_us.get(f"/shows/{show.pk}/sheet?product={other.product_id}")
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])


def test_the_point_of_last_time_is_chosen_already(one_of_us, vera, show, mug, point, table):
    cast.pickup_point(table, "MSK2")
    cast.unpaid_order(vera, mug, point)
    body = one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()
    assert re.findall(r'name="pickup_point" value="(\d+)"[^>]* checked', body) == [str(point.pk)]


# --- Buying -----------------------------------------------------------------------------------------------------------


def test_one_tap_is_one_order(one_of_us, vera, show, mug, point):
    answers = [bought(one_of_us, show, order_of(show, mug, point, quantity=2, announced="on")) for _ in range(2)]
    order = Order.objects.get()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.headers["Location"] for answer in answers} == {f"/orders/{order.number}/"}
    assert (order.buyer, order.total_minor, order.origin_kind, order.origin_id) == (vera, 298_000, "show", show.pk)
    assert order.announced is True
    assert Stock.objects.get(variant=mug).on_hand == 1


def test_htmx_is_sent_to_the_order(one_of_us, show, mug, point):
    answer = bought(one_of_us, show, order_of(show, mug, point), htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/orders/{Order.objects.get().number}/")


def test_a_visitor_signs_in_first_and_comes_back(client, show, mug, point):
    answer = bought(client, show, order_of(show, mug, point))
    assert answer.headers["Location"] == f"/sign-in?next=%2Fshows%2F{show.pk}%2F%3Fbuy%3D{mug.product_id}"
    assert Order.objects.count() == 0


@refused
def test_whoever_does_not_belong_is_asked_to_join(client, dmitri, show, mug, point):
    client.force_login(dmitri)
    answer = bought(client, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (403, ["not_one_of_us"])
    assert Order.objects.count() == 0


@refused
def test_a_pin_that_moved_is_said_and_the_next_tap_buys_from_the_bag(one_of_us, show, mug, towel, anna, point):
    filled = order_of(show, mug, point, quantity=2)
    show.pins.update(unpinned_at=NOON)
    other = Pin.objects.create(show=show, product=towel.product, pinned_by=anna, pinned_at=NOON)
    answer = bought(one_of_us, show, filled, htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["pin_moved"])
    assert f"sheet?product={towel.product_id}&amp;pin={other.pk}" in body
    assert 'name="pin" value=""' in body
    assert 'name="quantity" value="2"' in body
    assert f'name="key" value="{KEY}"' in body
    assert bought(one_of_us, show, {**filled, "pin": ""}).status_code == 303


@refused
def test_a_price_that_moved_is_said_with_both_prices(one_of_us, show, mug, point):
    filled = order_of(show, mug, point)
    Variant.objects.filter(pk=mug.pk).update(price_minor=159_000)
    answer = bought(one_of_us, show, filled, htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["price_moved"])
    assert "1\u202f490" in body
    assert f'name="shown_{mug.pk}" value="159000"' in body
    assert re.findall(r'name="pickup_point" value="(\d+)"[^>]* checked', body) == [str(point.pk)]
    assert bought(one_of_us, show, {**filled, f"shown_{mug.pk}": "159000"}).status_code == 303


@refused
def test_too_few_left_says_how_many(one_of_us, show, mug, point):
    answer = bought(one_of_us, show, order_of(show, mug, point, quantity=4), htmx=True)
    body = answer.content.decode()
    assert (answer.status_code, told(answer)) == (409, ["out_of_stock"])
    assert 'name="quantity" value="3" min="1" max="3"' in body
    assert Stock.objects.get(variant=mug).on_hand == 3


@refused
def test_a_closed_point_is_said(one_of_us, show, mug, point):
    point.closed_at = NOON
    point.save()
    answer = bought(one_of_us, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (409, ["point_closed"])


@refused
@pytest.mark.parametrize(
    ("moments", "code"),
    [({"went_live_at": None}, "show_not_live"), ({"ended_at": NOON}, "show_not_live")],
)
def test_off_air_nothing_is_sold(one_of_us, show, mug, point, moments, code):
    Show.objects.filter(pk=show.pk).update(**moments)
    answer = bought(one_of_us, show, order_of(show, mug, point))
    assert (answer.status_code, told(answer)) == (409, [code])


@refused
def test_a_key_of_another_purchase_is_renewed(one_of_us, show, mug, point):
    bought(one_of_us, show, order_of(show, mug, point))
    answer = bought(one_of_us, show, order_of(show, mug, point, quantity=2))
    assert (answer.status_code, told(answer)) == (409, ["key_reused"])
    assert f'name="key" value="{KEY}"' not in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"pickup_point": None},
        {"pickup_point": "x"},
        {"quantity": ""},
        {"quantity": "0"},
        {"quantity": "999999"},
        {"quantity": "1e3"},
        {"variant": ""},
        {"key": "not-a-key"},
        {"pin": "x"},
        {"variant": str(10**30)},
    ],
)
def test_what_cannot_be_read_comes_back_to_be_corrected(one_of_us, show, mug, point, changes):
    answer = bought(one_of_us, show, order_of(show, mug, point, **changes), htmx=True)
    assert answer.status_code == 422
    assert "buy-form" in answer.content.decode()
    assert Order.objects.count() == 0


@refused
@pytest.mark.parametrize("shown", ["", "x", "-149000", "149000.0", "9" * 40, "１４９０００"])
def test_a_price_nobody_saw_buys_nothing(one_of_us, show, mug, point, shown):
    answer = bought(one_of_us, show, order_of(show, mug, point, **{f"shown_{mug.pk}": shown}))
    assert (answer.status_code, told(answer)) == (409, ["price_moved"])
    assert Order.objects.count() == 0


@refused
def test_a_variant_of_another_community_is_not_for_sale_here(one_of_us, show, mug, point, cellar):
    other = cast.product(cellar)
    filled = order_of(show, mug, point, variant=other.pk, pin="", **{f"shown_{other.pk}": other.price_minor})
    answer = bought(one_of_us, show, filled)
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])
    assert Order.objects.count() == 0


@refused
def test_a_point_of_another_community_is_no_point(one_of_us, show, mug, cellar):
    answer = bought(one_of_us, show, order_of(show, mug, cast.pickup_point(cellar)))
    assert (answer.status_code, told(answer)) == (409, ["point_closed"])
