"""The ground under the points: fetched when asked for, with streets or on paper, and what is told when none comes."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import needs_chromium
from tests.web.map_site import SITE, Site, Tiles
from tests.web.point_map.hand import open_map, said

pytestmark = needs_chromium
MAP_PARTS = ("leaflet", "web/pickup/map", "point-map.js", "pickup-points.json")


def test_nothing_of_the_map_is_fetched_before_its_tab_is_opened(page: Page, site: Site) -> None:
    page.fill('#find-points [name="q"]', "лесная")
    expect(page.locator("#points .point")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert [part for part in MAP_PARTS if site.asked_for(part)] == []
    open_map(page)
    assert {part: len(site.asked_for(part)) for part in MAP_PARTS} == {
        "leaflet": 4,
        "web/pickup/map": 4,
        "point-map.js": 1,
        "pickup-points.json": 1,
    }


def test_without_tiles_the_points_stand_on_paper(page: Page, site: Site) -> None:
    open_map(page)
    expect(said(page, "streets")).to_have_text("Улиц на\u00a0карте нет; пункты стоят на\u00a0своих местах.")
    expect(page.locator("[data-notes]")).to_have_text("1\u00a0пункт без места на\u00a0карте; он есть в\u00a0списке.")
    expect(page.locator(".point-map-ground")).to_have_css("background-color", "rgb(250, 247, 242)")
    assert said(page, "away").is_hidden()
    assert page.locator(".leaflet-tile").count() == 0
    assert site.strangers() == []
    assert site.policies[page.url.removeprefix(SITE)].split("img-src ")[1].split(";")[0] == "'self' data: https:"


def test_streets_come_from_the_tiles_server_and_nobody_else(tiles: Tiles, page: Page, site: Site) -> None:
    open_map(page)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert said(page, "streets").is_hidden()
    owner = page.locator(".point-map-owner a")
    assert (owner.inner_text(), owner.get_attribute("href")) == (
        "© Улицы & соседи",
        "https://streets.example/copyright",
    )
    assert len(tiles.asked) > 0
    assert {address.startswith(f"{tiles.origin}/") for address in site.strangers()} == {True}
    assert [told for told in tiles.told if "Referer" in told or "Cookie" in told] == []
    path = page.url.removeprefix(SITE)
    assert site.policies[path].split("img-src ")[1].split(";")[0] == f"'self' data: https: {tiles.origin}"
    for other in ("/orders/", "/c/table/", "/pickup-points.json"):
        policy = site.client.get(other).headers["Content-Security-Policy"]
        assert policy.split("img-src ")[1].split(";")[0] == "'self' data: https:"


def test_streets_that_do_not_come_are_told_in_one_sentence(settings, context, site: Site, mug) -> None:
    stub = Tiles(missing=True)
    settings.MAP_TILES = f"{stub.origin}/{{z}}/{{x}}/{{y}}.png"
    page = context.new_page()
    page.goto(f"{SITE}/c/table/products/{mug.product_id}/orders")
    open_map(page)
    expect(said(page, "streets")).to_have_text("Улицы не\u00a0загрузились; пункты стоят на\u00a0своих местах.")
    assert len(stub.asked) > 0
    stub.close()


def test_close_points_are_one_heap_that_opens(page: Page) -> None:
    open_map(page)
    heap = page.locator(".point-cluster")
    expect(heap).to_have_attribute("aria-label", "Пунктов здесь: 3. Показать ближе")
    heap.click()
    expect(page.locator(".point-mark")).to_have_count(3)
    assert page.locator(".point-cluster").count() == 0


def test_points_that_do_not_load_leave_the_list(context: BrowserContext, site: Site, mug) -> None:
    site.broken.add("/pickup-points.json")
    page = context.new_page()
    page.goto(f"{SITE}/c/table/products/{mug.product_id}/orders")
    page.get_by_role("tab", name="Карта").click()
    expect(said(page, "away")).to_be_visible()
    site.broken.clear()
    page.get_by_role("tab", name="Список").click()
    page.get_by_role("tab", name="Карта").click()
    expect(page.locator(".point-mark, .point-cluster").first).to_be_visible()
    assert said(page, "away").is_hidden()
