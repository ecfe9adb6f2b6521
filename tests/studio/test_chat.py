"""Keeping order in the chat, and the talk as the crew reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.orders.models import Order, OrderLine
from svoi.shows.models import MessageHiding, Mute, Show
from svoi.studio.talk import interleaved
from tests import cast
from tests.cast import recorded
from tests.studio.stage import said, send, signed

HUGE = "9" * 30

refused = pytest.mark.django_db(transaction=True)  # the answer is counted after the refusal ended its transaction


def text(answer) -> str:
    return answer.content.decode()


def bought(
    show: Show, buyer, variant: Variant, *, announced: bool = False, quantity: int = 1, minute: int = 1
) -> Order:
    order = Order.objects.create(
        number=uuid4().hex[:8].upper(),
        community=show.community,
        buyer=buyer,
        pickup_point=cast.pickup_point(show.community, code=uuid4().hex[:6]),
        origin_kind="show",
        origin_id=show.pk,
        total_minor=variant.price_minor * quantity,
        key=uuid4(),
        reserved_until=cast.NOON,
        announced=announced,
        paid_at=cast.NOON + timedelta(minutes=minute),
    )
    OrderLine.objects.create(
        order=order,
        variant=variant,
        name="Кружка",
        quantity=quantity,
        price_minor=variant.price_minor,
        origin_kind="show",
        origin_id=show.pk,
    )
    return order


def test_hiding_answers_with_the_place_that_stays(keeper, show, vera):
    message = said(show, vera, "Ссылка на копию")
    answer = signed(keeper).post(f"/studio/shows/{show.pk}/messages/{message.pk}/hidden")
    assert ("Ссылка" in text(answer), f'data-message="{message.pk}"' in text(answer)) == (False, True)
    assert MessageHiding.objects.get().hidden_by == keeper
    assert recorded("message_hidden") == [
        ("message_hidden", {"show_id": show.pk, "message_id": message.pk, "hidden_by_id": keeper.pk})
    ]


def test_hiding_twice_is_once(anna, keeper, show, vera):
    address = f"/studio/shows/{show.pk}/messages/{said(show, vera).pk}/hidden"
    assert [signed(one).post(address).status_code for one in (anna, keeper)] == [200, 200]
    assert (MessageHiding.objects.count(), len(recorded("message_hidden"))) == (1, 1)


@refused
def test_a_message_of_another_show_is_not_found(anna, table, show, vera):
    other = Show.objects.create(community=table, host=anna, title_ru="Другой", starts_at=cast.NOON)
    foreign = said(other, vera)
    address = f"/studio/shows/{show.pk}/messages/{foreign.pk}/hidden"
    assert (signed(anna).post(address).status_code, MessageHiding.objects.count()) == (404, 0)


def test_muting_answers_with_everybody_who_is_muted(keeper, show, vera, gleb):
    browser, address = signed(keeper), f"/studio/shows/{show.pk}/mutes"
    browser.post(address, {"member": str(vera.pk)})
    listed = browser.post(address, {"member": str(gleb.pk), "seconds": "60"})
    assert re.findall(r'data-member="(\d+)"', text(listed)) == [str(vera.pk), str(gleb.pk)]
    assert [round((mute.until - mute.muted_at).total_seconds()) for mute in Mute.objects.order_by("pk")] == [600, 60]
    lifted = browser.post(address, {"member": str(vera.pk), "seconds": "0"})
    assert re.findall(r'data-member="(\d+)"', text(lifted)) == [str(gleb.pk)]


def test_a_mute_that_ran_out_is_not_listed(keeper, show, vera):
    long_ago = timezone.now() - timedelta(hours=1)
    Mute.objects.create(show=show, member=vera, muted_by=keeper, muted_at=long_ago, until=long_ago)
    assert "data-member" not in text(signed(keeper).get(f"/studio/shows/{show.pk}/mutes"))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"member": ""},
        {"member": "anna"},
        {"member": "-1"},
        {"member": HUGE},
        {"member": "1", "seconds": "-1"},
        {"member": "1", "seconds": "soon"},
        {"member": "1", "seconds": str(24 * 60 * 60 + 1)},
        {"member": "1", "seconds": HUGE},
        {"member": "\x00"},
    ],
)
def test_a_mute_nobody_can_mean_is_refused(keeper, show, fields):
    answer = signed(keeper).post(f"/studio/shows/{show.pk}/mutes", fields)
    assert (answer.status_code, answer["HX-Retarget"], Mute.objects.count()) == (422, "#studio-notice", 0)


@refused
def test_nobody_is_muted_who_does_not_exist(keeper, show):
    answer = signed(keeper).post(f"/studio/shows/{show.pk}/mutes", {"member": "999999999999999"})
    assert (answer.status_code, Mute.objects.count()) == (404, 0)


def test_the_rules_of_the_chat_are_put_in_force(keeper, show):
    answer = signed(keeper).post(f"/studio/shows/{show.pk}/policy", {"slow_mode_s": "15", "length_max": "120"})
    show.refresh_from_db()
    assert (show.slow_mode_s, show.message_length_max, show.chat_open) == (15, 120, False)
    assert (answer.status_code, "data-kept" in text(answer)) == (200, True)
    rules = {"slow_mode_s": 15, "length_max": 120, "open": False}
    assert recorded() == [("chat_policy_changed", {"show_id": show.pk, "by_id": keeper.pk, **rules})]


@pytest.mark.parametrize(
    "fields",
    [
        {"slow_mode_s": "7", "length_max": "100"},
        {"slow_mode_s": "", "length_max": "100"},
        {"slow_mode_s": "0", "length_max": "19"},
        {"slow_mode_s": "0", "length_max": "501"},
        {"slow_mode_s": "0", "length_max": HUGE},
        {"slow_mode_s": "0", "length_max": "many"},
        {},
    ],
)
def test_rules_nobody_offers_are_said_beside_their_fields(keeper, show, fields):
    answer = signed(keeper).post(f"/studio/shows/{show.pk}/policy", fields)
    assert (answer.status_code, "data-kept" in text(answer), recorded()) == (422, False, [])
    assert "field-error" in text(answer)


def test_a_pace_set_elsewhere_stays_a_choice(keeper, show):
    Show.objects.filter(pk=show.pk).update(slow_mode_s=45)
    page = text(signed(keeper).get(f"/studio/shows/{show.pk}/policy"))
    assert re.findall(r'<option value="(\d+)"( selected)?', page) == [
        ("0", ""), ("5", ""), ("10", ""), ("15", ""), ("30", ""), ("45", " selected"), ("60", ""),
    ]  # fmt: skip


def test_the_crew_reads_purchases_with_their_sums_and_names_only_by_consent(keeper, show, vera, mug):
    bought(show, vera, mug, announced=True, quantity=2)
    bought(show, vera, mug, minute=2)
    lines = re.findall(r'line-bought">.*?</li>', text(signed(keeper).get(f"/studio/shows/{show.pk}/messages")))
    assert [("Vera" in line, re.search(r'<data class="money" value="(\d+)', line)[1]) for line in lines] == [
        (True, "2980"),
        (False, "1490"),
    ]


def test_the_talk_says_where_it_stands_in_the_streams(keeper, show, vera):
    said(show, vera, seq=7)
    page = text(signed(keeper).get(f"/studio/shows/{show.pk}/messages"))
    assert re.search(r'data-facts="(\d+)" data-chat="(\d+)"', page).groups() == ("0", "7")


def test_words_stay_words(keeper, show, vera):
    said(show, vera, "<img src=x onerror=alert(1)>")
    page = text(signed(keeper).get(f"/studio/shows/{show.pk}/messages"))
    assert ("<img src=x" in page, "&lt;img src=x" in page) == (False, True)


def test_the_talk_is_read_by_the_same_queries_for_one_line_and_for_three(keeper, show, vera, gleb, mug):
    browser, address = signed(keeper), f"/studio/shows/{show.pk}/messages"
    said(show, vera)
    bought(show, vera, mug)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for seq, author in ((2, gleb), (3, keeper)):
        said(show, author, seq=seq)
        bought(show, author, mug)
    with CaptureQueriesContext(connection) as three:
        assert text(browser.get(address)).count('<li class="line') == 6
    assert len(three) == len(one)


def test_a_hidden_message_keeps_its_neighbour_and_old_purchases_stay_behind():
    messages = [{"n": 1, "at": 10}, {"n": 2, "hidden": True}, {"n": 3, "at": 30}]
    lines = interleaved(messages, [{"bought": True, "at": 20}, {"bought": True, "at": 5}])
    assert [line.get("n", "bought") for line in lines] == ["bought", 1, 2, "bought", 3]
    many = [{"n": number, "at": 100 + number} for number in range(100)]
    assert interleaved(many, [{"bought": True, "at": 5}]) == many


def test_a_closed_door_of_csrf(anna, show):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anna)
    assert send(browser, "put", f"/studio/shows/{show.pk}/pin", {"product": "1"}).status_code == 403
    assert browser.post(f"/studio/shows/{show.pk}/end").status_code == 403
