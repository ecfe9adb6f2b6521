"""Pictures of the calendar: empty, a week, a day by studio, one plan, a drag, series and rules; for `tools.screens`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tools.screens.camera import Camera

CALENDAR = "/studio/kromka/calendar"


def around_the_calendar(camera: Camera) -> None:
    """Anna plans, Vera looks at her shifts."""
    tomorrow = (datetime.now(tz=UTC) + timedelta(hours=3, days=1)).date()
    # On a Saturday the demo's shows are next week's.
    shown, empty = shown_week(tomorrow + timedelta(days=2)), shown_week(tomorrow - timedelta(days=21))
    camera.take("calendar-empty", empty, who="anna")
    camera.take("calendar-week", shown, who="anna", pose=to_the_shows)
    camera.take("calendar-drag", shown, who="anna", pose=dragged)
    camera.take("calendar-day", f"{CALENDAR}?day={tomorrow + timedelta(days=1)}", who="anna", pose=to_the_shows)
    camera.take("calendar-shifts", shown.replace("?", "/shifts?"), who="anna")
    with camera.page("desk", "light", "ru", "anna") as owner:
        owner.goto(shown)
        plans = [str(one.get_attribute("href")) for one in owner.locator(".cal-card").all()]
        owner.goto(f"{CALENDAR}/series/")
        series = str(owner.locator(".list a.row").first.get_attribute("href"))
    camera.take("calendar-show", plans[0], who="anna")
    camera.take("calendar-new", f"{CALENDAR}/shows", who="anna")
    camera.take("calendar-series", series, who="anna")
    camera.take("calendar-house", f"{CALENDAR}/house", who="anna")
    camera.take("my-shifts", "/studio/shifts/", who="vera")


def shown_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{CALENDAR}?week={year}-W{week:02d}"


def to_the_shows(page: Page) -> None:
    """On a desk the grid is scrolled to the working day."""
    page.locator(".cal-scroll").evaluate("(grid) => (grid.scrollTop = 60 * 10)")


def dragged(page: Page) -> None:
    """On a desk a show is held over a time that is taken; a phone has no dragging."""
    to_the_shows(page)
    card = page.locator(".cal-card[data-movable]").last
    box = card.bounding_box()
    if not box or page.evaluate("matchMedia('(max-width: 899px)').matches"):
        return
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 75, steps=6)
    page.wait_for_selector("[data-lifted]:not([data-lifted=asking])")
