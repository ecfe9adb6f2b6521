"""Pages without a state worth a picture of its own: lists, papers, rights, settings; for whoever looks at all pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.journeys import steps
from tools.screens.browser_studio import planned
from tools.screens.planning import shown_week

if TYPE_CHECKING:
    from tools.screens.camera import Camera

PLACE, STUDIO = "/c/kromka", "/studio/kromka"
SHOW_STUDIO = steps.CONSOLE.rstrip("/")
# Name, address, who looks.
PAGES = (
    ("sign-in", "/sign-in", ""),
    ("legal", "/legal/", ""),
    ("my-data", "/me/data", "darya"),
    ("people", f"{PLACE}/people", "anna"),
    ("shelf", f"{PLACE}/products/", "darya"),
    ("carts", "/cart", "gleb"),
    ("wallets", "/points/", "zoya"),
    ("joining", f"{PLACE}/memberships", "dmitri"),
    ("leaving", f"{PLACE}/departures", "darya"),
    ("order-from-shelf", f"{PLACE}/products/2/orders", "darya"),
    ("poll-of-show", f"{steps.SHOW}poll", "darya"),
    ("look", "/ui/", ""),
    ("letters", "/ui/outbox/", ""),
    ("points-of-hers", "/studio/points/", "anna"),
    ("series-all", f"{STUDIO}/calendar/series/", "anna"),
    ("prompter", f"{SHOW_STUDIO}/prompter", "vera"),
    ("incidents", f"{SHOW_STUDIO}/incidents", "boris"),
    ("action-log", f"{SHOW_STUDIO}/log", "boris"),
    ("polls", f"{SHOW_STUDIO}/polls", "boris"),
    ("duties", f"{SHOW_STUDIO}/duties", "boris"),
    ("questions", f"{SHOW_STUDIO}/questions", "boris"),
    ("notes", f"{SHOW_STUDIO}/notes", "boris"),
    ("segment-new", f"{SHOW_STUDIO}/rundown/segments", "boris"),
    ("control", f"{SHOW_STUDIO}/control", "boris"),
    ("run-of-show", f"{SHOW_STUDIO}/plan", "boris"),
    ("allotments", f"{SHOW_STUDIO}/allotments", "boris"),
    ("trend", f"{SHOW_STUDIO}/trend", "boris"),
    ("trend-table", f"{SHOW_STUDIO}/trend/table", "boris"),
)


def around_the_rest(camera: Camera) -> None:
    """Before the show is over; what has no address to begin with is found on the page that leads to it."""
    for name, path, who in PAGES:
        camera.take(name, path, who=who)
    planned(camera)
    soon = shown_week(datetime.now(tz=UTC).date() + timedelta(days=2))
    for name, path, link, who in (
        ("legal-text", "/legal/", "main a[href^='/legal/']", ""),
        ("letter", "/ui/outbox/", "main a[href^='/ui/outbox/']", ""),
        ("counter", "/studio/points/", "main a[href^='/studio/points/']", "anna"),
        ("segment", f"{SHOW_STUDIO}/rundown", "[id^=edit-]", "boris"),
        ("host", f"{STUDIO}/hosts", "main a[href*='/hosts/']", "boris"),
        ("unplaced", soon, "a[href*='/calendar/unplaced/']", "anna"),
        ("invitation", f"{PLACE}/people", "", "anna"),
    ):
        found = _address(camera, path, link, who)
        camera.take(name, found, who="" if name == "invitation" else who)
        if name == "counter":
            camera.take("counter-workers", f"{found}workers", who=who)


def _address(camera: Camera, path: str, link: str, who: str) -> str:
    with camera.page("desk", "light", "ru", who) as page:
        page.goto(path)
        return _invites(page) if not link else str(page.locator(link).first.get_attribute("href"))


def _invites(page: Page) -> str:
    """A link that lets somebody in, made by the form of the people's page."""
    page.click(".invite-form button[type=submit]")
    return page.locator("#invitation-link").inner_text().strip()
