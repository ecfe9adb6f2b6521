"""The pieces in a real browser, under the real content policy: sheets, fields, themes, refusals, lost connection.

Pages and files are answered from memory, so no server and no socket is needed.
"""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from svoi.ui import typography
from tests.chromium import needs_chromium

SITE = "http://svoi.test"
REFUSAL = '<section class="refused" role="alert" tabindex="-1" data-refused="price_moved"><p>Moved</p></section>'
TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}

pytestmark = [
    pytest.mark.urls("tests.ui.addresses"),
    needs_chromium,
]


class Site:
    """The living page and its files, answered to the browser from memory."""

    def __init__(self, headers: dict[str, str], body: bytes) -> None:
        self.headers, self.body = headers, body
        self.refused: list[dict[str, str]] = []
        self.faults: list[str] = []

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if path == "/ui/":
            route.fulfill(status=200, headers=self.headers, body=self.body)
        elif path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            route.fulfill(status=200, content_type=TYPES[path.rpartition(".")[2]], path=found)
        elif path == "/refusing":
            self.refused.append(route.request.headers)
            route.fulfill(status=409, content_type="text/html", body=REFUSAL)
        else:
            route.fulfill(status=500 if path == "/broken" else 204, body="")

    def heard(self, line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            self.faults.append(line.text)


@pytest.fixture
def site(client: Client) -> Site:
    with override_settings(DEMO=True):
        shown = client.get("/ui/", headers={"Accept-Language": "ru"})
    return Site({name: value for name, value in shown.headers.items() if name != "Content-Length"}, shown.content)


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """The living page, opened; at the end nothing may have been forbidden by the policy or left uncaught."""
    opened = chromium.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    opened.on("pageerror", lambda fault: site.faults.append(str(fault)))
    opened.on("console", site.heard)
    opened.route("**/*", site.answer)
    opened.goto(f"{SITE}/ui/")
    opened.wait_for_function("() => document.querySelectorAll(':not(:defined)').length === 0")
    yield opened
    opened.close()
    assert site.faults == []


def test_a_sheet_takes_the_focus_and_gives_it_back(page: Page) -> None:
    page.click('[data-opens="sheet-day"]')
    assert page.locator("#sheet-day").is_visible()
    page.keyboard.press("Escape")
    page.locator("#sheet-day").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.opens") == "sheet-day"


def test_a_quantity_never_leaves_its_limits(page: Page) -> None:
    field = page.locator("svoi-quantity").first
    for _ in range(4):
        field.locator('[data-step="1"]').click()
    assert field.locator("input").input_value() == "5"
    assert field.locator('[data-step="1"]').is_disabled()
    field.locator("input").fill("-3")
    field.locator("input").dispatch_event("change")
    assert field.locator("input").input_value() == "1"


def test_a_heavy_button_fires_only_at_the_second_press(page: Page) -> None:
    page.evaluate("""() => {
        const button = document.querySelector("svoi-armed button");
        button.fired = 0;
        button.addEventListener("click", () => { button.fired += 1; });
    }""")
    button = page.locator("svoi-armed button").first
    button.click()
    assert (button.evaluate("(one) => one.fired"), button.inner_text()) == (0, "Нажмите ещё раз, чтобы завершить")
    button.click()
    assert (button.evaluate("(one) => one.fired"), button.inner_text()) == (1, "Завершить эфир")


def test_the_theme_changes_at_once_and_survives_an_old_page(page: Page) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page.wait_for_load_state("load")
    page.click('form[data-preference] button[value="dark"]')
    expect(page.locator("html")).to_have_css("background-color", "rgb(22, 20, 18)")
    page.reload()
    assert page.evaluate(paper) == "rgb(22, 20, 18)"


def test_a_definition_opens_by_its_button_and_closes_by_escape(page: Page) -> None:
    page.locator('[popovertarget="what-gpm-day"]').click()
    assert page.locator("#what-gpm-day").is_visible()
    page.keyboard.press("Escape")
    page.locator("#what-gpm-day").wait_for(state="hidden")


def test_a_password_can_be_read_by_its_owner(page: Page) -> None:
    page.fill("#fresh_password", "four words of one's own")
    page.locator("svoi-reveal", has=page.locator("#fresh_password")).locator("button").click()
    assert page.get_attribute("#fresh_password", "type") == "text"


def test_a_refusal_is_put_in_place_and_takes_the_focus(page: Page, site: Site) -> None:
    page.evaluate("""import("htmx").then(({ default: htmx }) => {
        const button = document.createElement("button");
        button.id = "try"; button.textContent = "Try";
        button.setAttribute("hx-post", "/refusing"); button.setAttribute("hx-target", "#put");
        const put = document.createElement("div"); put.id = "put";
        document.querySelector("main").prepend(button, put);
        htmx.process(button);
    })""")
    page.click("#try")
    page.wait_for_selector("#put [data-refused][data-heard]")
    assert page.evaluate("document.activeElement.dataset.refused") == "price_moved"
    token = page.get_attribute('meta[name="csrf-token"]', "content")
    assert [sent["x-csrftoken"] for sent in site.refused] == [token]


def test_a_fault_of_the_server_is_said_and_the_page_stays(page: Page) -> None:
    page.evaluate("""import("htmx").then(({ default: htmx }) => htmx.ajax("GET", "/broken", { target: "main" }))""")
    page.wait_for_selector(".toast")
    assert page.locator("h1").inner_text() == "Облик"


def test_a_lost_connection_is_said_and_forgotten(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('offline'))")
    assert page.locator("svoi-offline").is_visible()
    page.click("svoi-offline [data-retry]")
    page.locator("svoi-offline").wait_for(state="hidden")


def test_browser_and_server_write_the_same_money(page: Page) -> None:
    amounts = [0, 5, 4950, 149000, -1284050, 123456700]
    written = page.evaluate(
        """(amounts) => import("ui/js/money.js").then(({ moneyText }) =>
        amounts.map((amount) => moneyText(amount)))""",
        amounts,
    )
    assert written == [typography.money_text(amount, "RUB", "ru") for amount in amounts]


def test_browser_and_server_draw_the_same_faces(page: Page) -> None:
    names = ["Вера Лебедева", "Gleb", "—", "Анна-Мария Ю."]
    drawn = page.evaluate(
        """(names) => import("ui/js/avatar.js").then(({ avatarFor }) =>
        names.map((name) => avatarFor(name)).map((face) => [face.className, face.textContent]))""",
        names,
    )
    assert drawn == [[f"avatar avatar-tone-{typography.tone(name, 5)}", typography.initials(name)] for name in names]


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_sticks_out_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def test_everything_to_touch_is_large_enough(page: Page) -> None:
    small = page.evaluate("""[...document.querySelectorAll("main :is(a, button, input, select, textarea), nav a")]
        .filter((one) => one.checkVisibility() && !one.closest(".choice, .chip, .title, .breadcrumbs, .reveal"))
        .map((one) => [one, one.getBoundingClientRect(), getComputedStyle(one, "::before")])
        .filter(([one, box, before]) => {
            const grown = before.content !== "none" && before.position === "absolute"
                ? 2 * Math.abs(parseFloat(before.top)) : 0;
            return box.height + grown < 43.5;
        }).map(([one]) => one.outerHTML.slice(0, 120))""")
    assert small == []
