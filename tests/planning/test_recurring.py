"""Days of a series and moments of a wall clock, across the changes of summer and winter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svoi.planning.rules.recurring import (
    Pattern,
    PatternEmpty,
    dates_of,
    days_from_mask,
    mask_of,
    moment_of,
    read_pattern,
    turn_of,
)

# A busy machine is slow, and says nothing about the rule.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FRIDAYS = Pattern(weekdays=frozenset({4}), starts_on=date(2026, 3, 1))


def test_berlin_keeps_its_clock_when_summer_begins_and_ends():
    spring = [moment_of(day, time(19), "Europe/Berlin").hour for day in (date(2026, 3, 27), date(2026, 4, 3))]
    autumn = [moment_of(day, time(19), "Europe/Berlin").hour for day in (date(2026, 10, 23), date(2026, 10, 30))]
    assert (spring, autumn) == ([18, 17], [17, 18])


def test_moscow_has_no_summer_time_now_and_had_it_once():
    assert {moment_of(date(2026, month, 27), time(19), "Europe/Moscow").hour for month in range(1, 13)} == {16}
    assert [moment_of(date(2010, month, 1), time(19), "Europe/Moscow").hour for month in (1, 7)] == [16, 15]


def test_an_hour_that_is_skipped_comes_later_and_one_shown_twice_comes_first():
    assert moment_of(date(2026, 3, 29), time(2, 30), "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), time(2, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_dates_stay_within_the_pattern_and_within_what_is_asked():
    month = dates_of(FRIDAYS, first=date(2026, 2, 1), last=date(2026, 3, 20))
    assert month == [date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 20)]
    short = Pattern(weekdays=frozenset({4}), starts_on=date(2026, 3, 1), until=date(2026, 3, 12))
    assert dates_of(short, first=date(2026, 3, 1), last=date(2026, 12, 31)) == [date(2026, 3, 6)]
    assert dates_of(short, first=date(2026, 4, 1), last=date(2026, 4, 30)) == []


def test_hosts_take_turns_from_the_first_date_on():
    daily = Pattern(weekdays=frozenset(range(7)), starts_on=date(2026, 3, 1))
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(5)]
    assert [turn_of(daily, day, hosts=3) for day in days] == [0, 1, 2, 0, 1]


@pytest.mark.parametrize(
    "told",
    [
        {"weekdays": []},
        {"weekdays": [7]},
        {"weekdays": [-1]},
        {"hosts": 0},
        {"until": date(2026, 2, 28)},
    ],
)
def test_a_pattern_that_names_no_day_is_refused(told):
    fields = {"weekdays": [4], "starts_on": date(2026, 3, 1), "until": None, "hosts": 1, **told}
    with pytest.raises(PatternEmpty):
        read_pattern(**fields)


@patient
@given(st.sets(st.integers(0, 6)))
def test_days_of_the_week_are_kept_as_bits(days: set[int]):
    assert days_from_mask(mask_of(days)) == days


@patient
@given(
    st.dates(date(2010, 1, 1), date(2035, 12, 31)),
    st.times(),
    st.sampled_from(["Europe/Moscow", "Europe/Berlin", "Asia/Vladivostok", "America/New_York", "Australia/Lord_Howe"]),
)
def test_the_clock_in_the_studio_shows_the_time_of_the_series(day: date, clock: time, zone: str):
    moment = moment_of(day, clock, zone)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    gap = shown - datetime.combine(day, clock)
    assert timedelta() <= gap <= timedelta(hours=1)
    assert (
        gap == timedelta()
        or moment.astimezone(ZoneInfo(zone)).utcoffset()
        != datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).utcoffset()
    )
