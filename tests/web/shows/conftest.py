"""The table's show with a mug pinned and a towel beside it, and one of us who watches."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from svoi.shows.models import Show
from tests import cast


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def towel(table) -> Variant:
    return cast.product(table, stock=3, price_minor=98_000, name="Полотенце")


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


@pytest.fixture
def show(table, anna, mug, towel) -> Show:
    return cast.live_show(table, anna, mug, towel)


@pytest.fixture
def one_of_us(client, vera, table):
    cast.joins(vera, table)
    client.force_login(vera)
    return client
