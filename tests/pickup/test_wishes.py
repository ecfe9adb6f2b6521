"""Points by wishes: a fitting room, a card, a locker, works now; as a list and for a map, among five thousand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.communities.models import Community
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import points_on_map, search_points
from svoi.pickup.queries.searching import _sought
from svoi.pickup.rules import WISHES, known_wishes
from tests import cast

# A Sunday: 12:00 in Moscow, 14:00 in Yekaterinburg.
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def point(place: Community, code: str, **fields: Any) -> PickupPoint:
    told = {"name": "Точка", "city": "Москва", "address": f"Лесная, {code}", "latitude": 55.7, "longitude": 37.6}
    return PickupPoint.objects.create(community=place, code=code, **(told | fields))


@pytest.fixture
def points(table: Community, cellar: Community) -> None:
    point(table, "A", features=["fitting_room", "card", "sbp"], hours="Mo-Su 10:00-20:00")
    point(table, "B", features=["card"], hours="Mo-Fr 09:00-21:00")
    point(table, "C", features=["sbp", "postamat"], hours="24/7", latitude=None)
    point(table, "D", hours="Mo-Su 09:00-13:00", time_zone="Asia/Yekaterinburg")
    point(table, "E", hours="как повезёт", features=["card", "other"], longitude=None)
    point(table, "F", hours="24/7", features=list(WISHES), closed_at=cast.NOON)
    point(cellar, "Z", hours="24/7", features=list(WISHES))


@pytest.mark.parametrize(
    ("wishes", "codes"),
    [
        ([], "ABCDE"),
        (["fitting_room"], "A"),
        (["card"], "ABE"),
        (["sbp"], "AC"),
        (["card", "sbp"], "A"),
        (["postamat"], "C"),
        (["open_now"], "AC"),
        (["whole_day"], "C"),
        (["open_now", "card"], "A"),
        (["open_now", "whole_day", "fitting_room"], ""),
        (["no such wish"], "ABCDE"),
    ],
)
def test_wishes_are_met_together(table: Community, points: None, wishes: list[str], codes: str) -> None:
    listed = search_points(community_id=table.pk, text="", wishes=wishes, at=SUNDAY)
    assert "".join(one.code for one in listed) == codes
    mapped = points_on_map(community_id=table.pk, text="", wishes=wishes, at=SUNDAY)
    placed = [one for one in listed if one.latitude and one.longitude]
    assert [row.pk for row in mapped.rows] == [one.pk for one in placed]
    assert (mapped.total, mapped.without_place, mapped.left_out) == (len(codes), len(codes) - len(placed), 0)


def test_an_hour_later_the_far_point_has_closed(table: Community, points: None) -> None:
    """10:00 in Yekaterinburg is 08:00 in Moscow; the far point's hours are told by its own clock."""
    early = SUNDAY.replace(hour=5)
    assert [one.code for one in search_points(community_id=table.pk, text="", wishes=["open_now"], at=early)] == [
        "C",
        "D",
    ]


def test_words_and_wishes_together(table: Community, points: None) -> None:
    found = search_points(community_id=table.pk, text="лесная a", wishes=["card"], at=SUNDAY)
    assert [one.code for one in found] == ["A"]


def test_words_follow_what_changes(table: Community) -> None:
    one = point(table, "A", address="Орлёнок, 1")
    one.address = "Полёвка, 2"
    one.save()
    assert search_points(community_id=table.pk, text="орленок") == []
    assert search_points(community_id=table.pk, text="полевка") == [one]


def test_the_map_is_bounded_and_says_what_it_leaves_out(table: Community, points: None) -> None:
    mapped = points_on_map(community_id=table.pk, text="", at=SUNDAY, most=2)
    assert (len(mapped.rows), mapped.total, mapped.without_place, mapped.left_out) == (2, 5, 2, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_points(table: Community, count: int) -> None:
    for number in range(count):
        point(table, str(number), hours="24/7", time_zone=("", "Asia/Omsk", "Asia/Tokyo")[number])
    wishes = ["open_now", "whole_day"]
    with CaptureQueriesContext(connection) as listing:
        listed = search_points(community_id=table.pk, text="лесная", wishes=wishes, at=SUNDAY)
    with CaptureQueriesContext(connection) as mapping:
        mapped = points_on_map(community_id=table.pk, text="лесная", wishes=wishes, at=SUNDAY)
    assert (len(listed), len(listing), len(mapped.rows), len(mapping)) == (count, 2, count, 3)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ([], ()),
        (["sbp", "card", "sbp"], ("card", "sbp")),
        (["", "CARD", "card ", "' or 1=1 --", "\0"], ()),
        (list(reversed(WISHES)), WISHES),
    ],
)
def test_unknown_wishes_are_dropped(said: list[str], known: tuple[str, ...]) -> None:
    assert known_wishes(said) == known


# --- five thousand points -----------------------------------------------------------------------------------------

STREETS = ("Лесная", "Садовая", "Мира", "Гагарина", "Полевая", "Школьная", "Заречная", "Берёзовая")
HOURS = ("Mo-Su 10:00-20:00", "Mo-Fr 09:00-21:00; Sa 10:00-16:00", "24/7", "Mo-Su 09:00-22:00")


@pytest.fixture
def crowd(table: Community) -> None:
    """Five thousand points of forty cities, a hundred of them closed, with statistics as they are after a while."""
    dice = Random(11)
    rows = []
    for number in range(5_000):
        city = f"Город {number % 40}"
        address = f"ул. {STREETS[number % 8]}, {number}"
        rows.append(
            PickupPoint(
                community=table, code=str(number), name=f"Пункт {number}", city=city, address=address,
                latitude=50 + dice.random() * 10, longitude=30 + dice.random() * 30, hours=dice.choice(HOURS),
                features=dice.sample(WISHES, 2), closed_at=cast.NOON if number % 50 == 0 else None,
            )
        )  # fmt: skip
    PickupPoint.objects.bulk_create(rows, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("analyze svoi_pickuppoint")


def plan_of(found: Any) -> tuple[set[str], set[str]]:
    """The kinds of steps of the plan, and the indexes it reads."""
    told = json.loads(found.explain(format="json"))
    steps, waiting = [], [told[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        steps.append(step)
        waiting += step.get("Plans", [])
    return {step["Node Type"] for step in steps}, {step["Index Name"] for step in steps if "Index Name" in step}


def test_words_are_found_by_their_index(table: Community, crowd: None) -> None:
    found = _sought(table.pk, "садовая 777", [], None).order_by("city", "name", "id")[:20]
    kinds, indexes = plan_of(found)
    assert ("Seq Scan" in kinds, indexes) == (False, {"points_by_words"})
    assert sorted(int(one.code) for one in found) == [777, 1777, 2777, 3777, 4777]


@pytest.mark.parametrize("wishes", [[], ["card"], ["open_now"]])
def test_the_first_points_are_read_in_order(table: Community, crowd: None, wishes: list[str]) -> None:
    found = _sought(table.pk, "", wishes, SUNDAY).order_by("city", "name", "id")[:20]
    kinds, indexes = plan_of(found)
    assert ("Sort" in kinds, indexes) == (False, {"points_open"})


def test_the_map_bears_five_thousand_in_the_same_queries(table: Community, crowd: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        mapped = points_on_map(community_id=table.pk, text="", wishes=["open_now"], at=SUNDAY)
    working = PickupPoint.objects.filter(closed_at=None).exclude(hours__startswith="Mo-Fr").count()
    assert (len(mapped.rows), mapped.total, len(asked)) == (working, working, 3)
