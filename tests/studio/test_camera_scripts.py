"""The camera's browser code in Chromium: its pure modules as values, and the page in each of its states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from svoi.media.refusals import StreamRefused
from svoi.media.studio.framing import HEAD, Kind, pack_frame, parse_frame
from svoi.shows.models import Show
from svoi.studio.camera_words import camera_words
from tests.studio.site import CHROMIUM, SITE, SWITCHES, Answer, Site
from tests.studio.stage import signed

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
DEVICES = ["--use-fake-device-for-media-stream"]
SECURE = f"--unsafely-treat-insecure-origin-as-secure={SITE}"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *DEVICES, SECURE])
        yield started
        started.close()
        connections.close_all()


@pytest.fixture
def site(chromium: Browser, anna, show: Show) -> Site:
    browser, kept = signed(anna), Site(f"/studio/shows/{show.pk}/camera")
    for part in ("", "/air"):
        kept.learn(browser, part)
    return kept


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the page as a phone's browser in which some things are missing or forbidden."""
    contexts: list[BrowserContext] = []

    def open_page(*, granted: bool = True, script: str = "", size: tuple[int, int] = (390, 844)) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="ru-RU", reduced_motion="reduce"
        )
        contexts.append(context)
        context.grant_permissions(["camera", "microphone"] if granted else [], origin=SITE)
        page = context.new_page()
        page.on("pageerror", lambda fault: site.faults.append(str(fault)))
        page.on("console", lambda line: site.faults.append(line.text) if "Content Security" in line.text else None)
        context.route("**/*", site.answer)
        if script:
            page.add_init_script(script)
        page.goto(SITE + site.home)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert site.faults == []


@pytest.fixture(scope="module")
def ask(chromium: Browser) -> Iterator[Callable[[str], Any]]:
    """Evaluates a function's body in which the pure modules are names: ladder, shape, retry, frames, clock."""
    page = chromium.new_page()
    page.route("**/*", Site("/nothing", {("GET", "/"): Answer(b"<!doctype html>")}).answer)
    page.goto(f"{SITE}/")
    names = {"ladder": "ladder", "shape": "shape", "retry": "retry", "frames": "frames", "clock": "track-clock"}
    loads = "; ".join(
        f"globalThis.{name} = await import('/static/studio/camera/{file}.js')" for name, file in names.items()
    )
    page.evaluate(f"async () => {{ {loads} }}")
    yield lambda told: page.evaluate(f"() => {{ {told} }}")
    page.close()


def state_of(page: Page, state: str) -> None:
    expect(page.locator(f'svoi-camera[data-state="{state}"]')).to_be_attached(timeout=15_000)


def check(page: Page, name: str, state: str, words: str) -> None:
    row = page.locator(f'[data-check="{name}"]')
    expect(row).to_have_attribute("data-state", state, timeout=15_000)
    expect(row.locator(".check-value")).to_contain_text(words)
    assert (row.locator(".check-remedy").inner_text() == "") == (state == "good")


# --- Pure modules -----------------------------------------------------------------------------------------------------

WALK = """
  const walk = (seen, seconds, from = ladder.fresh()) => {
    const rungs = [];
    let state = from;
    for (let number = 0; number < seconds; number++) { state = ladder.step(state, seen, 1000); rungs.push(state.rung); }
    return { state, rungs };
  };
  const calm = { queue: 0, bufferedMs: 0, taken: 30, dropped: 0 };
  const busy = { ...calm, queue: 5 };
"""


def test_strain_goes_down_one_rung_at_a_time_and_never_below_the_last(ask):
    assert ask(f"{WALK} return walk(busy, 8).rungs") == [0, 1, 1, 2, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("seen", "strained"),
    [
        ("{}", False),
        ("{ queue: 2 }", False),
        ("{ queue: 3 }", True),
        ("{ bufferedMs: 500 }", False),
        ("{ bufferedMs: 501 }", True),
        ("{ taken: 27, dropped: 3 }", False),
        ("{ taken: 26, dropped: 4 }", True),
        ("{ taken: 0, dropped: 0 }", False),
    ],
)
def test_each_kind_of_strain_counts(ask, seen: str, strained: bool):
    assert ask(f"{WALK} return ladder.isStrained({{ ...calm, ...{seen} }})") is strained


