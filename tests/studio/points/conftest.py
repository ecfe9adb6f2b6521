"""A point, Gleb who hands over there, and Vera's parcel that waits."""

from __future__ import annotations

import pytest
from django.utils import timezone

from svoi.pickup.actions import call_worker
from svoi.pickup.models import Parcel, PickupPoint
from tests import cast
from tests.studio.points.counter import bought, waiting


@pytest.fixture
def point(table) -> PickupPoint:
    return cast.pickup_point(table)


@pytest.fixture
def clerk(gleb, table, anna, point):
    """Gleb hands over at this point."""
    cast.joins(gleb, table, "clerk")
    call_worker(pickup_point_id=point.pk, member_id=gleb.pk, by=anna, at=timezone.now())
    return gleb


@pytest.fixture
def parcel(vera, mug, point) -> Parcel:
    """Vera's, waiting."""
    return waiting(bought(vera, mug, point, "ABCD2345"))
