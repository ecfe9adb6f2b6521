"""The tray and the pin: laying out, moving, pinning, and what nobody should be able to do."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.catalog.models import Stock
from svoi.shows.models import Pin, Show
from tests import cast
from tests.cast import recorded
from tests.studio.stage import send, signed

refused = pytest.mark.django_db(transaction=True)
HUGE = "9" * 30


def rows(answer) -> list[tuple[int, bool]]:
    """Products in order, and whether each is pinned."""
    found = re.findall(
        r'<li class="tray-row"[^>]* data-product="(\d+)"[^>]*?( data-pinned)?(?: data-sold-out)?>', text(answer)
    )
    return [(int(product), bool(pinned)) for product, pinned in found]


def text(answer) -> str:
    return answer.content.decode()


def code(answer) -> str:
    return re.search(r'data-refused="(\w+)"', text(answer))[1]


@pytest.fixture
def desk(anna, show):
    """Anna's browser and the address of the show."""
    return signed(anna), f"/studio/shows/{show.pk}"


def test_pinning_answers_with_the_tray_as_it_is_now(desk, mug, towel, show):
    browser, address = desk
    answer = send(browser, "put", f"{address}/pin", {"product": str(towel.product_id)})
    assert (answer.status_code, rows(answer)) == (200, [(mug.product_id, False), (towel.product_id, True)])
    assert [kind for kind, _ in recorded()] == ["product_unpinned", "product_pinned"]
    assert rows(browser.delete(f"{address}/pin")) == [(mug.product_id, False), (towel.product_id, False)]
    assert show.pins.filter(unpinned_at=None).count() == 0


def test_pinning_what_is_pinned_changes_nothing(desk, mug):
    browser, address = desk
    assert send(browser, "put", f"{address}/pin", {"product": str(mug.product_id)}).status_code == 200
    assert (Pin.objects.count(), recorded()) == (1, [])


def test_two_producers_leave_one_pin_and_both_see_it(desk, boris, table, mug, towel, show):
    browser, address = desk
    second = signed(cast.joins(boris, table, "producer"))
    send(browser, "put", f"{address}/pin", {"product": str(towel.product_id)})
    send(second, "put", f"{address}/pin", {"product": str(mug.product_id)})
    assert [pin.product_id for pin in show.pins.filter(unpinned_at=None)] == [mug.product_id]
    assert rows(browser.get(f"{address}/tray")) == rows(second.get(f"{address}/tray"))


def test_a_product_is_laid_out_moved_and_taken_away(desk, table, mug, towel):
    browser, address = desk
    board = cast.product(table, name="Доска")
    laid = browser.post(f"{address}/tray", {"product": str(board.product_id)})
    assert rows(laid) == [(mug.product_id, True), (towel.product_id, False), (board.product_id, False)]
    moved = send(browser, "put", f"{address}/tray/{board.product_id}", {"position": "0"})
    assert rows(moved) == [(board.product_id, False), (mug.product_id, True), (towel.product_id, False)]
    beyond = send(browser, "put", f"{address}/tray/{board.product_id}", {"position": "999999999"})
    assert [product for product, _ in rows(beyond)] == [mug.product_id, towel.product_id, board.product_id]
    assert rows(browser.delete(f"{address}/tray/{mug.product_id}")) == [
        (towel.product_id, False),
        (board.product_id, False),
    ]
    assert Pin.objects.filter(unpinned_at=None).count() == 0


def test_what_can_be_laid_out_is_sold_here_not_in_the_tray_and_called_so(desk, table, cellar):
    browser, address = desk
    board, vase = cast.product(table, name="Доска дубовая"), cast.product(table, name="Ваза")
    gone = cast.product(table, name="Доска старая")
    gone.product.withdrawn_at = cast.NOON
    gone.product.save()
    cast.product(cellar, name="Доска чужая")
    found = {sought: re.findall(r'id="choice-(\d+)"', text(browser.get(f"{address}/choice", {"q": sought})))
             for sought in ("", "доска", "ДУБОВАЯ доска", "самолёт", "%", "\x00", "я" * 500)}  # fmt: skip
    assert found == {
        "": [str(vase.product_id), str(board.product_id)],
        "доска": [str(board.product_id)],
        "ДУБОВАЯ доска": [str(board.product_id)],
        "самолёт": [],
        "%": [],
        "\x00": [str(vase.product_id), str(board.product_id)],
        "я" * 500: [],
    }


