"""A point of the table, and orders of Vera's at it."""

from __future__ import annotations

import pytest
from django.test import Client

from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests import cast
from tests.studio.shop import shelf
from tests.studio.stage import signed


@pytest.fixture
def point(table) -> PickupPoint:
    return cast.pickup_point(table)


@pytest.fixture
def order(vera, mug, point) -> Order:
    """Paid, and to be packed."""
    return shelf.paid(vera, mug, point)


@pytest.fixture
def desk(anna, table) -> Client:
    """The browser of the one who keeps the shop."""
    return signed(anna)
