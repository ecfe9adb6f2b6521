"""The console's browser code in a real browser, under the real content policy: frames and answers are handed to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from svoi.shows.models import Mute, Show
from svoi.studio.console_words import console_words
from tests import cast
from tests.studio.site import CHROMIUM, ROOM, SITE, SWITCHES, Answer, Site, hear
from tests.studio.stage import said, signed
from tests.studio.test_chat import bought

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
NOON_MS = 1_795_348_800_000


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Playwright turns a loop in this thread, and Django takes that for a program that awaits; nothing here does.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()
        connections.close_all()  # those of the loop's own context, which nobody else can reach


@pytest.fixture
def site(chromium: Browser, anna, vera, gleb, show: Show, mug) -> Site:
    """The console as Anna sees it: two messages, one of them by Gleb, who is muted, and two purchases."""
    said(show, vera, "А <b>чайник</b> есть?", seq=1)
    said(show, gleb, "Ссылка у меня", seq=2)
    Mute.objects.create(show=show, member=gleb, muted_by=anna, muted_at=cast.NOON, until=cast.NOON.replace(year=2100))
    bought(show, vera, mug, announced=True, quantity=2)
    browser, kept = signed(anna), Site(f"/studio/shows/{show.pk}/")
    for part in ("", "tray", "air", "strip", "mutes", "messages", "policy", "key", "signal", "control", "trend"):
        kept.learn(browser, part)
    return kept


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, {"width": 1440, "height": 900})


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, {"width": 390, "height": 844})


def opened(chromium: Browser, site: Site, size: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(viewport=size, locale="ru-RU", timezone_id="Europe/Moscow", reduced_motion="reduce")
    shown = context.new_page()
    shown.on("pageerror", lambda fault: site.faults.append(str(fault)))
    shown.on("console", lambda line: site.faults.append(line.text) if "Content Security" in line.text else None)
    context.route("**/*", site.answer)
    shown.goto(SITE + site.home)
    shown.evaluate(ROOM)
    shown.wait_for_selector("#signal[data-state]", state="attached")
    site.forget()
    yield shown
    assert site.faults == []
    context.close()


def asked(page: Page, site: Site, part: str, times: int = 1) -> list[tuple[str, str]]:
    """Wait until a part was asked for so many times."""
    for _ in range(100):
        if len(site.asked_for(part)) >= times:
            break
        page.wait_for_timeout(50)
    return site.asked_for(part)


def fact(page: Page, kind: str, **fields: object) -> None:
    hear(page, t="fact", n=1, kind=kind, at=NOON_MS, **fields)


def message(text: str, *, number: int = 9, **more: object) -> dict[str, object]:
    by = {"id": 77, "name": "Нина", "role": "viewer"}
    return {"t": "chat", "n": number, "id": 1000 + number, "by": by, "text": text, "at": NOON_MS, **more}


def lines(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "#talk > li", "(all) => all.map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
    )


def products(page: Page) -> list[str]:
    return page.eval_on_selector_all("#tray .tray-row", "(rows) => rows.map((row) => row.dataset.product)")


# --- The parts of the page --------------------------------------------------------------------------------------------


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


# --- Tray and keys ----------------------------------------------------------------------------------------------------


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


# --- The chat ---------------------------------------------------------------------------------------------------------


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


# --- Phone, words -----------------------------------------------------------------------------------------------------


def test_a_phone_shows_one_panel_at_a_time_and_counts_what_is_not_seen(phone: Page):
    shown = """() => [".console-strip", ".console-picture", ".console-tray", ".console-chat"]
      .filter((one) => document.querySelector(one).checkVisibility())"""
    assert phone.evaluate(shown) == [".console-picture"]
    hear(phone, **message("раз"))
    hear(phone, **message("два", number=10))
    assert phone.inner_text(".tab-unread") == "2"
    phone.click("[data-shows=chat]")
    assert (phone.evaluate(shown), phone.is_visible(".tab-unread")) == ([".console-chat"], False)
    phone.keyboard.press("ArrowLeft")
    assert phone.evaluate(shown) == [".console-tray"]
    phone.click("[data-shows=figures]")
    assert phone.evaluate(shown) == [".console-strip"]


@pytest.mark.parametrize("width", [320, 390, 700, 820, 1100, 1440])
def test_nothing_sticks_out_and_the_page_does_not_scroll(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    size = page.evaluate(
        "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
    )
    assert size == [0, 0]


def test_every_word_the_scripts_say_is_brought_by_the_page():
    """Codes and roles are put together at run time, so they are checked by their beginnings."""
    folder = Path(finders.find("studio/shows/page.js")).parent
    said_by = "\n".join(path.read_text() for path in folder.glob("*.js"))
    keys = re.findall(r'(?<![#.\w])say\(\s*["`]([\w]+?)(?:_?\$\{[^"`]*)?["`]', said_by)
    words = console_words()
    assert len(keys) > 10
    assert [key for key in keys if not any(name == key or name.startswith(f"{key}_") for name in words)] == []
