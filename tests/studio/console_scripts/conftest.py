"""The console as Anna sees it, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from svoi.shows.models import Mute, Show
from tests import cast
from tests.studio.site import Site, opened
from tests.studio.stage import said, signed
from tests.studio.test_chat import bought


@pytest.fixture
def site(chromium: Browser, anna, vera, gleb, show: Show, mug) -> Site:
    """The console as Anna sees it: two messages, one of them by Gleb, who is muted, and two purchases."""
    said(show, vera, "А <b>чайник</b> есть?", seq=1)
    said(show, gleb, "Ссылка у меня", seq=2)
    Mute.objects.create(show=show, member=gleb, muted_by=anna, muted_at=cast.NOON, until=cast.NOON.replace(year=2100))
    bought(show, vera, mug, announced=True, quantity=2)
    browser, kept = signed(anna), Site(f"/studio/shows/{show.pk}/")
    for part in ("", "tray", "air", "strip", "mutes", "messages", "policy", "key", "signal", "control", "trend"):
        kept.learn(browser, part)
    return kept


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, {"width": 1440, "height": 900})


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    yield from opened(chromium, site, {"width": 390, "height": 844})
