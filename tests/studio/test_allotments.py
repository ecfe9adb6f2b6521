"""Allotments in the studio: who finds them, what each form does, and what a refusal says to crew and buyers."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from svoi.catalog.models import Allotment, AllotmentChange
from svoi.db.models import OutboxEvent
from tests import cast
from tests.studio.stage import send, signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def host(table, show):
    olga = cast.joins(cast.member("Olga"), table, "host")
    show.host = olga
    show.save()
    return olga


@pytest.fixture
def address(show) -> str:
    return f"/studio/shows/{show.pk}/allotments"


def say(browser: Client, address: str, variant, do: str, pieces: object, reason: str = "keep"):
    fields = {"do": do, "pieces": str(pieces), "reason": reason}
    return send(browser, "post", f"{address}/{variant.product_id}", fields)


def facts(answer) -> list[str]:
    """What is said of each product, without tags."""
    found = re.findall(r'<p class="allotment-facts">(.*?)</p>', answer.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]  # hard spaces become plain ones


def code(answer) -> tuple[int, str]:
    return answer.status_code, re.search(r'data-refused="(\w+)"', answer.content.decode())[1]


def test_a_producer_allots_a_host_lowers_and_others_read(anna, host, keeper, address, mug, towel):
    told = say(signed(anna), address, mug, "set", 5, "plan")
    assert (told.status_code, facts(told)[0]) == (200, "Осталось 5 из 5 · в магазине 10")
    assert say(signed(host), address, mug, "tighten", 3).status_code == 200
    read = signed(keeper).get(address, headers={"HX-Request": "true"})
    assert facts(read) == ["Осталось 3 из 3 · в магазине 10", "без предела · осталось 10"]
    assert (b"<form" in read.content, "Olga" in read.content.decode()) == (False, True)
    assert list(AllotmentChange.objects.order_by("id").values_list("by", "deed", "before", "pieces", "reason")) == [
        (anna.pk, "set", None, 5, "plan"),
        (host.pk, "tightened", 5, 3, "keep"),
    ]


def test_a_host_raises_nothing_by_any_form(anna, host, address, mug, towel):
    say(signed(anna), address, mug, "set", 5)
    browser = signed(host)
    before = OutboxEvent.objects.count()
    assert say(browser, address, mug, "set", 9).status_code == 404
    assert code(say(browser, address, mug, "tighten", 9)) == (422, "allotment_only_tightens")
    assert code(say(browser, address, towel, "tighten", 1)) == (409, "allotment_unstated")
    assert code(say(browser, address, mug, "tighten", 2, "because")) == (422, "allotment_reason_unknown")
    for pieces in ("", "-1", "1.5", "9" * 30, "много"):
        assert code(say(browser, address, mug, "tighten", pieces)) == (422, "unreadable")
    assert (Allotment.objects.get().pieces, OutboxEvent.objects.count()) == (5, before)


def test_what_is_not_there_is_not_allotted(anna, address, table, mug):
    browser = signed(anna)
    assert code(say(browser, address, mug, "set", 11)) == (422, "allotment_unfit")
    assert code(say(browser, address, cast.product(table), "set", 1)) == (409, "not_in_tray")
    assert (say(browser, address, mug, "raise", 1).status_code, Allotment.objects.count()) == (422, 0)


def test_strangers_and_others_of_the_crew_find_nothing_to_change(anna, keeper, dmitri, gleb, table, address, mug):
    say(signed(anna), address, mug, "set", 5)
    before = OutboxEvent.objects.count()
    cast.joins(gleb, table, "host")  # a host of this community, but not of this show
    for person in (keeper, dmitri, gleb):
        answers = [say(signed(person), address, mug, do, 1).status_code for do in ("set", "tighten")]
        assert answers == [404, 404]
    assert signed(dmitri).get(address).status_code == 404
    assert (send(Client(), "get", address, {}).status_code, Client().get(address).status_code) == (401, 302)
    assert OutboxEvent.objects.count() == before


def test_a_plain_form_works_and_comes_back_to_the_console(anna, address, show, mug):
    page = signed(anna).get(address)
    assert (page.status_code, b'id="part-allotments"' in page.content) == (200, True)
    fields = {"do": "set", "pieces": "4", "reason": "plan"}
    sent = signed(anna).post(f"{address}/{mug.product_id}", fields)
    assert (sent.status_code, sent["Location"]) == (302, f"/studio/shows/{show.pk}/")


def test_the_number_of_queries_does_not_follow_the_tray(anna, address, table, show, mug):
    browser = signed(anna)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for position in range(3):
        variant = cast.product(table)
        show.tray.create(product=variant.product, position=5 + position)
        say(browser, address, variant, "set", 5)
    with CaptureQueriesContext(connection) as more:
        browser.get(address)
    assert len(more) == len(one)


def test_the_tray_and_the_log_tell_of_it(anna, address, show, mug):
    browser = signed(anna)
    say(browser, address, mug, "set", 4)
    tray = browser.get(f"/studio/shows/{show.pk}/tray").content.decode()
    assert 'осталось эфиру <b class="figures">4</b>' in tray
    say(browser, address, mug, "set", 0)
    assert "Выделенное разобрано" in browser.get(f"/studio/shows/{show.pk}/tray").content.decode()
    log = browser.get(f"/studio/shows/{show.pk}/log", headers={"HX-Request": "true"}).content.decode()
    assert log.count("изменено выделенное эфиру") == 2


def test_a_buyer_is_told_in_words(anna, vera, address, table, show, mug):
    say(signed(anna), address, mug, "set", 1)
    cast.joins(vera, table)
    point = cast.pickup_point(table)
    fields = {
        "product": mug.product_id, "variant": mug.pk, "quantity": 2, "shown_minor": mug.price_minor, "currency": "RUB",
        "pickup_point": point.pk, "key": str(uuid4()), "method": "card", "pin": "",
    }  # fmt: skip
    told = signed(vera).post(f"/shows/{show.pk}/orders", fields, headers={"HX-Request": "true"})
    assert code(told) == (409, "allotment_sold_out")
    words = " ".join(told.content.decode().replace("\u00a0", " ").split())
    assert "Доля этого эфира распродана" in words
    assert "Осталось от неё: 1." in words
