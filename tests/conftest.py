"""Fixtures every room shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from svoi.communities.models import Community
from svoi.members.models import Member
from tests import cast
from tests.chromium import running_chromium
from tests.emptying import quicken

quicken()
settings.PAYMENT_PROVIDER = "fake"  # no start of a house would take it without a demo around it


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for pages that run."""
    with running_chromium() as started:
        yield started


@pytest.fixture
def anna(db: None) -> Member:
    """Founds the community and owns it."""
    return cast.member("Anna")


@pytest.fixture
def boris(db: None) -> Member:
    """Is trusted."""
    return cast.member("Boris")


@pytest.fixture
def vera(db: None) -> Member:
    """Is new."""
    return cast.member("Vera")


@pytest.fixture
def gleb(db: None) -> Member:
    """Manipulates."""
    return cast.member("Gleb")


@pytest.fixture
def dmitri(db: None) -> Member:
    """Is a stranger: signed in, and belongs nowhere."""
    return cast.member("Dmitri")


@pytest.fixture
def table(anna: Member) -> Community:
    """Anna's community, doors open."""
    return cast.community(anna)


@pytest.fixture
def cellar(anna: Member) -> Community:
    """Anna's other community, doors closed."""
    return cast.community(anna, slug="cellar", doors="closed")
