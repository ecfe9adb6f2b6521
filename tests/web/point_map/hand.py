"""A hand on the map: the browser, opening the map, and what it then says, marks and has chosen."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


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
