"""Moving shows in a real browser against the real pages: by pointer and by keys, asked first, refused and put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from svoi.planning.actions.moving import move_slot
from svoi.planning.actions.placing import Place
from svoi.planning.models import ConflictAcceptance, Slot
from tests.chromium import needs_chromium
from tests.studio.stage import signed

pytestmark = [
    needs_chromium,
    pytest.mark.django_db(transaction=True),
]
HOUR_PX = 60


def opened(chromium: Browser, live_server, browser: Client, path: str, **size: int) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": size.get("width", 1440), "height": size.get("height", 1000)},
        locale="ru-RU",
        timezone_id="Europe/Moscow",
        reduced_motion="reduce",
    )
    session = browser.cookies["svoi_session"].value
    context.add_cookies([{"name": "svoi_session", "value": session, "url": live_server.url}])
    page, faults = context.new_page(), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    page.goto(path)
    yield page
    assert faults == []
    context.close()


@pytest.fixture
def week(noon) -> str:
    year, number, _ = noon.isocalendar()
    return f"/studio/table/calendar?week={year}-W{number:02d}"


@pytest.fixture
def page(chromium, live_server, anna, slot, week) -> Iterator[Page]:
    yield from opened(chromium, live_server, signed(anna), week)


def card(page: Page, slot: Slot) -> Locator:
    return page.locator(f'[data-slot="{slot.pk}"]')


def said(page: Page) -> Locator:
    return page.locator("[data-verdict]")


def drag(page: Page, what: Locator, *, right: float = 0, down: float = 0, steps: int = 8) -> None:
    """Take it by its middle and let the answer come before it is let go."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=steps)
    expect(page.locator("[data-lifted]:not([data-lifted=asking])")).to_have_count(1)


def column_px(page: Page) -> float:
    box = page.locator("[data-column]").first.bounding_box()
    assert box is not None
    return box["width"]


def now(slot: Slot) -> Slot:
    return Slot.objects.select_related("show").get(pk=slot.pk)


def test_a_card_stands_at_its_hour_with_its_preparation(page: Page, slot):
    style = card(page, slot).evaluate("(card) => [card.offsetTop, card.offsetHeight]")
    assert style == [round(11.5 * HOUR_PX), round(1.5 * HOUR_PX) - 2]
    expect(card(page, slot).locator("[data-time]")).to_have_text("12:00–13:00")


def test_a_show_is_dragged_to_another_hour_of_another_day(page: Page, slot, noon):
    drag(page, card(page, slot), right=column_px(page), down=HOUR_PX * 2.1)
    expect(said(page)).to_contain_text("14:05–15:05")
    assert now(slot).version == 1
    page.mouse.up()
    expect(said(page)).to_contain_text("Перенесено")
    expect(card(page, slot)).to_have_attribute("data-version", "2")
    assert now(slot).starts_at == noon + timedelta(days=1, hours=2, minutes=5)
    assert now(slot).show.starts_at == now(slot).starts_at
    assert page.url.endswith(page.url.partition("/studio")[2])  # the link under the pointer was not followed
    expect(card(page, slot)).to_be_focused()


