"""A point is found by words in any order, in either language, whatever the case or the ё."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.communities.models import Community
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import search_points
from svoi.pickup.rules import SEARCH_WORDS_MAX, search_words
from tests import cast


@pytest.fixture
def points(table: Community, cellar: Community) -> None:
    """Three open points, a closed one, and one of another shop."""
    one = {"community": table, "name": "Точка на Лесной", "name_en": "Lesnaya point"}
    PickupPoint.objects.create(
        code="M1", city="Москва", city_en="Moscow", address="ул. Лесная, 20", metro="Белорусская",
        address_en="20 Lesnaya st.", metro_en="Belorusskaya", **one,
    )  # fmt: skip
    PickupPoint.objects.create(code="O1", city="Орёл", city_en="Oryol", address="Ленина, 100%", **one)
    PickupPoint.objects.create(code="A1", city="Москва", city_en="Moscow", address="Ленина, 1", **one)
    PickupPoint.objects.create(code="M2", city="Москва", address="Лесная, 7", closed_at=cast.NOON, **one)
    cast.pickup_point(cellar)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("лесная москва 20", ["M1"]),
        ("МОСКВА, Лесная", ["M1"]),
        ("moscow белорус", ["M1"]),
        ("belorusskaya", ["M1"]),
        ("орел", ["O1"]),
        ("ОРЁЛ", ["O1"]),
        ("100%", ["O1"]),
        ("_", []),
        ("москва орёл", []),
        ("", ["M1", "A1", "O1"]),
        ("  ,.  ", ["M1", "A1", "O1"]),
        ("лес' or 7=7 --", []),
    ],
)
def test_search(table: Community, points: None, text: str, codes: list[str]) -> None:
    assert [point.code for point in search_points(community_id=table.pk, text=text)] == codes


@pytest.mark.parametrize("most", [1, 3])
def test_one_query_however_many(table: Community, points: None, most: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = search_points(community_id=table.pk, text="", most=most)
    assert (len(found), len(asked)) == (most, 1)


def test_words_are_folded_and_few() -> None:
    assert search_words("  Пётр-Сити, STR. 5") == ["петр", "сити", "str", "5"]
    assert len(search_words("а " * 50)) == SEARCH_WORDS_MAX
    assert search_words("и\u0306") == ["й"]
