"""A whole show by the keyboard alone, in a real browser and on the real views: nothing is hidden, nobody is trapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from svoi.control.models import Answer, CrewNote, Cue, Incident, Poll
from svoi.envelopes.models import Envelope
from svoi.flash.models import FlashDeal, FlashFiring
from svoi.shows.models import Break, Ingest, Mute, Pin, Show, TrayItem
from tests.chromium import needs_chromium
from tests.envelopes.purse import fund
from tests.rundowns.desk import coming_show, plan, written
from tests.studio.live_site import LiveSite
from tests.studio.site import SITE
from tests.studio.stage import said, signed

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
]
STOPS_MAX = 120
# Where the focus is: whether it can be seen (2.4.7), and whether any part of it is not covered (2.4.11).
FOCUS = """async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // The press is on the label beside a choice that is drawn by it.
  const shown = one.matches(".trend-choice") ? one.nextElementSibling : one;
  const isClear = () => {
    const box = shown.getBoundingClientRect();
    const at = (x, y) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    const top = [.1, .5, .9].flatMap((x) => [.1, .5, .9].map((y) => at(x, y))).filter(Boolean);
    return top.some((other) => one.contains(other) || other.contains(one) || shown.contains(other));
  };
  // What moves aside, and what is scrolled to, has a second for it.
  const until = performance.now() + 1000;
  do await new Promise((after) => requestAnimationFrame(() => requestAnimationFrame(after)));
  while (!isClear() && performance.now() < until);
  const style = getComputedStyle(shown);
  return {
    name: one.id || one.name || one.getAttribute("aria-label") || one.textContent.trim().slice(0, 30),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    clear: isClear(),
  };
}"""


@pytest.fixture
def coming(table, anna, mug, towel) -> Show:
    """A show that may begin: a picture arrives, two products are laid out, two segments are planned."""
    show = coming_show(table, anna, starts_at=timezone.now())
    Ingest.objects.create(show=show, session=uuid4(), online_at=timezone.now() - timedelta(minutes=1))
    for position, variant in enumerate((mug, towel)):
        TrayItem.objects.create(show=show, product=variant.product, position=position)
    rundown = plan(show, anna)
    for title in ("Привет", "Прощание"):
        written(rundown, anna, title_ru=title)
    fund(table, 500)
    return show


@pytest.fixture
def page(chromium: Browser, coming, anna, vera, gleb) -> Iterator[Page]:
    said(coming, vera, "Сколько стоит кружка?", seq=1)
    said(coming, gleb, "Ссылка у меня", seq=2)
    site = LiveSite(signed(anna))
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU", reduced_motion="reduce")
    shown = context.new_page()
    shown.on("pageerror", lambda fault: site.faults.append(str(fault)))
    context.route("**/*", site.answer)
    shown.goto(f"{SITE}/studio/shows/{coming.pk}/")
    shown.wait_for_selector("svoi-keys:defined", state="attached")
    yield shown
    context.close()
    assert site.faults == []


def until(page: Page, true: Callable[[], object]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"it did not happen; the focus is at {page.evaluate(FOCUS)}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Tab until the focus is there; every stop on the way is seen and not covered."""
    for _ in range(STOPS_MAX):
        if page.evaluate("(there) => document.activeElement?.matches(there)", selector):
            return
        press(page, key)
        stop = page.evaluate(FOCUS)
        assert stop is None or (stop["seen"], stop["clear"]) == (True, True), stop
    pytest.fail(f"{selector} was not reached; the focus is at {page.evaluate(FOCUS)}")


