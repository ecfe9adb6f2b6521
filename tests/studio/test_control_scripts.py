"""The control room's browser code in a real browser: two consoles, the keyboard alone, and the prompter."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from svoi.control.actions.cueing import cue_segment
from svoi.control.actions.noting import leave_note
from svoi.control.actions.polling import arm_poll, fire_poll
from svoi.control.actions.steering import take_control
from svoi.control.queries import standing_of
from svoi.control.queries.steering import standing_hold
from tests import cast
from tests.chromium import needs_chromium
from tests.control.test_polls import WISH
from tests.rundowns.desk import plan, written
from tests.studio.site import SITE, Answer, Site, hear, opened
from tests.studio.stage import said, signed

pytestmark = needs_chromium
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PARTS = (
    *("", "tray", "air", "strip", "mutes", "messages", "policy", "key", "signal"),
    *(
        "control",
        "plan",
        "questions",
        "notes",
        "log",
        "polls",
        "duties",
        "incidents",
        "prompter",
        "prompter/now",
        "trend",
        "trend/table",
    ),
)
NOW_MS = 1_795_348_800_000
KEEP = os.environ.get("KEEP_PICTURES", "")


def learn(site: Site, browser) -> None:
    for part in PARTS:
        site.answers["GET", site.home + part] = _answer(browser, site.home + part)


def _answer(browser, address: str) -> Answer:
    headers = {"HX-Request": "true"} if not address.endswith(("/", "prompter")) else {}
    told = browser.get(address, headers=headers)
    kept = {name: value for name, value in told.headers.items() if name.startswith(("Content-Sec", "Content-Ty"))}
    return Answer(told.content, told.status_code, kept)


def fact(page: Page, kind: str, **fields: object) -> None:
    hear(page, t="fact", n=10**6, kind=kind, at=NOW_MS, **fields)


def keep(page: Page, name: str) -> None:
    if KEEP:
        page.wait_for_timeout(600)
        page.screenshot(path=f"{KEEP}/{name}.png")


@pytest.fixture
def site(chromium: Browser, anna, vera, gleb, table, show, mug, towel) -> Site:
    """Anna's console: two questions, a plan whose first segment runs, and control in her hands."""
    said(show, vera, "Сколько стоит кружка?", seq=1)
    said(show, gleb, "А сколько стоит кружка?", seq=2)
    at = timezone.now()
    rundown = plan(show, anna)
    first = written(rundown, anna, title_ru="Привет и чай", title_en="Hello and tea", length_s=600)
    written(rundown, anna, kind="product", title_ru="Кружка ручной работы", product_id=mug.product_id)
    written(rundown, anna, title_ru="Прощание")
    take_control(show_id=show.pk, seen=None, by=anna, at=at)
    cue_segment(show_id=show.pk, segment_id=first.pk, seen=None, by=anna, at=at)
    leave_note(
        show_id=show.pk,
        audience="host",
        text="Крупнее кружку",
        by=anna,
        key="00000000-0000-4000-8000-000000000001",
        at=at,
    )
    kept = Site(f"/studio/shows/{show.pk}/")
    learn(kept, signed(anna))
    return kept


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, DESK)


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, PHONE)


def posted(page: Page, site: Site, part: str) -> list[str]:
    for _ in range(60):
        found = [fields for method, fields in site.asked_for(part) if method == "POST" and "stay" not in fields]
        if found:
            return found
        page.wait_for_timeout(50)
    return []


def test_the_whole_console_by_keyboard(page: Page, site: Site):
    keep(page, "console")
    page.keyboard.press("n")
    assert len(posted(page, site, "cues")) == 1
    assert sorted(re.findall(r"(segment|seen)=\d+", posted(page, site, "cues")[0])) == ["seen", "segment"]
    page.keyboard.press("q")
    expect(page.locator("#questions-sheet .question")).to_have_count(1)
    keep(page, "questions")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#keys-sheet")).to_be_visible()
    keep(page, "keys")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator(".say-form input")).to_be_focused()
    page.keyboard.type("n q /")
    assert len(posted(page, site, "cues")) == 1
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_key_can_be_changed_and_all_switched_off(page: Page, site: Site):
    page.keyboard.press("/")
    page.click('[data-key="next"]')
    page.keyboard.press("q")
    expect(page.locator("[data-keys-said]")).not_to_be_empty()
    page.click('[data-key="next"]')
    page.keyboard.press("m")
    expect(page.locator('[data-key="next"]')).to_have_text("M")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_timeout(200)
    assert posted(page, site, "cues") == []
    page.keyboard.press("m")
    assert len(posted(page, site, "cues")) == 1
    page.keyboard.press("/")
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    site.forget()
    page.keyboard.press("m")
    page.wait_for_timeout(300)
    assert site.asked_for("cues") == []


def test_who_lost_control_is_told_at_once(page: Page, site: Site, anna, boris, table, show):
    cast.joins(boris, table, "producer")
    seen = standing_hold(show_id=show.pk).hold_id
    take_control(show_id=show.pk, seen=seen, by=boris, at=timezone.now())
    learn(site, signed(anna))
    fact(page, "control_taken", by_id=boris.pk, from_id=anna.pk)
    expect(page.locator("#hold-take")).to_be_visible()
    expect(page.locator(".steer-who")).to_contain_text("Boris")
    expect(page.locator("#toasts, .toasts").first).to_contain_text("Boris")
    keep(page, "taken-over")


def test_a_cue_of_another_console_is_followed(page: Page, site: Site, anna, show):
    stands = standing_of(show_id=show.pk, at=timezone.now())
    cue_segment(show_id=show.pk, segment_id=stands.next.id, seen=stands.seen, by=anna, at=timezone.now())
    learn(site, signed(anna))
    fact(page, "segment_cued", cue_id=2, segment_id=stands.next.id, by_id=anna.pk)
    expect(page.locator(".steer-now .steer-title")).to_have_text("Кружка ручной работы")


def test_every_sheet_opens(page: Page, site: Site, anna, show):
    poll = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=timezone.now())
    fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=timezone.now())
    learn(site, signed(anna))
    for name in ("plan", "notes", "polls", "log", "incidents", "duties"):
        page.click(f'[data-opens="{name}-sheet"]')
        expect(page.locator(f"#part-{name}")).to_be_visible()
        keep(page, name)
        page.keyboard.press("Escape")


def test_a_phone_steers(phone: Page):
    expect(phone.locator("#cue-next")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    keep(phone, "console-phone")


def test_the_prompter_follows_and_is_read_by_keys(chromium: Browser, site: Site):
    context = chromium.new_context(viewport=PHONE, locale="ru-RU", reduced_motion="reduce")
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda fault: faults.append(str(fault)))
    context.route("**/*", site.answer)
    shown.goto(SITE + site.home + "prompter")
    expect(shown.locator(".prompt-title")).to_have_text("Привет и чай")
    expect(shown.locator(".prompt-note")).to_contain_text("Крупнее кружку")
    expect(shown.locator("svoi-prompter[style]")).to_be_visible()  # its code has come
    shown.click('[data-does="mirror"]')
    expect(shown.locator(".prompt-text")).to_have_css("transform", "matrix(-1, 0, 0, 1, 0, 0)")
    shown.click('[data-does="mirror"]')
    keep(shown, "prompter-phone")
    assert (faults, shown.evaluate("document.documentElement.scrollWidth") <= 390) == ([], True)
    context.close()
