"""A flash deal in the room: it counts down, opens and ends, and a tap that nobody answers loses nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.chromium import needs_chromium
from tests.web.room.screen import hear


def flash_frame(page: Page, **more: object) -> dict[str, object]:
    """A deal of the first product, that opens in half a minute by the server's clock."""
    now = page.evaluate('async () => (await import("ui/js/clock.js")).serverNow()')
    card = {"product_id": 1, "variant_id": 1, "title_ru": "Кружка", "title_en": "Mug", "picture": ""}
    price = {"price_minor": 99_000, "lowest_minor": 149_000, "currency": "RUB", "quantity": 5, "per_person": 2}
    times = {"opens_at": now + 30_000, "ends_at": now + 330_000}
    return {"t": "fact", "kind": "flash_fired", "deal_id": 7, "at": now, **card, **price, **times, **more}


@needs_chromium
def test_a_deal_counts_down_opens_and_ends_in_the_room(page: Page):
    card = page.locator("svoi-flash")
    assert card.is_hidden()
    hear(page, n=1_001, **flash_frame(page))
    assert card.get_attribute("data-phase") == "countdown"
    assert re.fullmatch(r"0:[0-3]\d", page.locator("[data-clock]").text_content() or "")
    assert page.locator("svoi-flash [data-price]").text_content() == "990\u00a0₽"
    assert page.locator("[data-status]").text_content() == "Скоро акция: Кружка за\u00a0990\u00a0₽"
    opened = flash_frame(page, deal_id=8)
    hear(page, n=1_002, **{**opened, "opens_at": opened["at"]})
    page.wait_for_selector('svoi-flash[data-phase="running"]')
    assert page.locator(".flash-take").get_attribute("action") == "/flash/8/claims"
    assert page.locator(".flash-select > option").all_text_contents() == ["1", "2"]
    hear(page, t="fact", n=1_003, kind="flash_taken", deal_id=8, left=3, at=0)
    hear(page, t="fact", n=1_004, kind="flash_taken", deal_id=8, left=4, at=0)
    assert page.locator("svoi-flash [data-left]").text_content() == "Осталось 3 из\u00a05"
    hear(page, t="fact", n=1_005, kind="flash_over", deal_id=8, closed_for="sold_out", at=0)
    page.wait_for_selector('svoi-flash[data-phase="sold_out"]')
    page.click("[data-dismiss]")
    assert card.is_hidden()


@needs_chromium
def test_a_tap_that_nobody_answers_loses_nothing(page: Page):
    opened = flash_frame(page)
    hear(page, n=1_001, **{**opened, "opens_at": opened["at"]})
    page.wait_for_selector('svoi-flash[data-phase="running"]')
    page.click(".flash-take .button")
    page.wait_for_selector("[data-told]:not([hidden])")
    assert page.locator("[data-told]").text_content() == "Ответа нет. Ничего не\u00a0потеряно: попробуйте ещё раз."
    assert page.locator('svoi-flash[data-phase="running"] .flash-take .button').is_enabled()
