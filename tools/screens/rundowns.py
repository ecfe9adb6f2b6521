"""Pictures of a rundown: the board, a segment written in place, stories and checks, paper; for `tools.screens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps

if TYPE_CHECKING:
    from tools.screens.camera import Camera

RUNDOWN = f"{steps.CONSOLE.rstrip('/')}/rundown"
MUG = 1  # its place in the demo's plan
TEAPOT, TOWEL = 1, 2  # among the stories of the plan


def around_the_rundown(camera: Camera) -> None:
    """Boris produces and checks; what Vera wrote waits for him."""
    camera.take("rundown", RUNDOWN, who="boris")
    camera.take("rundown-edit", RUNDOWN, who="boris", pose=edit)
    camera.take("rundown-print", f"{RUNDOWN}/print", who="boris")
    camera.take("fact-checks", "/studio/fact-checks/", who="boris")
    with camera.page("desk", "light", "ru", "boris") as page:
        page.goto(RUNDOWN)
        stories = [str(one.get_attribute("href")) for one in page.locator(".segment-story").all()]
    camera.take("story-asked", stories[TEAPOT], who="boris")
    camera.take("story-sent-back", stories[TOWEL], who="boris")


def edit(page: Page) -> None:
    page.locator("[id^=edit-]").nth(MUG).click()
    page.wait_for_selector("[data-segment-form]")
    page.locator("[data-segment-form]").scroll_into_view_if_needed()
