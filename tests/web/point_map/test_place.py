"""Her own place: asked at a tap, told to nobody, and kept to herself if she likes."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import needs_chromium
from tests.web.map_site import SITE, Site, Tiles
from tests.web.point_map.hand import mark, open_map, said, streets_drawn

pytestmark = needs_chromium


def test_her_place_is_asked_at_a_tap_and_told_to_nobody(
    tiles: Tiles, context: BrowserContext, page: Page, site: Site
) -> None:
    context.grant_permissions(["geolocation"], origin=SITE)
    context.set_geolocation({"latitude": 55.7112345, "longitude": 37.6098765})
    page.evaluate("""() => {
        const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        globalThis.asks = 0;
        navigator.geolocation.getCurrentPosition = (...rest) => { globalThis.asks += 1; ask(...rest); };
    }""")
    open_map(page)
    streets_drawn(page)
    assert (page.evaluate("asks"), len(site.asked_for("pickup-points.json"))) == (0, 1)
    page.get_by_role("button", name="Рядом со\u00a0мной").click()
    expect(page.locator("[data-status]")).to_have_text("Ближайший пункт: Арбат, 5, до\u00a0него 1,6\u00a0км")
    expect(page.locator(".point-here")).to_be_visible()
    expect(mark(page, "Арбат, 5")).to_be_visible()
    streets_drawn(page)
    first = frozenset(tiles.asked)
    assert page.evaluate("asks") == 1
    assert [address for address in site.asked if "7112" in address or "6098" in address] == []
    assert len(site.asked_for("pickup-points.json")) == 1
    # Another place with the same points around asks for nothing more: tiles follow the points, not her.
    context.set_geolocation({"latitude": 55.7090001, "longitude": 37.6000001})
    page.get_by_role("button", name="Рядом со\u00a0мной").click()
    expect(page.locator("[data-status]")).to_have_text("Ближайший пункт: Арбат, 5, до\u00a0него 1\u00a0км")
    streets_drawn(page)
    assert frozenset(tiles.asked) == first
    page.fill('#find-points [name="q"]', "казань")
    expect(page.locator("[data-status]")).to_be_empty()


def test_a_browser_that_keeps_her_place_to_itself(context: BrowserContext, page: Page) -> None:
    context.clear_permissions()
    open_map(page)
    page.get_by_role("button", name="Рядом со\u00a0мной").click()
    expect(said(page, "nowhere")).to_be_visible()
