"""Pictures of honest counting: before anything was found, the list, and a group explained; for `tools.screens`."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from svoi.doors.folder import open_folder
from svoi.doors.surroundings import left_note

if TYPE_CHECKING:
    from tools.screens.camera import Camera

COUNT = "/studio/kromka/honest-count/"


def around_the_counting(camera: Camera) -> None:
    """Anna looks before and after a group was planted and searched for. Taken last: the shop is fuller afterwards."""
    camera.take("honest-count-empty", COUNT, who="anna")
    _run(camera, "tools.screens.plant_group")
    _run(camera, "django", "find_groups", "kromka", "--days", "30")
    camera.take("honest-count", COUNT, who="anna", pose=to_the_groups)
    with camera.page("desk", "light", "ru", "anna") as owner:
        owner.goto(COUNT)
        group = str(owner.locator(".count-group a").first.get_attribute("href"))
    camera.take("honest-count-group", group, who="anna")
    camera.take("honest-count-evidence", group, who="anna", pose=to_the_evidence)
    camera.take("honest-count-verdict", group, who="anna", pose=to_the_verdict)


def to_the_groups(page: Page) -> None:
    page.locator("#groups").evaluate("(title) => title.scrollIntoView({block: 'center'})")


def to_the_evidence(page: Page) -> None:
    page.locator("#not").evaluate("(title) => title.scrollIntoView({block: 'center'})")


def to_the_verdict(page: Page) -> None:
    """A word without a reason."""
    page.locator("#reason").evaluate("(field) => (field.required = false)")
    page.locator("button[name=verdict][value=dismissed]").click()
    page.wait_for_selector("[data-refused]")


def _run(camera: Camera, *module: str) -> None:
    note = left_note(open_folder(camera.house.data)) or {}
    subprocess.run([sys.executable, "-m", *module], env={**os.environ, **note, "SVOI_POOL": "0"}, check=True)
