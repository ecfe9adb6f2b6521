"""Hours as they are really written, and moments by a point's own clock: across midnight, over weekends."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from svoi.pickup.rules.hours import DAY_MINUTES, is_open, is_whole_day, week_of

# 2026-11-23 is a Monday.
DAYS = {name: 23 + place for place, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))}


def local(moment: str) -> datetime:
    """`Sa 09:30` as a moment of that week."""
    day, clock = moment.split()
    hour, minute = clock.split(":")
    return datetime(2026, 11, DAYS[day], int(hour), int(minute), tzinfo=UTC)


def daily(since: int, until: int, days: range = range(7)) -> tuple[tuple[int, int], ...]:
    return tuple((day * DAY_MINUTES + since * 60, day * DAY_MINUTES + until * 60) for day in days)


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        ("Mo-Su 09:00-21:00", daily(9, 21)),
        ("Mo-Fr 09:00-21:00; Sa-Su 10:00-20:00", daily(9, 21, range(5)) + daily(10, 20, range(5, 7))),
        ("Mo-Sa 10:00-21:00; Su off", daily(10, 21, range(6))),
        ("Mo-Su 10:00-21:00; Su off", daily(10, 21, range(6))),
        ("Пн-Пт 9:00–21:00, Сб 10:00 - 16:00", daily(9, 21, range(5)) + daily(10, 16, range(5, 6))),
        ("Sa,Su 10:00-12:00", daily(10, 12, range(5, 7))),
        ("Mo 09:00-13:00,14:00-18:00", daily(9, 13, range(1)) + daily(14, 18, range(1))),
        ("Ежедневно 10:00-20:00", daily(10, 20)),
        ("10:00-20:00", daily(10, 20)),
        ("пн: 10:00-20:00", daily(10, 20, range(1))),
        ("Mo 22:00-06:00", ((22 * 60, 30 * 60),)),
        ("Su off", ()),
        ("24/7", daily(0, 24)),
        ("Круглосуточно", daily(0, 24)),
        ("Mo-Su 00:00-24:00", daily(0, 24)),
        ("Mo-Su 00:00-23:59", daily(0, 24)),
        ("Mo-Su 00:00-00:00", daily(0, 24)),
    ],
)
def test_hours_are_read(hours: str, week: tuple[tuple[int, int], ...]) -> None:
    assert week_of(hours) == week


@pytest.mark.parametrize(
    "hours",
    [
        "",
        " ; ",
        "как повезёт",
        "Mo",
        "Mo-Fr",
        "Mo-Fr 09:00-20:00; PH off",
        "Mo-Fr 09:00-20:00 кроме праздников",
        "24:30-25:00",
        "Mo 09:00-24:01",
        "Mo 9-20",
        "Mo 09:60-20:00",
        "Monday 09:00-20:00",
        "Mo-Fr 09:00-210:00",
        "\0",
        "Mo 09:00-",
        "-" * 120,
    ],
)
def test_what_cannot_be_read_is_never_called_open(hours: str) -> None:
    assert week_of(hours) is None
    assert [day for day in DAYS if is_open(hours, local=local(f"{day} 12:00"))] == []
    assert is_whole_day(hours) is False


@pytest.mark.parametrize(
    ("hours", "opened", "shut"),
    [
        ("Mo-Fr 09:00-20:00", ("Mo 09:00", "Fr 19:59"), ("Mo 08:59", "Fr 20:00", "Sa 12:00", "Su 12:00")),
        ("Mo-Fr 09:00-20:00; Sa-Su 11:00-15:00", ("Sa 11:00", "Su 14:59"), ("Sa 10:59", "Su 15:00")),
        ("Fr-Sa 22:00-06:00", ("Fr 22:00", "Sa 05:59", "Su 05:59"), ("Fr 05:00", "Sa 06:00", "Su 22:30")),
        ("Su 22:00-06:00", ("Su 23:59", "Mo 00:00", "Mo 05:59"), ("Su 05:59", "Mo 06:00", "Mo 22:00")),
        ("Fr-Mo 10:00-11:00", ("Fr 10:00", "Sa 10:30", "Su 10:59", "Mo 10:00"), ("Tu 10:00", "Th 10:30")),
        ("Mo 09:00-13:00,14:00-18:00", ("Mo 12:59", "Mo 14:00"), ("Mo 13:00", "Mo 13:59")),
        ("24/7", ("Mo 00:00", "Th 12:00", "Su 23:59"), ()),
        ("Su off", (), ("Su 12:00", "Mo 12:00")),
    ],
)
def test_a_moment_is_within_or_without(hours: str, opened: tuple[str, ...], shut: tuple[str, ...]) -> None:
    said = {moment: is_open(hours, local=local(moment)) for moment in (*opened, *shut)}
    assert said == dict.fromkeys(opened, True) | dict.fromkeys(shut, False)


def test_the_clock_on_the_points_wall_decides() -> None:
    """At 15:30 UTC on a Sunday it is 20:30 in Yekaterinburg and 18:30 in Moscow."""
    at = datetime(2026, 11, 29, 15, 30, tzinfo=UTC)
    zones = ("Asia/Yekaterinburg", "Europe/Moscow", "Asia/Kamchatka")
    assert {zone: is_open("Su 10:00-20:00", local=at.astimezone(ZoneInfo(zone))) for zone in zones} == {
        "Asia/Yekaterinburg": False,
        "Europe/Moscow": True,
        "Asia/Kamchatka": False,  # there it is Monday already
    }


@pytest.mark.parametrize(
    ("hours", "whole"),
    [
        ("24/7", True),
        ("Mo-Su 00:00-24:00", True),
        ("Mo-Fr 00:00-24:00; Sa-Su 00:00-23:59", True),
        ("Mo-Sa 00:00-24:00", False),
        ("Mo-Su 00:00-23:00", False),
        ("Mo-Su 10:00-10:00", False),
        ("24/7; Su off", False),
    ],
)
def test_day_and_night(hours: str, whole: bool) -> None:
    assert is_whole_day(hours) is whole
