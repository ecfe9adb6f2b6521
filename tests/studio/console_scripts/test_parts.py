"""The parts of the console: what makes them read themselves again, the tray, and the keys of the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import needs_chromium
from tests.studio.console_scripts.screen import asked, fact, products
from tests.studio.site import Answer, Site, hear

pytestmark = needs_chromium


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("product_pinned", {"tray", "control"}),
        ("stock_ran_out", {"tray", "control"}),
        ("flash_taken", {"flash"}),
        ("break_started", {"air", "tray", "flash", "strip", "trend", "signal", "key", "control"}),
        ("signal_restored", {"air", "tray", "flash", "strip", "trend", "signal", "key", "control"}),
        ("member_muted", {"mutes"}),
        ("chat_policy_changed", {"policy"}),
    ],
)
def test_a_fact_makes_its_parts_read_themselves_again(page: Page, site: Site, kind: str, parts: set[str]):
    fact(page, kind)
    for part in parts:
        asked(page, site, part)
    assert {path for _, path, _ in site.asked} - {"strip", "signal"} == parts - {"strip", "signal"}


def test_a_new_stage_is_noticed_without_the_room(page: Page, site: Site):
    site.mark("signal", stage="break")
    site.mark("air", stage="break")
    expect(page.locator('svoi-console[data-stage="break"]')).to_be_visible(timeout=8000)
    assert asked(page, site, "air") == [("GET", "")]


def test_the_rooms_counts_stand_over_the_figures_and_survive_a_reading(page: Page, site: Site):
    hear(page, t="count", viewers=1240, raw=1391, peak=1502, reactions=40, reactions_raw=41)
    shown = """() => ["viewers", "viewers-raw", "peak", "reactions", "reactions-raw"]
      .map((one) => document.querySelector(`[data-live="${one}"]`).textContent)"""
    assert page.evaluate(shown) == ["1\u202f240", "1\u202f391", "1\u202f502", "40", "41"]
    asked(page, site, "strip")
    page.wait_for_timeout(100)
    assert page.evaluate(shown) == ["1\u202f240", "1\u202f391", "1\u202f502", "40", "41"]


def test_reasons_open_under_a_resting_mouse_and_stay_after_a_click(page: Page):
    words = '<span id="why-x" class="definition" popover>12</span>'
    made = f'<svoi-why><button popovertarget="why-x">why</button>{words}</svoi-why>'
    page.evaluate("(made) => document.querySelector('.console-strip').insertAdjacentHTML('beforeend', made)", made)
    told, button = page.locator("#why-x"), page.locator("svoi-why button")
    expect(told).to_be_hidden()
    button.hover()
    expect(told).to_be_visible()
    page.mouse.move(1300, 850)
    expect(told).to_be_hidden()
    button.evaluate("(one) => one.click()")
    expect(told).to_be_visible()
    page.mouse.move(1200, 850)
    page.wait_for_timeout(300)
    expect(told).to_be_visible()


def test_a_key_stays_on_the_page_until_another_one_is_issued(page: Page, site: Site):
    """An answer about the signal that was under way does not know the new key yet and must not wipe it away."""
    masked = site.answers["GET", f"{site.home}key"]
    secret = b'<code id="stream-key">s1-secret-mine</code></section>'
    issued = masked.body.replace(b'data-key=""', b'data-key="mine"').replace(b"</section>", secret)
    site.answers["POST", f"{site.home}key"] = Answer(issued, 200, masked.headers)
    page.click("#key button:has-text('ключ')")
    expect(page.locator("#stream-key")).to_have_text("s1-secret-mine")
    site.forget()
    asked(page, site, "signal", 2)
    assert (page.locator("#stream-key").count(), site.asked_for("key")) == (1, [])
    site.mark("signal", key="hers")
    expect(page.locator("#stream-key")).to_have_count(0, timeout=8000)
    assert [method for method, _ in site.asked_for("key")][:1] == ["GET"]


def test_a_refusal_stands_in_the_notice_until_it_is_closed(page: Page, site: Site):
    refusal = '<section data-refused="not_in_tray" tabindex="-1"><button data-close-notice>×</button></section>'
    headers = {"Content-Type": "text/html; charset=utf-8", "HX-Retarget": "#studio-notice", "HX-Reswap": "innerHTML"}
    site.answers["PUT", f"{site.home}pin"] = Answer(refusal.encode(), 409, headers)
    before = page.inner_html("#tray .tray-rows")
    page.locator("#tray .tray-row").nth(1).locator(".tray-pin button").click()
    expect(page.locator("#studio-notice [data-refused]")).to_be_focused()
    assert page.inner_html("#tray .tray-rows").replace(' class="htmx-request"', "") == before
    page.click("[data-close-notice]")
    assert page.inner_html("#studio-notice") == ""


def test_a_part_that_fails_again_and_again_says_nothing_of_it(page: Page, site: Site):
    site.answers["GET", f"{site.home}strip"] = Answer(b"", 500)
    asked(page, site, "strip", 2)
    assert (page.locator(".toast").count(), page.locator("#strip .figure").count()) == (0, 8)


def test_a_role_that_was_taken_away_opens_the_page_anew(page: Page, site: Site):
    site.answers["GET", f"{site.home}tray"] = Answer(b"<html>Not found</html>", 404, {"Content-Type": "text/html"})
    site.answers["GET", site.home] = Answer(b"<html><h1>404</h1></html>", 404, {"Content-Type": "text/html"})
    fact(page, "tray_changed")
    expect(page.locator("h1")).to_have_text("404")


def test_the_end_needs_two_presses(page: Page, site: Site):
    site.answers["POST", f"{site.home}end"] = Answer(b'<div class="air" data-stage="ended" data-online="0"></div>', 200)
    page.click(".air-end button")
    assert (site.asked_for("end"), page.inner_text(".air-end button").strip()) == ([], "Ещё раз: закончить насовсем")
    page.click(".air-end button")
    assert asked(page, site, "end") == [("POST", "")]


def test_keys_pin_by_place_and_zero_takes_down(page: Page, site: Site):
    tray = site.answers["GET", f"{site.home}tray"]
    site.answers["PUT", f"{site.home}pin"] = site.answers["DELETE", f"{site.home}pin"] = tray
    for key in "2109":
        page.keyboard.press(key)
    first, second = products(page)
    assert asked(page, site, "pin", 3) == [("PUT", f"product={second}"), ("PUT", f"product={first}"), ("DELETE", "")]


def test_keys_are_quiet_inside_fields_and_when_switched_off(page: Page, site: Site):
    page.focus(".say-form input")
    page.keyboard.press("2")
    page.click("#tray-keys")
    page.locator("h1").click()
    page.keyboard.press("1")
    page.wait_for_timeout(200)
    assert (site.asked_for("pin"), page.input_value(".say-form input")) == ([], "2")
    page.reload()
    assert page.get_attribute("#tray-keys", "aria-pressed") == "false"


def test_adding_reads_the_choice_again(page: Page, site: Site):
    button = f'<button data-adds hx-post="{site.home}tray" name="product" value="5" hx-target="#tray">+</button>'
    found = Answer(f'<ul id="choice"><li>{button}</li></ul>'.encode(), 200, {"Content-Type": "text/html"})
    site.answers["GET", f"{site.home}choice"] = found
    site.answers["POST", f"{site.home}tray"] = site.answers["GET", f"{site.home}tray"]
    page.click("#tray-add")
    page.click("[data-adds]")
    assert (asked(page, site, "choice", 2), site.asked_for("tray")) == ([("GET", "q=")] * 2, [("POST", "product=5")])
