"""A member with something to buy."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from tests import cast


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=5)


@pytest.fixture
def hers(client, vera, table):
    client.force_login(cast.joins(vera, table))
    return client