class Finger:
    """Told to the browser as a screen tells it."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def touch(self, kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(what: Locator) -> tuple[float, float]:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_that_rests_on_a_show_drags_it(page: Page, slot, noon):
    x, y = middle(card(page, slot))
    finger = Finger(page)
    finger.touch("touchStart", (x, y))
    expect(page.locator("[data-lifted]")).to_have_count(1)
    for part in range(1, 6):
        finger.touch("touchMove", (x, y + HOUR_PX * part / 5))
    expect(said(page)).to_contain_text("13:00–14:00")
    finger.touch("touchEnd")
    expect(said(page)).to_contain_text("Перенесено")
    assert now(slot).starts_at == noon + timedelta(hours=1)
    assert "/calendar" in page.url  # a long press opens nothing


def test_a_finger_that_moves_at_once_scrolls(page: Page, slot, noon):
    x, y = middle(card(page, slot))
    before = page.locator(".cal-scroll").evaluate("(one) => one.scrollTop")
    finger = Finger(page)
    finger.touch("touchStart", (x, y))
    for part in range(1, 11):
        finger.touch("touchMove", (x, y - 20 * part))
    page.wait_for_timeout(500)  # longer than it takes to take something up
    finger.touch("touchEnd")
    expect(page.locator("[data-lifted]")).to_have_count(0)
    assert page.locator(".cal-scroll").evaluate("(one) => one.scrollTop") > before
    assert (now(slot).version, now(slot).starts_at) == (1, noon)


def test_the_lower_edge_changes_the_length(page: Page, slot, noon):
    edge = card(page, slot).locator("[data-edge]")
    drag(page, edge, down=HOUR_PX / 2)
    page.mouse.up()
    expect(card(page, slot)).to_have_attribute("data-length", "90")
    assert (now(slot).starts_at, now(slot).length_min) == (noon, 90)


def test_a_drop_that_is_refused_goes_back(page: Page, slot, plan, host, week, live_server, noon):
    taken = plan(24, host=host)
    page.goto(week)
    before = card(page, slot).bounding_box()
    drag(page, card(page, slot), right=column_px(page))
    expect(card(page, slot)).to_have_attribute("data-lifted", "hard")
    expect(said(page)).to_contain_text("Студия в\u00a0это время занята")
    page.mouse.up()
    expect(said(page)).to_contain_text("Возвращено на\u00a0место")
    assert card(page, slot).bounding_box() == before
    assert [(now(one).version, now(one).starts_at) for one in (slot, taken)] == [
        (1, noon),
        (1, noon + timedelta(days=1)),
    ]


def test_a_warning_is_accepted_with_a_reason_or_put_back(page: Page, slot, plan, host, week, noon):
    plan(3, host=host)
    page.goto(week)
    for answer, moved in (("Вернуть", 0), ("Всё равно перенести", 75)):
        drag(page, card(page, slot), down=HOUR_PX * 1.25)
        expect(card(page, slot)).to_have_attribute("data-lifted", "soft")
        page.mouse.up()
        dialog = page.locator("dialog[open]")
        expect(dialog).to_contain_text("15\u00a0мин")
        dialog.locator("input").fill("Помощников двое" if moved else "")
        dialog.get_by_role("button", name=re.compile(answer)).click()
        expect(page.locator("[data-lifted]")).to_have_count(0)
        expect(dialog).to_have_count(0)
        if moved:
            expect(card(page, slot)).to_have_attribute("data-version", "2")
        assert now(slot).starts_at == noon + timedelta(minutes=moved)
    assert list(ConflictAcceptance.objects.values_list("slot", "reason")) == [(slot.pk, "Помощников двое")]


def test_keys_move_lengthen_confirm_and_return(page: Page, slot, noon):
    card(page, slot).focus()
    page.keyboard.press("ArrowDown")
    expect(said(page)).to_contain_text("12:05–13:05")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(said(page)).to_contain_text("12:05–13:10")
    expect(page.locator("[data-verdict][role=status][aria-live=polite]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(said(page)).to_have_text("Возвращено на\u00a0место.")
    expect(card(page, slot).locator("[data-time]")).to_have_text("12:00–13:00")
    assert now(slot).version == 1
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "Shift+ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(card(page, slot)).to_have_attribute("data-version", "2")
    expect(card(page, slot)).to_be_focused()
    assert (now(slot).starts_at, now(slot).length_min) == (noon + timedelta(days=1, minutes=-10), 55)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/shows/{slot.pk}/")


def test_somebody_else_was_quicker(page: Page, slot, anna, room, noon):
    elsewhere = Place(studio_id=room.pk, starts_at=noon + timedelta(hours=5), length_min=60, preparation_min=30)
    move_slot(slot_id=slot.pk, seen=1, place=elsewhere, by=anna, at=noon - timedelta(days=3))
    card(page, slot).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("17:00–18:00")
    expect(said(page)).to_contain_text("Anna")
    expect(card(page, slot)).to_have_attribute("data-version", "2")
    expect(card(page, slot).locator("[data-time]")).to_have_text("17:00–18:00")
    assert now(slot).starts_at == noon + timedelta(hours=5)


def test_a_day_by_studio_moves_between_studios_and_by_host_stays_in_its_column(page: Page, slot, small, noon):
    day = f"/studio/table/calendar?day={noon.date()}"
    page.goto(day)
    card(page, slot).focus()
    page.keyboard.press("ArrowRight")
    expect(said(page)).to_contain_text("Малая")
    page.keyboard.press("Enter")
    expect(card(page, slot)).to_have_attribute("data-studio", str(small.pk))
    page.goto(f"{day}&by=host")
    card(page, slot).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(card(page, slot)).to_have_attribute("data-version", "3")
    assert (now(slot).studio, now(slot).starts_at) == (small, noon + timedelta(minutes=5))


def test_on_a_phone_a_calendar_is_a_list_of_days(chromium, live_server, anna, slot, week):
    for phone in opened(chromium, live_server, signed(anna), week, width=390, height=844):
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
        assert card(phone, slot).evaluate("(card) => getComputedStyle(card).position") == "static"
        card(phone, slot).click()
        phone.wait_for_url(f"**/shows/{slot.pk}/")
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