def test_a_single_bad_second_is_forgiven(ask):
    told = "const one = walk(busy, 1).state; return walk(busy, 1, ladder.step(one, calm, 1000)).rungs"
    assert ask(WALK + told) == [0]


def test_up_again_after_a_calm_minute_and_not_before(ask):
    rungs = ask(f"{WALK} return walk(calm, 121, walk(busy, 4).state).rungs")
    assert rungs == [2] * 59 + [1] * 60 + [0] * 2


def test_a_climb_that_fails_makes_the_next_one_wait_twice_as_long(ask):
    told = """
      const first = walk(busy, 2).state, up = walk(calm, 60, first).state, down = walk(busy, 2, up).state;
      return [up.rung, down.rung, down.needsMs, walk(calm, 119, down).state.rung, walk(calm, 120, down).state.rung];
    """
    assert ask(WALK + told) == [0, 1, 120_000, 1, 0]


def test_the_wait_has_an_end_and_a_long_calm_forgives(ask):
    told = """
      let state = walk(busy, 2).state;
      const fails = () => walk(busy, 2, walk(calm, state.needsMs / 1000, state).state).state;
      for (let number = 0; number < 9; number++) state = fails();
      const worst = state.needsMs;
      const long = walk(calm, 3 * worst / 1000, state).state;
      return [worst, walk(busy, 2, long).state.needsMs];
    """
    assert ask(WALK + told) == [480_000, 60_000]


def test_a_frame_is_let_in_only_where_there_is_room(ask):
    told = "return [[2, 1000], [3, 0], [0, 1001]].map(([queue, bufferedMs]) => ladder.admits({ queue, bufferedMs }))"
    assert ask(told) == [True, False, False]


@pytest.mark.parametrize(
    ("source", "framing", "short", "expected"),
    [
        ((1280, 720), "wide", 720, (0, 0, 1280, 720, 1280, 720)),
        ((1280, 720), "tall", 720, (438, 0, 404, 720, 404, 720)),
        ((720, 1280), "tall", 720, (0, 0, 720, 1280, 720, 1280)),
        ((720, 1280), "tall", 360, (0, 0, 720, 1280, 360, 640)),
        ((1920, 1080), "wide", 540, (0, 0, 1920, 1080, 960, 540)),
        ((640, 480), "tall", 720, (184, 0, 270, 480, 270, 480)),
        ((480, 640), "wide", 360, (0, 184, 480, 270, 480, 270)),
    ],
)
def test_a_picture_is_cut_from_the_middle_in_even_numbers_and_never_enlarged(ask, source, framing, short, expected):
    width, height = source
    told = ask(f"return shape.shapeOf({{ width: {width}, height: {height} }}, '{framing}', {short})")
    assert tuple(told[name] for name in ("x", "y", "width", "height", "outWidth", "outHeight")) == expected


def test_pauses_are_quick_then_doubled_and_left_to_the_dice(ask):
    pauses = ask("return [0, 19, 20, 21, 25, 90].map((attempt) => [0, 1].map((dice) => retry.pauseMs(attempt, dice)))")
    assert pauses == [[125, 250], [125, 250], [125, 250], [250, 500], [4000, 8000], [4000, 8000]]


def test_only_passing_troubles_are_tried_again(ask):
    codes = sorted({kind.code for kind in StreamRefused.__subclasses__()})
    passing = ask(f"return {codes}.filter(retry.isPassing)")
    assert passing == ["stopping", "ticket", "too_many", "try_again"]


