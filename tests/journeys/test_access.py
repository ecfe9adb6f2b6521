"""Every page of the house, in each state that has a picture, against WCAG 2.2 AA as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser

from tests.journeys.conftest import FAKE_DEVICES, FLAGS, chromium_path
from tests.journeys.house import open_house
from tests.journeys.inspector import Inspector
from tools.screens.camera import Camera
from tools.screens.scenes import ALL_PAGES

pytestmark = pytest.mark.journey
# What answers to GET and is no page: parts of pages that are looked at within them, data, files, programs' addresses.
PARTS = frozenset(
    {
        *("api_stock", "order_payment", "show_sheet", "flash_sheet", "studio_camera_air", "studio_camera_hold"),
        *("danmaku", "google_feed", "health", "legal-version", "legal-words", "letter-page", "market_feed"),
        *("my-export", "my-exports", "pickup_points", "points_on_map", "room_json", "show_calendar", "show_tray"),
        *("studio_air", "studio_choice", "studio_claims_csv", "studio_clips_made", "studio_debrief_csv"),
        *("studio_envelopes", "studio_export", "studio_feed", "studio_flash", "studio_flash_form", "studio_key"),
        *("studio_messages", "studio_mutes", "studio_policy", "studio_prompter_now", "studio_signal"),
        *("studio_slot_check", "studio_strip", "studio_tray"),
    }
)


@pytest.fixture(scope="module")
def inspector(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    """Walks one house, scene after scene: a later one finds what an earlier one left."""
    folder = tmp_path_factory.mktemp("house")
    for one in (folder, folder.parent):
        one.chmod(0o755)
    house = open_house(folder / "data")
    running = browser.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *FAKE_DEVICES])
    inspector = Inspector(running, house)
    try:
        house.wait_on_air()
        yield inspector
    finally:
        inspector.close()
        running.close()
        house.stop()


@pytest.mark.parametrize("scene", ALL_PAGES, ids=lambda scene: scene.__name__)
def test_no_page_fails_those_who_hear_or_press_keys(inspector: Inspector, scene: Callable[[Camera], None]):
    scene(inspector)
    inspector.found.scenes.add(scene.__name__)
    assert inspector.found.new_fault_lines() == []


def test_every_page_was_looked_at(inspector: Inspector):
    if len(inspector.found.scenes) < len(ALL_PAGES):
        pytest.skip("only some of the scenes were walked")
    seen = {resolve(path).url_name for path in inspector.found.paths}
    assert _answering_get(get_resolver()) - seen - PARTS == set()


def _answering_get(resolver: URLResolver) -> set[str]:
    """Names of the addresses that answer to GET; the operators' tables are Django's own pages and left out."""
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found |= _answering_get(one) if one.namespace != "admin" else set()
        elif isinstance(one, URLPattern) and one.name and "GET" in _methods(one.callback):
            found.add(one.name)
    return found


def _methods(view: Callable[..., object] | None) -> set[str]:
    """What the guard of a view lets in: Django keeps the list in the wrapper that it makes."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            kept = cell.cell_contents
            if isinstance(kept, list) and kept and all(isinstance(one, str) and one.isupper() for one in kept):
                return set(kept)
        view = getattr(view, "__wrapped__", None)
    return {"GET"}