def test_a_whole_show_without_a_mouse(page: Page, coming, anna, gleb):
    press(page, "a", "Enter")
    until(page, lambda: Show.objects.get(pk=coming.pk).went_live_at)
    expect(page.locator("#cue-next")).to_be_visible()
    press(page, "n")
    until(page, lambda: Cue.objects.count() == 1)
    expect(page.locator("#tray[data-on-air]")).to_be_attached()
    press(page, "2")
    until(page, lambda: Pin.objects.filter(unpinned_at=None).count() == 1)

    # A flash deal, in two presses
    expect(page.locator("#flash-prepare")).to_be_enabled()
    press(page, "f", "Enter")
    expect(page.locator("#flash-form [name=price]")).to_be_visible()
    go(page, "#flash-form [name=price]")
    page.keyboard.type("900")
    go(page, "#flash-form [name=quantity]")
    page.keyboard.type("3")
    press(page, "Enter")
    until(page, lambda: FlashDeal.objects.count() == 1)
    expect(page.locator("#flash-fire")).to_be_visible()
    assert FlashFiring.objects.count() == 0
    press(page, "f")
    expect(page.locator("#flash-fire")).to_be_focused()
    press(page, "Enter")
    until(page, lambda: FlashFiring.objects.count() == 1)

    # An envelope, in two presses
    press(page, "g")
    go(page, "#gift [name=total]")
    page.keyboard.type("100")
    go(page, "#gift [name=shares]")
    page.keyboard.type("5")
    press(page, "Enter")
    expect(page.locator(".gift-armed")).to_be_visible()
    press(page, "Enter")  # a key held too long fires nothing
    page.wait_for_timeout(200)
    assert Envelope.objects.count() == 0
    go(page, ".gift-armed [value=fire]")
    press(page, "Enter")
    until(page, lambda: Envelope.objects.count() == 1)

    # A poll, asked and closed
    press(page, "o")
    go(page, "#polls-sheet [name=question_ru]")
    page.keyboard.type("Какой?")
    for place, words in enumerate(("Синий", "Белый")):
        go(page, f"#polls-sheet [name=option_ru_{place}]")
        page.keyboard.type(words)
    press(page, "Enter")
    until(page, lambda: Poll.objects.count() == 1)
    go(page, "#polls-sheet [value=fire]")
    press(page, "Enter")
    until(page, lambda: Poll.objects.filter(fired_at__isnull=False).count() == 1)
    go(page, "#polls-sheet [value=close]")
    press(page, "Enter")
    until(page, lambda: Poll.objects.filter(closed_at__isnull=False).count() == 1)
    press(page, "Escape")

    # Order in the chat, an answer, a line for the crew
    press(page, "c")
    go(page, "[data-does=mute]", key="Shift+Tab")
    press(page, "Enter")
    until(page, lambda: Mute.objects.filter(member=gleb).count() == 1)
    press(page, "c", "Escape")
    page.keyboard.press("Shift+Tab")
    press(page, "q")
    expect(page.locator("#questions-sheet .question")).to_have_count(1)
    go(page, "#questions-sheet .question button")
    press(page, "Enter")
    until(page, lambda: Answer.objects.count() == 1)
    press(page, "Escape", "w")
    go(page, "#notes-sheet [name=text]")
    page.keyboard.type("Крупнее кружку")
    press(page, "Enter")
    until(page, lambda: CrewNote.objects.count() == 1)
    press(page, "Escape")

    # Something went wrong
    press(page, "i")
    go(page, "#incidents-sheet [name=kind]")
    press(page, "Space")
    go(page, "#incidents-sheet [name=note]")
    page.keyboard.type("Пропал звук")
    go(page, "#incidents-sheet form .button-ink")
    press(page, "Enter")
    until(page, lambda: Incident.objects.count() == 1)
    for step, happened in (("break", 1), ("go_on", 0)):
        go(page, f".hands form:has([value={step}]) button", key="Shift+Tab")
        press(page, "Enter")
        go(page, "#incidents-sheet .card [type=submit]")
        press(page, "Enter")
        until(page, lambda happened=happened: Break.objects.filter(ended_at=None).count() == happened)
        expect(page.locator("#incidents-sheet .hands")).to_be_visible()
    press(page, "Escape")

    # The end asks twice
    press(page, "a")
    go(page, ".air-end button")
    press(page, "Enter")
    page.wait_for_timeout(200)
    assert Show.objects.get(pk=coming.pk).ended_at is None
    press(page, "Enter")
    until(page, lambda: Show.objects.get(pk=coming.pk).ended_at)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_tab_goes_round_the_whole_console_and_is_always_seen(page: Page, size: tuple[int, int]):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(600)
    stops, outside = [], 0
    for _ in range(STOPS_MAX):
        press(page, "Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:  # the browser's own bar: the page lets the focus go
            outside += 1
            if outside == 2:
                break
            continue
        stops.append(stop)
    assert outside == 2
    assert [one for one in stops if not (one["seen"] and one["clear"])] == []
    assert len({one["name"] for one in stops}) > 15
