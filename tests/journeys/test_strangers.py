"""What is closed is not found, and what is hostile changes nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.journey


def test_the_console_is_not_found_by_members_and_strangers(visitors):
    for who in ("darya", "dmitri"):
        page = visitors.come()
        steps.sign_in(page, who, then="/")
        assert page.goto(steps.CONSOLE).status == 404


def test_a_stranger_watches_an_open_show_and_is_asked_in_to_write(visitors):
    page = visitors.come(language="en")
    page.goto(steps.SHOW)
    steps.picture_moves(page)
    expect(page.locator(".composer-door")).to_be_visible()


def test_a_message_is_words_and_never_markup(visitors):
    she, he = visitors.come(), visitors.come(desktop=True)
    steps.sign_in(she, "darya")
    steps.sign_in(he, "yegor")
    hostile = "<img src=x onerror=\"document.title='owned'\"><b>жирно</b>"
    steps.say(she, hostile)
    expect(steps.line(he, hostile)).to_be_visible()
    assert he.locator("svoi-chat .line b:text('жирно')").count() == 0
    assert "owned" not in (he.title() + she.title())
