"""Mugs to take, and a point to fetch them from."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.pickup.models import PickupPoint
from tests import cast


@pytest.fixture
def mug(table: Community) -> Variant:
    return cast.product(table, stock=10)


@pytest.fixture
def point(table: Community) -> PickupPoint:
    return cast.pickup_point(table)
