"""The crew of the table and its show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.members.models import Member
from svoi.shows.models import Show
from tests import cast


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table)


@pytest.fixture
def towel(table) -> Variant:
    return cast.product(table, price_minor=98_000, name="Полотенце")


@pytest.fixture
def show(table, anna, mug, towel) -> Show:
    """On air, with the mug pinned and the towel beside it."""
    live = cast.live_show(table, anna, mug, towel)
    # The views read the real clock, so the show must have begun by it.
    began = timezone.now() - timedelta(minutes=42)
    live.pins.update(pinned_at=began)
    live.ingests.update(online_at=began)
    live.went_live_at = began
    live.save(update_fields=["went_live_at"])
    return live


@pytest.fixture
def keeper(boris, table) -> Member:
    """Boris keeps order and runs nothing."""
    return cast.joins(boris, table, "moderator")
