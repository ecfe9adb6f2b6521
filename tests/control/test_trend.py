"""The trend of a show beside what the room is used to: its rules, and what is read of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.control.models import Incident
from svoi.control.queries.trend import live_trend, minutes_of
from svoi.control.rules.trend import METRICS, SHOWS_MIN, WINDOW_MIN, WORSE_FROM, Minute, curves_of, trend_of
from svoi.shows.models import Break, MessageHiding, Pin, Show, WatchBeat, WatchSample
from tests import cast
from tests.cast import NOON
from tests.studio.stage import said
from tests.studio.test_chat import bought

MINUTE = timedelta(minutes=1)
count = st.integers(0, 500)
minute = st.builds(
    Minute,
    viewers=st.none() | st.floats(0, 10_000),
    arrived=count,
    messages=count,
    orders=count,
    buyers=count,
    paid_minor=st.integers(0, 10_000_000),
)
show_minutes = st.lists(minute, max_size=25)


def steady(viewers: float, length: int = 10, **fields: int) -> list[Minute]:
    return [Minute(viewers=viewers, **fields)] * length


@given(show_minutes)
def test_curves_end_where_the_sums_do(minutes: list[Minute]):
    curves = curves_of(minutes)
    assert {len(curve) for curve in curves.values()} == {len(minutes)}
    if not minutes:
        return
    people = sum(one.arrived for one in minutes)
    whole = {"conversion": sum(one.buyers for one in minutes), "gpm_minor": 1000 * sum(m.paid_minor for m in minutes)}
    for name, part in whole.items():
        assert curves[name][-1] == (pytest.approx(part / people) if people else None)
    last = minutes[-WINDOW_MIN:]
    assert curves["orders"][-1] == pytest.approx(sum(one.orders for one in last) / len(last))


@given(show_minutes, show_minutes)
def test_what_comes_later_changes_no_earlier_minute(first: list[Minute], rest: list[Minute]):
    before, after = curves_of(first), curves_of(first + rest)
    assert {name: after[name][: len(first)] for name in METRICS} == before


@given(show_minutes, st.lists(show_minutes, max_size=8))
def test_only_the_worst_is_named_and_only_where_enough_shows_tell(own: list[Minute], before: list[list[Minute]]):
    told = trend_of(own, before)
    assert [one.name for one in told.now] == list(METRICS)
    for one in told.now:
        if one.verdict in ("usual", "better", "worse"):
            assert one.shows >= SHOWS_MIN
            assert (one.score <= -WORSE_FROM) == (one.verdict == "worse")
        else:
            assert one.score is None
    worse = {one.name: one.score for one in told.now if one.verdict == "worse"}
    assert (told.worst is None) == (not worse)
    assert told.worst is None or worse[told.worst] == min(worse.values())


@given(st.lists(st.floats(1, 1000), min_size=SHOWS_MIN, max_size=12), st.permutations(range(12)))
def test_the_order_of_earlier_shows_says_nothing(viewers: list[float], order: list[int]):
    own = steady(3.0)
    shuffled = [viewers[n] for n in order if n < len(viewers)]
    first, second = (trend_of(own, [steady(one) for one in some]) for some in (viewers, shuffled))
    assert first.now == second.now
    assert first.usual["viewers"][-1] == pytest.approx(median(viewers))


def test_a_show_that_fell_behind_by_hand():
    before = [steady(one) for one in (90.0, 100.0, 110.0, 120.0, 130.0)]
    told = trend_of(steady(60.0), before)
    viewers = told.now[0]
    assert (viewers.usual, viewers.shows, viewers.verdict, told.worst) == (110.0, 5, "worse", "viewers")
    assert viewers.score == pytest.approx(-50 * 0.6745 / 10)


def test_too_few_too_early_and_not_measured_are_said():
    before = [steady(100.0)] * 4
    assert next(one.verdict for one in trend_of(steady(1.0), before).now) == "few"
    assert [one.verdict for one in trend_of(steady(1.0, 4), before * 2).now] == ["early"] * 5
    unseen = trend_of([Minute()] * 10, before * 2)
    assert (unseen.now[0].verdict, unseen.worst) == ("unmeasured", None)
    short = [steady(100.0, 9)] * 4 + [steady(100.0, 10)] * 4
    assert trend_of(steady(1.0, 10), short).now[0].verdict == "few"


# --- What is read -----------------------------------------------------------------------------------------------------


def beat(show: Show, viewer: str, at: datetime, *, counted: bool = True) -> None:
    WatchBeat.objects.create(show=show, viewer=viewer, at=at, playing=True, visible=True, counted=counted)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def live(table, anna, mug) -> Show:
    return cast.live_show(table, anna, mug)


@pytest.mark.django_db
def test_minutes_are_read_from_what_is_on_record(live, table, anna, vera, gleb, mug):
    for second, viewers in ((0, 10), (10, 20), (70, 4)):
        at = NOON + timedelta(seconds=second)
        WatchSample.objects.create(show=live, at=at, raw=50, counted=viewers)
    beat(live, "a", NOON - MINUTE)  # waited at the door
    beat(live, "a", NOON + MINUTE)
    beat(live, "b", NOON + MINUTE, counted=False)
    beat(live, "b", NOON + 2 * MINUTE)
    for number, text in enumerate(("раз", "два", "три"), 1):
        message = said(live, vera, text, seq=number, minute=number)
    MessageHiding.objects.create(message=message, hidden_by=anna, hidden_at=NOON + 5 * MINUTE)
    bought(live, vera, mug, minute=2)
    bought(live, vera, mug, minute=3)
    read = minutes_of([live], at=NOON + 4.5 * MINUTE)[live.pk]
    assert read == [
        Minute(viewers=pytest.approx(16.0), arrived=1),
        Minute(viewers=4.0, messages=1),
        Minute(arrived=1, messages=1, orders=1, buyers=1, paid_minor=mug.price_minor),
        Minute(orders=1, paid_minor=mug.price_minor),
    ]


@pytest.mark.django_db
def test_the_room_is_compared_with_itself_alone(live, table, cellar, anna, mug):
    def earlier(place, days: float, viewers: int) -> None:
        began = NOON - timedelta(days=days)
        show = Show.objects.create(
            community=place,
            title_ru="Был",
            host=anna,
            starts_at=began,
            went_live_at=began,
            ended_at=began + 20 * MINUTE,
        )
        for n in range(120):
            at = began + timedelta(seconds=10 * n)
            WatchSample.objects.create(show=show, at=at, raw=viewers, counted=viewers)

    for days, viewers in ((1, 50), (2, 60), (3, 70), (4, 80), (13, 90)):
        earlier(table, days, viewers)
    earlier(table, 15, 1)
    earlier(cellar, 1, 1)
    for n in range(60):
        WatchSample.objects.create(show=live, at=NOON + timedelta(seconds=10 * n), raw=9, counted=9)
    Incident.objects.create(show=live, kind="technical", note="Звук", by=anna, at=NOON + 3 * MINUTE, key=uuid4())
    Break.objects.create(show=live, began_at=NOON + 4 * MINUTE, ended_at=NOON + 5 * MINUTE)
    Pin.objects.update(pinned_at=NOON + MINUTE)
    with CaptureQueriesContext(
        connection,
    ) as first:
        told = live_trend(show=live, at=NOON + 10 * MINUTE)
    with CaptureQueriesContext(connection) as second:
        live_trend(show=live, at=NOON + 10.2 * MINUTE)
    assert (len(first), len(second)) == (4, 3)
    viewers = told.trend.now[0]
    assert (told.trend.minutes, viewers.value, viewers.usual, viewers.shows) == (10, 9.0, 70.0, 5)
    assert (viewers.verdict, told.trend.worst) == ("worse", "viewers")
    assert [(one.kind, one.about_ru) for one in told.marks] == [("pin", "Кружка"), ("incident", "Звук"), ("break", "")]


@pytest.mark.django_db
def test_before_the_show_there_is_nothing(table, anna):
    coming = Show.objects.create(community=table, title_ru="Будет", host=anna, starts_at=NOON)
    assert live_trend(show=coming, at=NOON).trend is None