def test_the_browsers_frames_are_medias_frames(ask):
    packed = ask(
        "return [...frames.packed(frames.KIND.picture, 0xFEDCBA98, new Uint8Array([0, 0, 0, 1, 7]), { key: true })]"
    )
    assert bytes(packed) == pack_frame(Kind.PICTURE, 0xFEDCBA98, b"\0\0\0\1\7", is_key=True)
    empty = ask("return [...frames.packed(frames.KIND.noSound, 7)]")
    assert (parse_frame(bytes(empty)).kind, len(empty)) == (Kind.NO_SOUND, HEAD.size)
    kinds = ask("return Object.values(frames.KIND)")
    assert kinds == [kind.value for kind in Kind]


def test_two_clocks_are_read_against_ours_by_whoever_came_quickest(ask):
    told = """
      const one = new clock.TrackClock();
      const late = [40, 12, 90, 10, 35];
      return late.map((lateMs, number) => one.at(5_000_000 + number * 40, 1000 + number * 40 + lateMs));
    """
    assert ask(told) == [1040, 1052, 1092, 1130, 1170]


def test_a_clock_that_runs_slow_is_followed(ask):
    told = """
      const one = new clock.TrackClock();
      let worst = 0;
      const errorMs = (now) => Math.abs(one.at(now * 0.9995, now + 5) - now - 5);
      for (let now = 0; now < 600_000; now += 40) worst = Math.max(worst, errorMs(now));
      return worst;
    """
    assert 0 < ask(told) < 6


# --- States of the page ----------------------------------------------------------------------------------------------

CANNOT = "delete globalThis.VideoEncoder; delete globalThis.AudioEncoder"
FAILS = """navigator.mediaDevices.getUserMedia = async (wish) => {{ throw new DOMException("no", "{fault}"); }}"""
PICTURE_ONLY = """
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    if (wish.audio) throw new DOMException("no", "NotAllowedError");
    return asked(wish);
  };
"""


def test_everything_in_order_is_ready_to_send(opened, site):
    page = opened()
    state_of(page, "ready")
    check(page, "camera", "good", "1280\u00a0×\u00a0720")
    check(page, "microphone", "good", "Слышит вас")
    expect(page.locator('[data-check="encoder"]')).to_have_attribute("data-state", re.compile("good|warn"))
    check(page, "keys", "good", "Раз в\u00a0секунду")
    check(page, "upload", "bad", "не\u00a0достучаться")
    expect(page.locator("[data-does=send]")).to_be_enabled()


def test_a_browser_without_webcodecs_is_told_of_obs(opened):
    page = opened(script=CANNOT)
    state_of(page, "unsupported")
    expect(page.locator("[data-title]")).to_have_text("Этот браузер не\u00a0может быть камерой")
    expect(page.locator(".camera-obs")).to_be_visible()
    expect(page.locator("[data-does=send]")).to_be_disabled()


