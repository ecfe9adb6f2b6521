"""The poll and the pinned message in a real browser: by touch and by keyboard, on a phone and a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from svoi.control.actions.keeping import pin_message
from svoi.control.actions.polling import arm_poll, fire_poll, vote
from svoi.control.models import Poll
from svoi.control.rules.polls import Wish
from tests import cast
from tests.chromium import needs_chromium
from tests.studio.site import SITE, Answer, Site
from tests.studio.stage import said, signed

pytestmark = needs_chromium
WISH = Wish("Какой цвет сделаем осенью?", "", (("Синий", ""), ("Белый", ""), ("Медовый", "")), 300)
KEEP = os.environ.get("KEEP_PICTURES", "")
HEAR = """() => {
  const room = document.querySelector("svoi-room");
  globalThis.hear = (frame) => room.socket.dispatchEvent(new CustomEvent("frame", { detail: frame }));
}"""


@pytest.fixture
def site(anna, vera, table) -> Site:
    cast.joins(vera, table)
    show, at = cast.live_show(table, anna, cast.product(table)), timezone.now()
    message = said(show, vera, "Сколько держит тепло?")
    pin_message(show_id=show.pk, message_id=message.pk, by=anna, at=at)
    poll = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=at)
    fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=at)
    kept = Site(f"/shows/{show.pk}/")
    browser = signed(vera)
    kept.learn(browser, "")
    vote_address = f"/polls/{poll.pk}/votes"
    vote(poll_id=poll.pk, place=1, by=vera, at=at)
    after = browser.get(f"{kept.home}poll", headers={"X-Part": "poll"})
    headers = {"Content-Type": "text/html; charset=utf-8"}
    kept.answers["POST", vote_address] = kept.answers["GET", f"{kept.home}poll"] = Answer(after.content, 200, headers)
    return kept


@pytest.fixture(params=[(390, 844, "light"), (1440, 900, "dark")], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    width, height, theme = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="ru-RU", color_scheme=theme, reduced_motion="reduce"
    )
    shown = context.new_page()
    shown.on("pageerror", lambda fault: site.faults.append(str(fault)))
    context.route("**/*", site.answer)
    shown.goto(SITE + site.home)
    shown.evaluate(HEAR)
    yield shown
    assert site.faults == []
    context.close()


def keep(page: Page, name: str) -> None:
    if KEEP:
        page.wait_for_timeout(400)
        page.screenshot(path=f"{KEEP}/{name}-{page.viewport_size['width']}.png")


def test_a_member_votes_by_keyboard_and_sees_how_it_stands(page: Page, site: Site):
    expect(page.get_by_role("radio")).to_have_count(3)
    keep(page, "poll")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".poll-result[data-mine]")).to_contain_text("Белый")
    expect(page.get_by_role("radio")).to_have_count(0)
    keep(page, "voted")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_pinned_message_comes_and_goes_with_the_rooms_word(page: Page):
    place = page.locator("[data-said]")
    expect(place).to_contain_text("Сколько держит тепло?")
    number = page.evaluate("document.querySelector('svoi-room').state.pinned_message.id")
    at = 1_795_348_800_000
    page.evaluate(
        "(frame) => hear(frame)", {"t": "fact", "n": 900, "kind": "message_hidden", "at": at, "message_id": number}
    )
    expect(place).to_be_hidden()


def test_a_dismissed_poll_stays_away_until_the_next(page: Page, site: Site):
    page.click(".room-poll [data-dismiss]")
    expect(page.locator("svoi-poll")).to_be_hidden()
    poll = Poll.objects.get()
    frame = {
        "t": "fact",
        "n": 901,
        "kind": "poll_closed",
        "at": 1,
        "poll_id": poll.pk,
        "raw": [0, 1, 0],
        "counted": [0, 1, 0],
    }
    page.evaluate("(frame) => hear(frame)", frame)
    page.wait_for_timeout(300)
    expect(page.locator("svoi-poll")).to_be_hidden()
