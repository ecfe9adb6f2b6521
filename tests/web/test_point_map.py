"""The map of points in a real browser, under the real content policy: with streets and without, by hand and by keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests import cast
from tests.web.map_site import SITE, Site, Tiles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    # A page answered from memory has no network of its own, and browsers keep such pages from the loopback.
    "--disable-features=LocalNetworkAccessChecks",
]
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
MAP_PARTS = ("leaflet", "web/pickup/map", "point-map.js", "pickup-points.json")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright turns a loop in this thread, and Django takes that for a program that awaits; nothing here does.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()
        connections.close_all()  # those of the loop's own context, which nobody else can reach


@pytest.fixture
def points(table) -> dict[str, PickupPoint]:
    """Four points of Moscow, one of them a locker and one without a place, and one of Kazan."""
    told = [
        ("lesnaya", "Москва", "Лесная, 20", 55.7800, 37.5900, ["card"], "24/7"),
        ("arbat", "Москва", "Арбат, 5", 55.7000, 37.5950, ["card", "fitting_room"], "24/7"),
        ("locker", "Москва", "Снежная, 52", 55.8560, 37.6510, ["sbp", "postamat"], "24/7"),
        ("nowhere", "Москва", "Тверская, 1", None, None, ["card"], "24/7"),
        ("kazan", "Казань", "Баумана, 51", 55.7870, 49.1210, ["card"], "24/7"),
    ]
    return {
        code: PickupPoint.objects.create(
            community=table, code=code, name=f"Пункт {code}", city=city, address=address,
            latitude=latitude, longitude=longitude, features=features, hours=hours,
        )
        for code, city, address, latitude, longitude, features, hours in told
    }  # fmt: skip


@pytest.fixture
def site(table, vera, points) -> Site:
    cast.joins(vera, table)
    client = Client()
    client.force_login(vera)
    return Site(client)


@pytest.fixture
def mug(table):
    return cast.product(table)


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU", reduced_motion="reduce")
    opened.set_default_timeout(10_000)
    opened.route("**/*", site.answer)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: Site, mug) -> Iterator[Page]:
    """The order page of a mug, opened; at the end nothing may have been forbidden, missed or left uncaught."""
    opened = context.new_page()
    opened.on("pageerror", lambda fault: site.faults.append(str(fault)))
    opened.on("console", site.heard)
    opened.on("request", site.requested)
    opened.goto(f"{SITE}/c/table/products/{mug.product_id}/orders")
    expect(opened.get_by_role("tab", name="Список")).to_have_attribute("aria-selected", "true")
    yield opened
    assert site.faults == []


def open_map(page: Page) -> None:
    page.get_by_role("tab", name="Карта").click()
    expect(page.locator(".point-mark, .point-cluster").first).to_be_visible()


def mark(page: Page, address: str) -> Locator:
    return page.locator(f'.point-mark[aria-label="{address}"]')


def streets_drawn(page: Page) -> None:
    """Wait for every tile of the view: a page that was idle once counts as idle for ever."""
    page.wait_for_function("""() => {
        const tiles = [...document.querySelectorAll(".leaflet-tile")];
        return tiles.length > 0 && tiles.every((tile) => tile.classList.contains("leaflet-tile-loaded"));
    }""")


def said(page: Page, what: str) -> Locator:
    return page.locator(f'[data-said="{what}"]')


def chosen(page: Page) -> list[str]:
    return page.eval_on_selector_all("#points input:checked", "(found) => found.map((one) => one.value)")


def pressed(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        '.point-mark[aria-pressed="true"]', "(found) => found.map((one) => one.getAttribute('aria-label'))"
    )


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


@pytest.fixture
def tiles(settings) -> Iterator[Tiles]:
    stub = Tiles()
    settings.MAP_TILES = f"{stub.origin}/{{z}}/{{x}}/{{y}}.png"
    settings.MAP_ATTRIBUTION = "© Улицы & соседи https://streets.example/copyright"
    yield stub
    stub.close()


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


def test_a_mark_chooses_in_the_list(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    expect(page.locator("[data-chosen]")).to_have_text("Пункт ещё не\u00a0выбран.")
    mark(page, "Постамат, Снежная, 52").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Снежная, 52")
    assert (chosen(page), pressed(page)) == ([str(points["locker"].pk)], ["Постамат, Снежная, 52"])
    mark(page, "Арбат, 5").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    assert (chosen(page), pressed(page)) == ([str(points["arbat"].pk)], ["Арбат, 5"])
    page.get_by_role("tab", name="Список").click()
    assert page.locator("#points input:checked").is_visible()
    page.click("button[form=buy-form]")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().pickup_point == points["arbat"]


def test_the_list_chooses_on_the_map(page: Page, points) -> None:
    open_map(page)
    assert pressed(page) == []
    page.get_by_role("tab", name="Список").click()
    page.locator(f'#points input[value="{points["arbat"].pk}"]').check()
    page.get_by_role("tab", name="Карта").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    page.wait_for_function("document.querySelector('.point-cluster-chosen, .point-mark[aria-pressed=true]')")
    assert chosen(page) == [str(points["arbat"].pk)]


def test_the_map_opens_around_what_is_chosen(page: Page, points) -> None:
    """Kazan is far from all others: its own town is shown, not half the country."""
    page.locator(f'#points input[value="{points["kazan"].pk}"]').check()
    open_map(page)
    expect(mark(page, "Баумана, 51")).to_have_attribute("aria-pressed", "true")
    assert page.locator(".point-cluster").count() == 0


def test_a_mark_that_the_list_does_not_show_is_fetched_into_it(page: Page, site: Site, table) -> None:
    PickupPoint.objects.bulk_create(
        PickupPoint(
            community=table, code=f"n{n}", name="П", city="Абакан", address=f"Мира, {n}", latitude=53.7, longitude=91.4
        )
        for n in range(25)
    )
    page.fill('#find-points [name="q"]', "мира")
    expect(page.locator("#points .point")).to_have_count(20)
    expect(page.locator("#points")).to_contain_text("Пунктов больше: назовите город, улицу или станцию метро.")
    open_map(page)
    page.locator(".point-cluster").press("Enter")
    expect(page.locator(".point-mark")).to_have_count(25)
    listed = page.eval_on_selector_all("#points b", "(found) => found.map((one) => one.textContent)")
    hidden = next(f"Мира, {n}" for n in range(25) if f"Мира, {n}" not in listed)
    mark(page, hidden).dispatch_event("click")
    expect(page.locator("[data-chosen] b")).to_have_text(hidden)
    expect(page.locator("#points .point")).to_have_count(21)
    expect(page.locator("#points .point").first).to_contain_text(hidden)
    assert (chosen(page), pressed(page)) == ([str(PickupPoint.objects.get(address=hidden).pk)], [hidden])
    assert len(site.asked_for("pickup-points.json")) == 1


def test_a_mark_that_closed_a_moment_ago_is_told_in_the_list(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    PickupPoint.objects.filter(pk=points["arbat"].pk).update(closed_at=cast.NOON)
    page.evaluate(f"document.querySelector('#points input[value=\"{points['arbat'].pk}\"]').closest('li').remove()")
    mark(page, "Арбат, 5").click()
    expect(page.locator(".points-closed")).to_have_text("Закрылся пункт «Пункт arbat» (Арбат, 5); выберите другой.")
    expect(page.get_by_role("tab", name="Список")).to_have_attribute("aria-selected", "true")
    assert chosen(page) == []


def test_everything_is_reached_by_keys(page: Page, points) -> None:
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    page.get_by_role("tab", name="Список").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Карта")).to_be_focused()
    expect(mark(page, "Арбат, 5")).to_be_visible()
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        if stops[-1] == "Арбат, 5":
            break
    assert stops[0] == "Карта пунктов выдачи"
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    assert chosen(page) == [str(points["arbat"].pk)]
    page.get_by_role("tab", name="Карта").focus()
    page.keyboard.press("Home")
    expect(page.locator("#points")).to_be_visible()
    assert page.locator("#points-map").is_hidden()


def test_close_points_are_one_heap_that_opens(page: Page) -> None:
    open_map(page)
    heap = page.locator(".point-cluster")
    expect(heap).to_have_attribute("aria-label", "Пунктов здесь: 3. Показать ближе")
    heap.click()
    expect(page.locator(".point-mark")).to_have_count(3)
    assert page.locator(".point-cluster").count() == 0


def test_wishes_and_words_hold_for_both(page: Page, site: Site) -> None:
    open_map(page)
    page.get_by_text("Примерочная", exact=True).click()
    expect(page.locator(".point-mark")).to_have_count(1)
    expect(mark(page, "Арбат, 5")).to_be_visible()
    expect(page.locator("#points .point")).to_have_count(1)
    page.fill('#find-points [name="q"]', "казань")
    expect(page.locator("[data-notes]")).to_have_text("Такого пункта нет.")
    expect(page.locator(".point-mark")).to_have_count(0)
    expect(page.locator("#points .points-none")).to_be_attached()
    assert len(site.asked_for("pickup-points.json")) == 3


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


def test_a_forgotten_choice_is_asked_for_where_it_can_be_made(page: Page) -> None:
    open_map(page)
    page.click("button[form=buy-form]")
    expect(page.get_by_role("tab", name="Список")).to_have_attribute("aria-selected", "true")
    assert page.evaluate("document.activeElement.name") == "pickup_point"
    assert Order.objects.count() == 0


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


def test_the_sheet_of_a_show_has_the_same_map(context: BrowserContext, site: Site, anna, table, mug, points) -> None:
    show = cast.live_show(table, anna, mug)
    page = context.new_page()
    page.goto(f"{SITE}/shows/{show.pk}/sheet?product={mug.product_id}")
    page.fill('#find-points [name="q"]', "москва")
    expect(page.locator("#points .point")).to_have_count(4)
    open_map(page)
    mark(page, "Арбат, 5").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Арбат, 5")
    page.click("button[form=buy-form]")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().pickup_point == points["arbat"]
