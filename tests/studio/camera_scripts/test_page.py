"""The camera's page in each of its states, its size and its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, expect

from svoi.media.refusals import StreamRefused
from svoi.studio.camera_words import camera_words
from tests.chromium import needs_chromium
from tests.studio.site import Answer

pytestmark = needs_chromium
JSON = {"Content-Type": "application/json"}


def state_of(page: Page, state: str) -> None:
    expect(page.locator(f'svoi-camera[data-state="{state}"]')).to_be_attached(timeout=30_000)


def check(page: Page, name: str, state: str, words: str) -> None:
    row = page.locator(f'[data-check="{name}"]')
    expect(row).to_have_attribute("data-state", state, timeout=30_000)
    expect(row.locator(".check-value")).to_contain_text(words)
    assert (row.locator(".check-remedy").inner_text() == "") == (state == "good")


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
