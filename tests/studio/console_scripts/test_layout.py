"""The console on a phone and a desk: one panel at a time, nothing that sticks out, and no word missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from svoi.studio.console_words import console_words
from tests.chromium import needs_chromium
from tests.studio.console_scripts.screen import message
from tests.studio.site import hear

pytestmark = needs_chromium


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
