"""The chat in the console: lines, hiding and muting, what is pending or refused, and too much missed."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.chromium import needs_chromium
from tests.studio.console_scripts.screen import NOON_MS, asked, fact, lines, message, products
from tests.studio.site import Site, hear

pytestmark = needs_chromium


def test_a_line_of_the_browser_is_the_line_of_the_server(page: Page, vera, gleb):
    described = """(all) => all.map((one) => [
      one.className, one.innerText.replace(/\\s+/g, " ").trim(), one.dataset.author, one.dataset.message,
      "muted" in one.dataset, [...one.querySelectorAll("button")].map((button) => button.dataset.does),
    ])"""
    by_server = page.eval_on_selector_all("#talk > li", described)
    order = [one[0] for one in by_server]
    page.evaluate("document.querySelector('#talk').replaceChildren()")
    first, second = [{"id": one.pk, "name": one.name, "role": "viewer"} for one in (vera, gleb)]
    for number, by, text in ((1, first, "А <b>чайник</b> есть?"), (2, second, "Ссылка у меня")):
        hear(page, t="chat", n=number, id=int(by_server[number - 1][3]), by=by, text=text, at=NOON_MS)
    product = products(page)[0]
    at = NOON_MS + 60_000
    hear(
        page,
        t="fact",
        n=3,
        kind="someone_bought",
        name="Vera",
        product_id=int(product),
        quantity=2,
        total_minor=298_000,
        at=at,
    )
    assert page.eval_on_selector_all("#talk > li", described) == by_server
    assert order == ["line", "line", "line line-bought"]


def test_a_purchase_without_consent_has_a_sum_and_no_name(page: Page):
    fact(page, "someone_bought", name=None, product_id=0, quantity=1, total_minor=149_000)
    assert lines(page)[-1] == "Кто-то купил: товар из подборки 15:00 1 490 ₽"


def test_a_hidden_message_keeps_its_place(page: Page):
    hear(page, **message("реклама"))
    fact(page, "message_hidden", message_id=1009)
    assert lines(page)[-1] == "Скрыто ведущими"


def test_hiding_and_muting_ask_for_this_line_and_this_author(page: Page, site: Site):
    hear(page, **message("реклама"))
    line = page.locator('#talk [data-message="1009"]')
    line.hover()
    page.wait_for_timeout(300)  # a line that came moves once more as the list settles
    line.hover()
    line.locator("[data-does=mute]").click()
    line.locator("[data-does=hide]").click()
    assert asked(page, site, "mutes") == [("POST", "member=77&seconds=600")]
    assert asked(page, site, "messages/1009/hidden") == [("POST", "")]


def test_my_message_is_pending_until_the_room_shows_it(page: Page, anna):
    page.fill(".say-form input", "Есть, второй в подборке")
    page.press(".say-form input", "Enter")
    key = page.evaluate("sent[0].k")
    mine = page.locator(f'#talk [data-key="{key}"]')
    assert (mine.get_attribute("data-state"), page.input_value(".say-form input")) == ("pending", "")
    by = {"id": anna.pk, "name": "Anna", "role": "host"}
    hear(page, **message("Есть, второй в подборке", k=key, by=by))
    assert (mine.count(), mine.get_attribute("data-state"), mine.get_attribute("data-message")) == (1, None, "1009")


def test_a_refused_message_says_why_and_is_tried_again_or_dropped(page: Page):
    page.fill(".say-form input", "Слышно?")
    page.press(".say-form input", "Enter")
    key = page.evaluate("sent[0].k")
    mine = page.locator(f'#talk [data-key="{key}"]')
    hear(page, t="refused", k=key, code="closed")
    assert "чат закрыт" in mine.inner_text()
    mine.get_by_role("button", name="Ещё раз").click()
    hear(page, t="refused", k=key, code="too_long")
    mine.get_by_role("button", name="Убрать").click()
    assert (page.evaluate("sent.map((one) => one.k)"), mine.count()) == ([key, key], 0)


def test_the_crews_preview_is_never_told_to_be_watched(page: Page):
    watching = page.evaluate("document.querySelector('svoi-console').socket.watching()")
    assert watching == {"media": None, "playing": False}


def test_when_too_much_was_missed_the_talk_is_read_afresh(page: Page, site: Site):
    page.evaluate("document.querySelector('#talk').replaceChildren()")
    cursor = page.evaluate("document.querySelector('svoi-console').socket.fresh()")
    assert (cursor, len(lines(page))) == ({"facts": 0, "chat": 2}, 3)
    assert {part for part in ("messages", "air", "tray", "mutes") if asked(page, site, part)} == {
        "messages",
        "air",
        "tray",
        "mutes",
    }