def test_a_page_that_is_not_secure_says_so(opened):
    page = opened(script="Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    state_of(page, "insecure")
    expect(page.locator("[data-advice]")).to_contain_text("https")


@pytest.mark.parametrize(
    ("fault", "state", "line"),
    [
        ("NotAllowedError", "denied", "Не\u00a0разрешена"),
        ("NotFoundError", "no_camera", "Не\u00a0нашлась"),
        ("NotReadableError", "no_camera", "Занята другой программой"),
    ],
)
def test_a_camera_that_cannot_be_had_has_its_word_and_its_remedy(opened, fault: str, state: str, line: str):
    page = opened(script=FAILS.format(fault=fault))
    state_of(page, state)
    check(page, "camera", "bad", line)
    expect(page.locator("[data-does=send]")).to_be_disabled()
    expect(page.locator("[data-does=on]")).to_be_visible()


def test_a_refused_microphone_leaves_a_silent_show(opened):
    page = opened(script=PICTURE_ONLY)
    state_of(page, "ready")
    check(page, "microphone", "warn", "эфир пойдёт без\u00a0звука")
    expect(page.locator("[data-does=send]")).to_be_enabled()
    expect(page.locator("[data-does=mute]")).to_be_disabled()


def test_nothing_is_asked_of_a_person_before_she_presses(opened):
    page = opened(granted=False, script="navigator.permissions.query = async () => ({ state: 'prompt' })")
    state_of(page, "idle")
    assert page.evaluate("document.querySelector('svoi-camera').tracks") == {"camera": None, "microphone": None}


def test_muting_is_seen_and_heard_of(opened):
    page = opened()
    state_of(page, "ready")
    page.click("[data-does=mute]")
    assert page.evaluate("document.querySelector('svoi-camera').tracks.microphone.enabled") is False
    expect(page.locator("[data-does=mute]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-muted]")).to_be_visible()
    check(page, "microphone", "warn", "Звук выключен вами")
    page.click("[data-does=mute]")
    assert page.evaluate("document.querySelector('svoi-camera').tracks.microphone.enabled") is True
    expect(page.locator("[data-muted]")).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "state", "title"),
    [
        (Answer(b'{"code": "show_ended"}', 409, JSON), "ended", "Эфир закончился"),
        (Answer(b"", 404), "refused", "Снимать этот эфир вы больше не\u00a0можете"),
        (Answer(b"", 401), "refused", "Вы вышли"),
        (Answer(b"", 503), "reconnecting", "Связь пропала"),
    ],
)
def test_what_the_ticket_says_is_worded(opened, site, answer: Answer, state: str, title: str):
    page = opened()
    state_of(page, "ready")
    site.answers["POST", f"{site.home}/ticket"] = answer
    page.click("[data-does=send]")
    state_of(page, state)
    assert page.locator("[data-title]").text_content().startswith(title)


def test_every_refusal_of_media_that_ends_a_stream_is_worded_for_the_host(anna):
    codes = {kind.code for kind in StreamRefused.__subclasses__()}
    # An encoder's address and key are none of a page's; the others pass by themselves, or end the page.
    elsewhere = {"unknown_key", "address", "publish_only", "try_again", "ticket", "too_many", "stopping", "show_ended"}
    words = camera_words()
    assert {
        code for code in codes - elsewhere if not (words.get(f"refused_{code}") and words.get(f"advice_{code}"))
    } == set()


def test_a_refusal_on_the_line_is_shown_and_sending_again_is_offered(opened, site):
    page = opened()
    state_of(page, "ready")
    page.evaluate(
        """() => document.querySelector("svoi-camera").worker.onmessage(
        { data: { t: "state", state: "refused", code: "replaced" } })"""
    )
    state_of(page, "refused")
    expect(page.locator("[data-title]")).to_have_text("Эфир теперь передаёт другое устройство")
    expect(page.locator("[data-does=send]")).to_be_enabled()


def test_stopping_needs_two_presses(opened, site):
    page = opened()
    state_of(page, "ready")
    site.answers["POST", f"{site.home}/ticket"] = Answer(b"", 503)
    page.click("[data-does=send]")
    state_of(page, "reconnecting")
    page.click("[data-does=stop]")
    state_of(page, "reconnecting")
    page.click("[data-does=stop]")
    state_of(page, "ready")


# --- Size, words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_sticks_out_and_every_button_is_large_enough(opened, width: int):
    page = opened(size=(width, 844))
    state_of(page, "ready")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = page.evaluate(
        """() => [...document.querySelectorAll("svoi-camera :is(button, a, select)")]
        .filter((one) => one.checkVisibility() && !one.matches(".button-small"))
        .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []


def test_every_word_the_scripts_say_is_brought_by_the_page():
    folder = Path(finders.find("studio/camera/page.js")).parent
    said_by = "\n".join(path.read_text() for path in folder.glob("*.js"))
    keys = re.findall(r'(?<![#.\w])say\(\s*["`]([\w]+?)(?:_?\$\{[^"`]*)?["`]', said_by)
    keys += re.findall(r'list\.show\("\w+", [^;]*?["`](\w+?_\w+|\w+_\$)', said_by)
    words = camera_words()
    assert len(keys) > 20
    assert [key for key in keys if not any(name == key or name.startswith(key.rstrip("$")) for name in words)] == []
