"""The main job: a member watches a live show and buys the pinned product."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["ru", "en"])
def test_from_sign_up_to_a_paid_order(visitors, language: str):
    """She signs up and joins on a phone; he watches on a desktop; the producer pins; she buys, the room hears of it."""
    she, he = visitors.come(language=language), visitors.come(language="en", desktop=True, theme="dark")
    producer = visitors.come(desktop=True)
    steps.sign_up(she, "Нина" if language == "ru" else "Nina")
    steps.join(she)
    steps.sign_in(he, "yegor")
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    for page in (she, he):
        steps.picture_moves(page)

    words = f"Чай ещё горячий? {uuid4().hex[:6]}"
    steps.say(she, words)
    expect(steps.line(he, words)).to_be_visible()
    answer = f"Горячий. {uuid4().hex[:6]}"
    steps.say(he, answer)
    expect(steps.line(she, answer)).to_be_visible()

    place = 1 if language == "ru" else 0
    steps.pins(producer, place)
    name = producer.locator("#tray .tray-row").nth(place).get_attribute("data-product")
    for page in (she, he):
        expect(page.locator(f'svoi-pin[data-product="{name}"]')).to_be_visible()

    steps.open_sheet(she)
    steps.choose_point(she, "Шаболовка" if language == "ru" else "Shabolovka")
    she.check("#buy-sheet [name=announced]")
    steps.order(she)
    she.wait_for_url("**/orders/**")
    steps.pay(she)
    buyer = "Нина" if language == "ru" else "Nina"
    expect(he.locator("svoi-chat .line", has_text=buyer).last).to_be_visible()
    she.goto("/orders/")
    expect(she.locator(".order-card")).to_have_count(1)
    for page in (she, he, producer):
        assert page.problems == []


def test_the_last_piece_goes_to_exactly_one_of_two(visitors):
    """Both have the sheet of the only vase open; both press; one gets an order, the other a kind and exact refusal."""
    producer = visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    vase = producer.locator("#tray .tray-row").count() - 1
    steps.pins(producer, vase)
    product = producer.locator("#tray .tray-row").nth(vase).get_attribute("data-product")
    buyers = [visitors.come(), visitors.come(desktop=True)]
    for buyer, who in zip(buyers, ("zoya", "ildar"), strict=True):
        steps.sign_in(buyer, who)
        expect(buyer.locator(f'svoi-pin[data-product="{product}"]')).to_be_visible()
        steps.open_sheet(buyer)
        steps.choose_point(buyer)
    for buyer in buyers:
        buyer.evaluate("document.querySelector('#buy-sheet .buy-foot button[type=submit]').click()")
    outcomes = []
    for buyer in buyers:
        buyer.wait_for_selector("[data-refused], .order-page")
        refusal = buyer.locator("[data-refused]")
        outcomes.append(refusal.get_attribute("data-refused") if refusal.count() else "ordered")
    assert sorted(outcomes) == ["ordered", "out_of_stock"]


def test_a_double_tap_is_one_order(visitors):
    page = visitors.come()
    steps.sign_up(page, "Лида")
    steps.join(page)
    producer = visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    steps.pins(producer, 2)
    product = producer.locator("#tray .tray-row").nth(2).get_attribute("data-product")
    expect(page.locator(f'svoi-pin[data-product="{product}"]')).to_be_visible()
    steps.open_sheet(page)
    steps.choose_point(page)
    form = page.evaluate("Object.fromEntries(new FormData(document.querySelector('#buy-form')))")
    token = form.pop("csrfmiddlewaretoken")
    answers = [
        page.request.post(f"{steps.SHOW}orders", form=form, headers={"X-CSRFToken": token}, max_redirects=0)
        for _ in range(3)
    ]
    assert {answer.headers.get("location") for answer in answers} != {None}
    assert len({answer.headers.get("location") for answer in answers}) == 1
    page.goto("/orders/")
    expect(page.locator(".order-card")).to_have_count(1)


def test_a_moved_pin_is_refused_kindly_and_sells_nothing_else(visitors):
    page, producer = visitors.come(), visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    steps.pins(producer, 3)
    product = producer.locator("#tray .tray-row").nth(3).get_attribute("data-product")
    steps.sign_up(page, "Рита")
    steps.join(page)
    expect(page.locator(f'svoi-pin[data-product="{product}"]')).to_be_visible()
    steps.open_sheet(page)
    steps.choose_point(page)
    steps.pins(producer, 4)
    steps.order(page)
    expect(page.locator('[data-refused="pin_moved"]')).to_be_visible()
    assert page.locator("#buy-sheet .point input:checked").count() == 1
    page.goto("/orders/")
    expect(page.locator(".order-card")).to_have_count(0)


def test_a_declined_payment_can_be_tried_again(visitors):
    page, producer = visitors.come(language="en"), visitors.come(desktop=True)
    steps.sign_in(producer, "boris", then=steps.CONSOLE)
    steps.pins(producer, 5)
    product = producer.locator("#tray .tray-row").nth(5).get_attribute("data-product")
    steps.sign_up(page, "Kate")
    steps.join(page)
    expect(page.locator(f'svoi-pin[data-product="{product}"]')).to_be_visible()
    steps.open_sheet(page)
    steps.choose_point(page, "Shabolovka")
    steps.order(page)
    page.click(".order-pay[data-step=ready] a.button-primary")
    page.click("button[value=decline]")
    page.click(".order-pay[data-step=declined] button[type=submit]")
    steps.pay(page)
