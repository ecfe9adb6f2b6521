"""Pictures of the calendar: empty, a week, a day by studio, one plan, a drag, series and rules; for `take_pictures`."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from svoi.doors.folder import open_folder
from svoi.doors.surroundings import left_note

if TYPE_CHECKING:
    from tools.pictures_camera import Camera

CALENDAR = "/studio/kromka/calendar"


def around_the_calendar(camera: Camera) -> None:
    """Anna plans, Vera looks at her shifts."""
    camera.take("calendar-empty", CALENDAR, who="anna")
    _plant(camera)
    today = datetime.now(tz=UTC) + timedelta(hours=3)
    monday = today.date() + timedelta(days=7 - today.weekday())
    year, week, _ = monday.isocalendar()
    shown = f"{CALENDAR}?week={year}-W{week:02d}"
    camera.take("calendar-week", shown, who="anna", pose=to_the_shows)
    camera.take("calendar-drag", shown, who="anna", pose=dragged)
    camera.take("calendar-day", f"{CALENDAR}?day={monday + timedelta(days=1)}", who="anna", pose=to_the_shows)
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


def to_the_shows(page: Page) -> None:
    """On a desk the grid is scrolled to the working day."""
    page.locator(".cal-scroll").evaluate("(grid) => (grid.scrollTop = 60 * 10)")


def dragged(page: Page) -> None:
    """On a desk a show is held over a time that is taken; a phone has no dragging."""
    to_the_shows(page)
    card = page.locator(".cal-card[data-movable]").nth(2)
    box = card.bounding_box()
    if not box or page.evaluate("matchMedia('(max-width: 899px)').matches"):
        return
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 75, steps=6)
    page.wait_for_selector("[data-lifted]:not([data-lifted=asking])")


def _plant(camera: Camera) -> None:
    note = left_note(open_folder(camera.house.data)) or {}
    subprocess.run(
        [sys.executable, "-m", "tools.plant_calendar"], env={**os.environ, **note, "SVOI_POOL": "0"}, check=True
    )
