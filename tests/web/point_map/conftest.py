"""Points of the table, some on the map, and the checkout open in a browser that knows where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from svoi.pickup.models import PickupPoint
from tests import cast
from tests.web.map_site import SITE, Site, Tiles


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
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 390, "height": 844}, locale="ru-RU", reduced_motion="reduce")
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


@pytest.fixture
def tiles(settings) -> Iterator[Tiles]:
    stub = Tiles()
    settings.MAP_TILES = f"{stub.origin}/{{z}}/{{x}}/{{y}}.png"
    settings.MAP_ATTRIBUTION = "© Улицы & соседи https://streets.example/copyright"
    yield stub
    stub.close()
