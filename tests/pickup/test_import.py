"""A carrier's full list: new points open, missing ones close, returning ones reopen, the same list changes nothing."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from svoi.communities.models import Community
from svoi.jobs.management.commands import _words
from svoi.pickup.actions import PointsImported, import_points
from svoi.pickup.models import PickupPoint
from svoi.pickup.queries import search_points
from svoi.pickup.rules.points import PointsRefused
from tests import cast

LATER = cast.NOON + timedelta(days=1)
DEMO = Path(__file__).resolve().parents[2] / "svoi" / "jobs" / "demo" / "points.json"


def row(code: str = "MSK1", **fields: Any) -> dict[str, Any]:
    """A point as carriers list it."""
    return {
        "code": code,
        "name_ru": "Точка на Лесной",
        "name_en": "Lesnaya point",
        "city_ru": "Москва",
        "city_en": "Moscow",
        "address_ru": "Лесная ул., 20",
        "address_en": "20 Lesnaya St",
        "metro_ru": "Белорусская",
        "metro_en": "Belorusskaya",
        "hours": "Mo-Su 09:00-21:00",
        "lat": 55.78,
        "lon": 37.59,
        "features": ["card"],
        "storage_days": 5,
    } | fields


def take_in(place: Community, *rows: Any, at: Any = cast.NOON) -> PointsImported:
    return import_points(community_id=place.pk, rows=list(rows), at=at)


def versions() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("select ctid::text, xmin::text, p::text from svoi_pickuppoint p order by id")
        return cursor.fetchall()


def test_a_point_is_taken_whole(table: Community) -> None:
    assert take_in(table, row()) == PointsImported(points=1, created=1, changed=0, closed=0, reopened=0)
    point = PickupPoint.objects.get()
    assert {name: getattr(point, name) for name in ("code", "name", "city", "address_en", "metro", "hours")} == {
        "code": "MSK1",
        "name": "Точка на Лесной",
        "city": "Москва",
        "address_en": "20 Lesnaya St",
        "metro": "Белорусская",
        "hours": "Mo-Su 09:00-21:00",
    }
    assert (point.latitude, point.longitude, point.features, point.storage_days) == (55.78, 37.59, ["card"], 5)
    assert point.time_zone == ""
    take_in(table, row(time_zone="Asia/Yekaterinburg"), at=LATER)
    assert PickupPoint.objects.get().time_zone == "Asia/Yekaterinburg"


def test_the_least_a_point_says(table: Community) -> None:
    take_in(table, {"code": "A", "name": "Точка", "city": "Орёл", "address": "Ленина, 1", "metro": "Нет"})
    point = PickupPoint.objects.get()
    assert (point.city, point.metro, point.features, point.storage_days, point.latitude) == ("Орёл", "Нет", [], 7, None)


def test_the_same_list_changes_nothing(table: Community) -> None:
    take_in(table, row("A"), row("B"))
    before = versions()
    assert take_in(table, row("A"), row("B"), at=LATER) == PointsImported(2, 0, 0, 0, 0)
    assert versions() == before


def test_missing_points_close_and_reopen(table: Community, cellar: Community) -> None:
    take_in(cellar, row("B"))
    take_in(table, row("A"), row("B"))

    assert take_in(table, row("A", hours="24/7"), at=LATER) == PointsImported(1, 0, 1, 1, 0)
    assert PickupPoint.objects.get(community=table, code="B").closed_at == LATER
    assert [point.code for point in search_points(community_id=table.pk, text="")] == ["A"]
    assert take_in(table, row("A", hours="24/7"), at=LATER) == PointsImported(1, 0, 0, 0, 0)

    assert take_in(table, row("A", hours="24/7"), row("B"), at=LATER) == PointsImported(2, 0, 0, 0, 1)
    assert PickupPoint.objects.filter(closed_at=None).count() == 3


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        ([], {"reason": "empty"}),
        ("text", {"reason": "not_a_list"}),
        ({"code": "A"}, {"reason": "not_a_list"}),
        (7, {"reason": "not_a_list"}),
        ([row(), "text"], {"reason": "not_a_list"}),
        ([row(), row("")], {"reason": "no_code", "place": 2}),
        ([row(), row("x" * 41)], {"reason": "no_code", "place": 2}),
        ([row(code=7)], {"reason": "no_code", "place": 1}),
        ([row(), row()], {"reason": "duplicate_code", "point": "MSK1"}),
        ([row(city_ru=" ")], {"reason": "missing", "point": "MSK1", "field": "city_ru"}),
        ([row(name_en="x" * 121)], {"reason": "too_long", "point": "MSK1", "field": "name_en"}),
        ([row(lat=91)], {"reason": "bad_value", "point": "MSK1", "field": "lat"}),
        ([row(lon="37")], {"reason": "bad_value", "point": "MSK1", "field": "lon"}),
        ([row(lat=float("nan"))], {"reason": "bad_value", "point": "MSK1", "field": "lat"}),
        ([row(features="card")], {"reason": "bad_value", "point": "MSK1", "field": "features"}),
        ([row(features=[1])], {"reason": "bad_value", "point": "MSK1", "field": "features"}),
        ([row(storage_days=0)], {"reason": "bad_value", "point": "MSK1", "field": "storage_days"}),
        ([row(time_zone="Europe/Nowhere")], {"reason": "bad_value", "point": "MSK1", "field": "time_zone"}),
        ([row(time_zone="../../etc/passwd")], {"reason": "bad_value", "point": "MSK1", "field": "time_zone"}),
        ([row(time_zone=5)], {"reason": "bad_value", "point": "MSK1", "field": "time_zone"}),
        ([row(storage_days=True)], {"reason": "bad_value", "point": "MSK1", "field": "storage_days"}),
    ],
)
def test_an_unsound_list_changes_nothing(table: Community, rows: Any, facts: dict[str, Any]) -> None:
    take_in(table, row("OLD"))
    before = versions()

    with pytest.raises(PointsRefused) as caught, transaction.atomic():
        import_points(community_id=table.pk, rows=rows, at=LATER)

    assert caught.value.facts == facts
    assert versions() == before
    assert _words.Words("en").points_refused(facts).startswith("The list of points was not taken: ")


def test_the_command(table: Community, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_points", str(DEMO), language="en")
    assert capsys.readouterr().out == "14 points: 14 new, 0 changed, 0 closed, 0 reopened.\n"

    class Piped:
        buffer = io.BytesIO(json.dumps([row()]).encode())

    monkeypatch.setattr("sys.stdin", Piped)
    call_command("import_points", "-", language="ru")
    assert capsys.readouterr().out == "Точек: 1. Новых: 1, изменено: 0, закрыто: 14, снова открыто: 0.\n"


@pytest.mark.parametrize("content", ["{", "[" * 100_000, '"text"'])
def test_what_is_no_list_is_one_sentence(table: Community, tmp_path: Path, content: str) -> None:
    (tmp_path / "points.json").write_text(content)
    with pytest.raises(CommandError) as caught:
        call_command("import_points", str(tmp_path / "points.json"), language="en")
    sentence = "The list of points was not taken: it is not a JSON list of objects. Nothing was changed."
    assert str(caught.value) == sentence


TABLE = """code;name_ru;city_ru;address_ru;metro_ru;hours;lat;lon;features;storage_days;time_zone
A1;Точка;Омск;"Лесная, 1; вход со двора";Сокол;Mo-Fr 09:00-20:00;55,78;37.59;card fitting_room;5;Asia/Omsk

