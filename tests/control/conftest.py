"""The table's show on air, with a plan of three segments; Boris produces, Vera moderates, Olga hosts."""

from __future__ import annotations

import pytest

from svoi.catalog.models import Variant
from svoi.members.models import Member
from svoi.rundowns.models import Segment
from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import plan, written


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table)


@pytest.fixture
def towel(table) -> Variant:
    return cast.product(table, price_minor=98_000, name="Полотенце")


@pytest.fixture
def show(table, anna, mug, towel) -> Show:
    return cast.live_show(table, anna, mug, towel)


@pytest.fixture
def producer(boris, table) -> Member:
    return cast.joins(boris, table, "producer")


@pytest.fixture
def keeper(vera, table) -> Member:
    return cast.joins(vera, table, "moderator")


@pytest.fixture
def host(table) -> Member:
    return cast.joins(cast.member("Olga"), table, "host")


@pytest.fixture
def segments(show, anna, mug) -> list[Segment]:
    """Five minutes of talk, five about the mug, five of goodbye."""
    rundown = plan(show, anna)
    return [
        written(rundown, anna, title_ru="Привет", title_en="Hello"),
        written(rundown, anna, kind="product", title_ru="Кружка", product_id=mug.product_id),
        written(rundown, anna, title_ru="Прощание"),
    ]