def test_what_was_sought_is_written_as_words(desk):
    browser, address = desk
    page = text(browser.get(f"{address}/choice", {"q": "<script>alert(1)</script>"}))
    assert ("<script" in page, "&lt;script&gt;" in page) == (False, True)


@refused
def test_a_product_of_another_community_is_neither_pinned_nor_laid_out(desk, cellar):
    browser, address = desk
    foreign = str(cast.product(cellar).product_id)
    asked = [
        send(browser, "put", f"{address}/pin", {"product": foreign}),
        browser.post(f"{address}/tray", {"product": foreign}),
        send(browser, "put", f"{address}/tray/{foreign}", {"position": "0"}),
    ]
    assert [(answer.status_code, code(answer)) for answer in asked] == [
        (409, "not_in_tray"),
        (409, "no_longer_sold"),
        (409, "not_in_tray"),
    ]
    assert recorded() == []


@refused
def test_before_the_show_nothing_is_pinned(anna, table, mug, show):
    show.pins.all().delete()
    show.went_live_at = None
    show.save()
    browser = signed(anna)
    answer = send(browser, "put", f"/studio/shows/{show.pk}/pin", {"product": str(mug.product_id)})
    assert (answer.status_code, code(answer)) == (409, "show_not_live")
    tray = text(browser.get(f"/studio/shows/{show.pk}/tray"))
    assert (tray.count("disabled hx-put"), "data-on-air" in tray) == (2, False)


@pytest.mark.parametrize("value", ["", "0x1", "-1", "1.5", "١", HUGE, "1 or 1=1", "\x00"])
def test_a_number_that_is_none_is_refused_before_anything_happens(desk, mug, value):
    browser, address = desk
    asked = [
        send(browser, "put", f"{address}/pin", {"product": value}),
        browser.post(f"{address}/tray", {"product": value}),
        send(browser, "put", f"{address}/tray/{mug.product_id}", {"position": value}),
    ]
    assert [(answer.status_code, answer["HX-Retarget"], code(answer)) for answer in asked] == [
        (422, "#studio-notice", "unreadable")
    ] * 3
    assert recorded() == []


@refused
def test_an_address_with_a_huge_number_changes_nothing(desk):
    browser, address = desk
    moved = send(browser, "put", f"{address}/tray/{HUGE}", {"position": "0"})
    assert (moved.status_code, code(moved)) == (409, "not_in_tray")
    assert (browser.delete(f"{address}/tray/{HUGE}").status_code, recorded()) == (200, [])


def test_a_body_that_is_no_form_is_refused(desk):
    browser, address = desk
    answer = browser.put(f"{address}/pin", b"\xff\xfe{not a form", content_type="application/json")
    assert (answer.status_code, recorded()) == (422, [])


def test_the_tray_is_read_by_the_same_queries_for_one_product_and_for_three(desk, table, towel, show):
    browser, address = desk
    show.tray.filter(product=towel.product).delete()
    with CaptureQueriesContext(connection) as one:
        assert len(rows(browser.get(f"{address}/tray"))) == 1
    for name in ("Доска", "Ваза"):
        browser.post(f"{address}/tray", {"product": str(cast.product(table, name=name).product_id)})
    with CaptureQueriesContext(connection) as three:
        assert len(rows(browser.get(f"{address}/tray"))) == 3
    assert len(three) == len(one)


def test_a_row_tells_what_is_left_and_what_was_sold(desk, mug, towel):
    browser, address = desk
    Stock.objects.filter(variant=mug).update(on_hand=0)
    tray = text(browser.get(f"{address}/tray"))
    facts = re.findall(r'<span class="tray-fact">(.*?)</span>', tray)
    assert facts == [
        "<b>Раскуплено</b>",
        'продано <b class="figures">0</b>',
        'осталось <b class="figures">10</b>',
        'продано <b class="figures">0</b>',
    ]


def test_a_moderator_reads_the_tray_and_has_no_button_in_it(keeper, show):
    tray = text(signed(keeper).get(f"/studio/shows/{show.pk}/tray"))
    assert (tray.count('class="tray-row"'), tray.count("<button")) == (2, 0)


def test_an_empty_tray_says_what_to_do(anna, table):
    empty = Show.objects.create(community=table, host=anna, title_ru="Пусто", starts_at=cast.NOON)
    assert text(signed(anna).get(f"/studio/shows/{empty.pk}/tray")).count("Подборка пуста") == 1