B2;Вторая;Казань;Баумана, 3;;;;;;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251"])
@pytest.mark.parametrize("mark", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_taken_as_a_list_is(table: Community, tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    text = TABLE.replace('"Лесная, 1; вход со двора"', "Лесная, 1") if mark == "\t" else TABLE
    (tmp_path / "points.csv").write_bytes(text.replace(";", mark).replace("\n", end).encode(encoding))
    call_command("import_points", str(tmp_path / "points.csv"), language="en")
    first, second = PickupPoint.objects.order_by("code")
    assert (first.code, first.city, first.latitude, first.longitude) == ("A1", "Омск", 55.78, 37.59)
    assert (first.features, first.storage_days, first.metro) == (["card", "fitting_room"], 5, "Сокол")
    assert (second.code, second.latitude, second.features, second.storage_days) == ("B2", None, [], 7)
    assert (first.time_zone, second.time_zone) == ("Asia/Omsk", "")
    at = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 10:00 on a Monday in Omsk, 07:00 in Moscow
    assert search_points(community_id=table.pk, text="", wishes=["open_now", "fitting_room"], at=at) == [first]
    assert first.address == ("Лесная, 1" if mark == "\t" else "Лесная, 1; вход со двора")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not a table"),
        (b"code;name_ru\n", "it is empty"),
        (b"name;city\nA;B\n", "it is not a table"),
        (b"\x98\xff\x98", "it is not a table"),
        (b"code;name_ru;city_ru;address_ru;lat\nA;B;C;D;x\n", "lat of point A makes no sense"),
        (b"code;name_ru;city_ru;address_ru;storage_days\nA;B;C;D;1e9\n", "storage_days of point A makes no sense"),
        (b"code;name_ru;city_ru\nA;B;C\n", "point A has no address_ru"),
        (b"code;name_ru;city_ru;address_ru;lat\nA;B;C;D;nan\n", "lat of point A makes no sense"),
        (b'code;name_ru\n"A;B', "point A;B has no name_ru"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_broken_table_changes_nothing(table: Community, tmp_path: Path, content: bytes, why: str) -> None:
    take_in(table, row("OLD"))
    (tmp_path / "points.csv").write_bytes(content)
    with pytest.raises(CommandError, match=why):
        call_command("import_points", str(tmp_path / "points.csv"), language="en")
    assert PickupPoint.objects.get().closed_at is None


def test_a_list_cannot_take_the_points_of_another(table: Community) -> None:
    take_in(table, row("A"))
    with pytest.raises(PointsRefused) as caught, transaction.atomic():
        import_points(community_id=table.pk, rows=[row("A")], carrier="cdek", carrier_city="44", at=LATER)
    assert caught.value.facts == {"reason": "code_of_another", "point": "A"}
    import_points(community_id=table.pk, rows=[row("cdek-1")], carrier="cdek", carrier_city="44", at=LATER)
    assert take_in(table, row("A"), at=LATER) == PointsImported(1, 0, 0, 0, 0)
