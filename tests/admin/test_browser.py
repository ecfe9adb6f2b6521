"""The operators' pages in a real browser under their real policy: they work, and ask nobody else for anything."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.members.models import Member
from tests import cast
from tests.chromium import needs_chromium
from tests.studio.site import SITE, TYPES

pytestmark = needs_chromium
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Desk:
    """Pages rendered beforehand, files from where they are installed; whatever else is asked for is a fault."""

    def __init__(self, browser: Client) -> None:
        self.browser, self.pages = browser, {}
        self.sent: list[tuple[str, dict[str, list[str]]]] = []
        self.faults: list[str] = []

    def learn(self, path: str) -> None:
        shown = self.browser.get(path)
        assert shown.status_code == 200, path
        self.pages[path] = (dict(shown.headers.items()), shown.content)

    def heard(self, line: ConsoleMessage) -> None:
        """Every error, but for what a browser says of any address without HTTPS."""
        if line.type == "error" and "Cross-Origin-Opener-Policy" not in line.text:
            self.faults.append(line.text)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if route.request.method == "POST":
            self.sent.append((path, parse_qs(route.request.post_data or "", keep_blank_values=True)))
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = TYPES.get(path.rpartition(".")[2], "text/plain")
            route.fulfill(status=200 if found else 404, content_type=kind, path=found or None)
        elif path in self.pages:
            headers, body = self.pages[path]
            route.fulfill(status=200, headers=headers, body=body)
        else:
            self.faults.append(f"asked for {route.request.url}")
            route.fulfill(status=404)


@pytest.fixture
def mug(table: Community) -> Variant:
    return cast.product(table)


@pytest.fixture
def site(chromium: Browser, desk: Client, olga: Member, mug: Variant) -> Desk:
    Member.objects.filter(pk=olga.pk).update(language="ru")
    kept = Desk(desk)
    for path in (
        "",
        "jsi18n/",
        "svoi/product/",
        f"svoi/product/{mug.product_id}/change/",
        f"svoi/member/{olga.pk}/change/",
    ):
        kept.learn(f"/admin/{path}")
    return kept


def opened(chromium: Browser, site: Desk, size: dict[str, int], theme: str = "light") -> Page:
    context = chromium.new_context(viewport=size, locale="ru-RU", color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    page.on("pageerror", lambda fault: site.faults.append(str(fault)))
    page.on("console", site.heard)
    context.route("**/*", site.answer)
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_of_page_opens_without_a_fault(chromium: Browser, site: Desk, theme: str) -> None:
    page = opened(chromium, site, DESK, theme)
    for path in [path for path in site.pages if path != "/admin/jsi18n/"]:
        page.goto(SITE + path)
        expect(page.locator("#main")).to_be_visible()  # Unfold hides a page until its code runs
        paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 20, 18)"}[theme]
        expect(page.locator("#main")).to_have_css("background-color", paper)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert site.faults == []


def test_a_phone_opens_the_rooms_by_a_button(chromium: Browser, site: Desk) -> None:
    page = opened(chromium, site, PHONE)
    page.goto(f"{SITE}/admin/svoi/product/")
    rooms = page.locator("#nav-sidebar")
    expect(rooms).to_be_hidden()
    page.locator("#header-inner .material-symbols-outlined:visible").first.click()
    expect(rooms.get_by_text("Пункты выдачи")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert site.faults == []


def test_a_form_sends_what_was_typed_and_what_was_there(chromium: Browser, site: Desk, mug: Variant) -> None:
    way = f"/admin/svoi/product/{mug.product_id}/change/"
    page = opened(chromium, site, DESK)
    page.goto(SITE + way)
    page.fill("[name=name]", "Чашка")
    page.click("[name=_save]")
    page.wait_for_load_state()
    ((path, form),) = site.sent
    assert (path, form["name"], form["initial-name"]) == (way, ["Чашка"], ["Кружка"])
    answer = site.browser.post(way, {name: values[0] for name, values in form.items()})
    assert answer.status_code == 302
    mug.product.refresh_from_db()
    assert (mug.product.name, mug.product.name_en) == ("Чашка", "Mug")
    assert site.faults == []


def test_the_policy_is_no_wider_than_the_pages_need(chromium: Browser, site: Desk) -> None:
    """Without the one thing it allows more than the shop's own, no button of Unfold's does anything."""
    headers, body = site.pages["/admin/"]
    narrower = {**headers, "Content-Security-Policy": headers["Content-Security-Policy"].replace(" 'unsafe-eval'", "")}
    site.pages["/admin/"] = (narrower, body)
    page = opened(chromium, site, PHONE)
    page.goto(f"{SITE}/admin/")
    page.locator("#header-inner .material-symbols-outlined:visible").first.dispatch_event("click")
    page.wait_for_timeout(200)
    assert page.locator("#nav-sidebar").is_hidden()
    assert any("unsafe-eval" in fault for fault in site.faults)


def test_without_scripts_the_tables_can_still_be_read_and_written(chromium: Browser, site: Desk, mug: Variant) -> None:
    context = chromium.new_context(viewport=DESK, java_script_enabled=False)
    context.route("**/*", site.answer)
    page = context.new_page()
    page.goto(f"{SITE}/admin/svoi/product/")
    page.locator("#result_list tbody th a").click()
    page.fill("[name=name]", "Чашка")
    page.click("[name=_save]")
    assert site.sent[0][1]["name"] == ["Чашка"]
