"""The room's browser code in a real browser, under the real content policy, without a gateway: frames are handed to it.

Pages and files are answered from memory, so no server and no socket is needed.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from svoi.shows.models import ChatMessage, MessageHiding
from svoi.ui.module_map import VENDORED
from svoi.web.room_words import room_words
from tests import cast
from tests.cast import NOON

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SITE = "http://testserver"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png"}
ROOM_BYTES_MAX = 220 * 1024
NOON_MS = 1_795_348_800_000

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")


def reached_from(path: str) -> set[str]:
    """A module and all it imports, by static path."""
    source = Path(finders.find(path)).read_text() if "vendor" not in path else ""
    named = [VENDORED.get(name, name) for name in re.findall(r'^import (?:.+ from )?"([^"]+)"', source, re.MULTILINE)]
    return {path}.union(*(reached_from(name) for name in named))


def test_the_room_with_its_player_stays_within_its_budget():
    modules = reached_from("web/shows/room.js") | reached_from("ui/js/page.js")
    packed = sum(len(gzip.compress(Path(finders.find(path)).read_bytes(), 9)) for path in modules)
    assert len(modules) > 30
    assert packed <= ROOM_BYTES_MAX


def test_every_word_the_scripts_say_is_brought_by_the_page():
    """Codes and roles are put together at run time, so they are checked by their beginnings."""
    scripts = [
        Path(finders.find(path)).read_text() for path in reached_from("web/shows/room.js") if "vendor" not in path
    ]
    said = {
        key for script in scripts for key in re.findall(r'(?<![#.\w])say\(\s*["`]([\w]+?)(?:_?\$\{[^"`]*)?["`]', script)
    }
    words = room_words()
    assert [key for key in said if not any(name == key or name.startswith(f"{key}_") for name in words)] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright turns a loop in this thread, and Django takes that for a program that awaits; nothing here does.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()
        connections.close_all()  # those of the loop's own context, which nobody else can reach


@pytest.fixture
def rendered(browser: Browser, anna, vera, table) -> dict[str, Any]:
    """The room as Vera sees it, with three messages of which one is hidden."""
    cast.joins(vera, table)
    show = cast.live_show(table, anna, cast.product(table), cast.product(table, name="Полотенце"))
    said = [
        ChatMessage.objects.create(show=show, author=author, seq=seq, text=text, key=uuid4(), said_at=NOON)
        for seq, (author, text) in enumerate([(anna, "Добрый вечер"), (vera, "<b>Здравствуйте</b>"), (vera, "!")], 1)
    ]
    MessageHiding.objects.create(message=said[2], hidden_by=anna, hidden_at=NOON)
    client = Client()
    client.force_login(vera)
    answer = client.get(f"/shows/{show.pk}/")
    policy = answer.headers["Content-Security-Policy"]
    return {"path": f"/shows/{show.pk}/", "body": answer.content, "policy": policy}


@pytest.fixture
def page(browser: Browser, rendered: dict[str, Any]) -> Iterator[Page]:
    """The open room. `hear(frame)` hands it a frame, `sent` holds what it said."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    context.route("**/*", lambda route: answer(route, rendered))
    opened.goto(SITE + rendered["path"])
    opened.evaluate(
        """() => {
          const room = document.querySelector("svoi-room");
          globalThis.sent = [];
          room.socket.say = (message) => { sent.push(message); return true; };
          globalThis.hear = (frame) => room.socket.dispatchEvent(new CustomEvent("frame", { detail: frame }));
        }"""
    )
    yield opened
    assert faults == []
    context.close()


def answer(route: Route, rendered: dict[str, Any]) -> None:
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path == rendered["path"]:
        headers = {"Content-Security-Policy": rendered["policy"], "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(status=200, headers=headers, body=rendered["body"])
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        route.fulfill(status=200, content_type=TYPES.get(path.rpartition(".")[2], "text/plain"), path=found)
    else:
        route.fulfill(status=503, body="")


def hear(page: Page, **frame: object) -> None:
    page.evaluate("(frame) => hear(frame)", frame)


def message(n: int, text: str, **more: object) -> dict[str, object]:
    by = {"id": 77, "name": "Борис", "role": "viewer"}
    return {"t": "chat", "n": n, "id": 1000 + n, "by": by, "text": text, "at": NOON_MS, "media": None, **more}


def lines(page: Page) -> list[str]:
    return page.eval_on_selector_all(".chat-log > li", "(lines) => lines.map((line) => line.textContent.trim())")


def write(page: Page, text: str) -> str:
    """Say something; returns the key it was said under."""
    page.fill(".composer-form input", text)
    page.press(".composer-form input", "Enter")
    return page.evaluate("sent.at(-1).k")


def from_module(page: Page, module: str, use: str) -> Any:
    """What an expression over a module's names gives."""
    return page.evaluate(f"async () => {{ const m = await import('web/shows/{module}.js'); return {use}; }}")


# --- Hearts -----------------------------------------------------------------------------------------------------------


def hearts(page: Page) -> tuple[str, int, bool]:
    """What the button counts, how many hearts left the page, and whether it takes any."""
    text = page.text_content("svoi-heart .heart-count") or ""
    open_ = page.get_attribute("svoi-heart button", "aria-disabled") == "false"
    return text.strip(), page.evaluate("hearts"), open_


def line_of(page: Page, state: str, *, read_only: bool = False) -> None:
    page.evaluate(
        """([state, readOnly]) => {
          const { socket } = document.querySelector("svoi-room");
          globalThis.hearts ??= 0;
          socket.react = () => { hearts += 1; return true; };
          socket.dispatchEvent(new CustomEvent("state", { detail: { state, readOnly } }));
        }""",
        [state, read_only],
    )


def test_a_heart_is_sent_by_hand_and_by_key_at_a_hands_pace_and_counted_by_the_room(page):
    line_of(page, "reconnecting")
    button = page.locator("svoi-heart button")
    button.click(force=True)
    assert hearts(page) == ("0", 0, False)
    line_of(page, "live")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.evaluate("for (let tap = 0; tap < 9; tap += 1) document.querySelector('svoi-heart button').click()")
    assert hearts(page) == ("0", 1, True)
    page.wait_for_timeout(250)
    button.press("Enter")
    assert hearts(page)[1] == 2
    assert page.text_content("[data-status]") == "Сердце отправлено"
    assert page.locator(".heart-flying").count() > 0
    hear(page, t="count", viewers=5, reactions=12_345)
    assert hearts(page)[0] == "12,3\u00a0тыс."
    hear(page, t="fact", n=10**6, kind="show_ended", at=NOON_MS, ended_at=NOON_MS)
    assert not page.is_visible("svoi-heart")


def test_a_line_that_only_reads_takes_no_hearts_and_nothing_flies_for_whom_motion_is_too_much(page):
    line_of(page, "live", read_only=True)
    assert not hearts(page)[2]
    page.emulate_media(reduced_motion="reduce")
    line_of(page, "live")
    page.click("svoi-heart button")
    assert (hearts(page)[1], page.locator(".heart-flying").count()) == (1, 0)


# --- The chat ---------------------------------------------------------------------------------------------------------


@needs_chromium
def test_a_line_of_the_browser_is_the_line_of_the_server(page):
    """The same messages written by the server and by the browser give the same elements."""
    described = """(lines) => lines.map((line) => ({
      text: line.textContent.replace(/\\s+/g, " ").trim(), class: line.className, data: { ...line.dataset },
      roles: [...line.querySelectorAll("[data-role]")].map((role) => [role.hidden, role.textContent]),
    }))"""
    by_server = page.eval_on_selector_all(".chat-log > li", described)
    page.evaluate(
        """() => { const room = document.querySelector("svoi-room"); room.chat.reset(room.state.messages); }"""
    )
    assert page.eval_on_selector_all(".chat-log > li", described) == by_server
    assert len(by_server) == 3


@needs_chromium
def test_markup_in_a_message_stays_text(page):
    hear(page, **message(4, '<img src=x onerror="document.title=1">'))
    assert lines(page)[-1] == 'Борис <img src=x onerror="document.title=1">'
    assert page.locator(".chat-log img").count() == 0


@needs_chromium
def test_my_message_is_pending_until_the_room_shows_it(page):
    key = write(page, "Беру две")
    mine = page.locator(f'.line[data-key="{key}"]')
    assert (mine.get_attribute("data-state"), mine.get_attribute("data-n")) == ("pending", None)
    hear(page, **message(4, "Беру две", k=key))
    assert page.locator(f'.line[data-key="{key}"]').count() == 1
    assert (mine.get_attribute("data-state"), mine.get_attribute("data-n")) == (None, "4")


@needs_chromium
def test_a_refused_message_says_why_and_is_tried_again_under_its_key(page):
    key = write(page, "Ещё")
    hear(page, t="refused", k=key, code="closed")
    mine = page.locator(f'.line[data-key="{key}"]')
    assert "чат закрыт" in mine.inner_text()
    mine.get_by_role("button", name="Ещё раз").click()
    assert page.evaluate("sent.map((one) => one.k)") == [key, key]
    assert mine.get_attribute("data-state") == "pending"


@needs_chromium
def test_a_refused_message_can_be_dropped(page):
    key = write(page, "Ещё")
    hear(page, t="refused", k=key, code="too_long")
    page.locator(f'.line[data-key="{key}"]').get_by_role("button", name="Убрать").click()
    assert page.locator(f'.line[data-key="{key}"]').count() == 0


@needs_chromium
def test_what_was_pending_is_said_again_after_a_reconnection(page):
    key = write(page, "Слышно?")
    page.evaluate("""document.querySelector("svoi-room").socket.dispatchEvent(
      new CustomEvent("state", { detail: { state: "live", readOnly: false } }))""")
    assert page.evaluate("sent.map((one) => one.k)") == [key, key]


@needs_chromium
def test_a_hidden_message_keeps_its_place(page):
    hear(page, **message(4, "реклама"))
    hear(page, **message(5, "дальше"))
    hear(page, t="fact", n=1, kind="message_hidden", message_id=1004)
    assert lines(page)[-2:] == ["Сообщение скрыто ведущими", "Борис дальше"]


@needs_chromium
def test_slow_mode_is_said_and_waited_out(page):
    hear(page, t="fact", n=1, kind="chat_policy_changed", slow_mode_s=30, length_max=200, open=True)
    assert page.inner_text("[data-notice]").replace("\u00a0", " ") == "Медленный режим: одно сообщение в 30 секунд"
    write(page, "Раз")
    page.fill(".composer-form input", "Два")
    page.press(".composer-form input", "Enter")
    assert page.evaluate("sent.length") == 1
    assert page.get_attribute(".composer-send", "data-wait") == "30"


@needs_chromium
def test_letters_are_counted_as_readers_count_them(page):
    assert from_module(page, "composer", "m.lettersIn('ё👨‍👩‍👧🇷🇺й')") == 4


@needs_chromium
def test_the_list_follows_only_a_reader_at_its_end(page):
    for n in range(4, 40):
        hear(page, **message(n, f"строка {n}"))
    page.eval_on_selector(".chat-log", "(log) => { log.scrollTop = 0; log.dispatchEvent(new Event('scroll')); }")
    hear(page, **message(40, "новая"))
    assert page.inner_text(".chat-newer") == "1 новое сообщение"
    page.click(".chat-newer")
    assert page.is_hidden(".chat-newer")


@needs_chromium
def test_no_more_lines_are_kept_than_a_phone_can_bear(page):
    page.evaluate("(frames) => frames.forEach(hear)", [message(n, str(n)) for n in range(4, 404)])
    assert page.locator(".chat-log > li").count() == 300
    assert lines(page)[-1] == "Борис 403"


# --- Stages, goods, pins ----------------------------------------------------------------------------------------------


@needs_chromium
def test_stages_follow_the_facts(page):
    for n, (kind, stage) in enumerate(
        [("break_started", "break"), ("break_ended", "live"), ("signal_lost", "reconnecting"), ("show_ended", "ended")],
        1,
    ):
        hear(page, t="fact", n=n, kind=kind, at=NOON_MS)
        assert page.get_attribute("svoi-room", "data-stage") == stage


@needs_chromium
def test_a_sold_out_product_is_said_on_its_card_and_in_the_tray(page):
    pin = page.evaluate("document.querySelector('svoi-room').state.pin")
    card = {"product_id": pin["product_id"], "variant_id": pin["variant_id"], "old_price_minor": 199_000}
    hear(page, t="fact", n=1, kind="stock_ran_out", price_minor=159_000, sold_out=True, **card)
    page.wait_for_selector("svoi-pin[data-sold-out]")
    assert page.inner_text("svoi-pin [data-price]") == "1\u202f590\u00a0₽"
    assert page.locator(f'.tray-row[data-product="{pin["product_id"]}"][data-sold-out]').count() == 2


@needs_chromium
def test_somebody_bought_without_a_name_unless_she_agreed(page):
    product = page.evaluate("document.querySelector('svoi-room').state.pin.product_id")
    hear(page, t="fact", n=1, kind="someone_bought", name=None, product_id=product, quantity=1)
    hear(page, t="fact", n=2, kind="someone_bought", name="Вера", product_id=product, quantity=1)
    assert lines(page)[-2:] == ["Кто-то купил: Кружка", "Вера покупает: Кружка"]


@needs_chromium
def test_a_pin_belongs_to_its_media_time(page):
    """Two viewers with different delay see the same card on the same frame; who rewinds sees what was shown then."""
    told = from_module(
        page,
        "pin-timeline",
        """(() => {
          const pins = new m.PinTimeline([{ pin_id: 1, product_id: 10, from: 1000, until: 2000 }]);
          pins.pin({ pin_id: 2, product_id: 20, media_at: 3000 });
          pins.pin({ pin_id: 3, product_id: 10, media_at: 4000 });
          pins.unpin({ pin_id: 3, media_at: 5000 });
          return [999, 1000, 1999, 2000, 2999, 3000, 3999, 4000, 4999, 5000].map((at) => pins.at(at)?.pin_id ?? 0);
        })()""",
    )
    assert told == [0, 1, 1, 0, 0, 2, 2, 3, 3, 0]


@needs_chromium
def test_without_pictures_a_pin_does_not_wait_for_a_frame(page):
    moment = "m.shownMoment({ mediaMs: 1000, frames: %s, follows: %s, nowMs: 20000 })"
    shown = [
        from_module(page, "pin-timeline", moment % case)
        for case in (("true", "true"), ("false", "true"), ("false", "false"))
    ]
    assert shown == [1000, 17_000, 1000]


@needs_chromium
def test_a_media_time_has_its_place_in_the_recording(page):
    fragments = """[{ start: 0, duration: 1, programDateTime: 5000 },
      { start: 1, duration: 0.5, programDateTime: 6000 },
      { start: 1.5, duration: 1, programDateTime: 60000 }]"""
    places = [
        from_module(page, "media-time", f"m.timeOf({fragments}, null, {at})")
        for at in (0, 5250, 6400, 9000, 60_500, 99_000)
    ]
    assert places == [0, 0.25, 1.4, 1.5, 2.0, 2.5]


@needs_chromium
def test_a_playlist_that_ends_with_a_whole_segment_is_told_apart_from_the_next(page):
    live = '#EXTM3U\\n#EXT-X-PART:DURATION=0.25,URI="a"\\n#EXTINF:1,\\ns1.m4s\\n'
    texts = f"['{live}', '{live}#EXT-X-ENDLIST\\n', '#EXTM3U\\n#EXTINF:1,\\ns1.m4s\\n']"
    kept = from_module(page, "playlist-loader", f"{texts}.map((text) => m.withNextPart(text) === text)")
    assert kept == [False, True, True]


@needs_chromium
def test_only_a_pause_of_her_own_leaves_the_viewer_behind(page):
    """A picture that starts, or that the browser paused by itself, follows the show however far its clock is."""
    page.evaluate(
        """() => {
          const player = document.querySelector("svoi-player");
          Object.assign(player, { started: true });
          Object.assign(player.stream, { live: true, following: true });
          Object.defineProperty(player.stream, "edge", { get: () => 100 });
          Object.defineProperty(player.video, "paused", { writable: true, value: true });
          const turn = (name, paused) => { player.video.paused = paused; player.video.dispatchEvent(new Event(name)); };
          player.video.play = async () => turn("play", false);
          player.video.pause = () => turn("pause", true);
          globalThis.followed = [];
          for (const step of ["goes on", "holds", "goes on"]) { player.toggle(); followed.push(player.following); }
        }"""
    )
    assert page.evaluate("followed") == [True, True, False]


# --- A flash deal -----------------------------------------------------------------------------------------------------


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
