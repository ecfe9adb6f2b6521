"""The trend as the console draws it: lines, marks, standing in words, and the same in rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from svoi.control.rules.trend import METRICS
from svoi.shows.models import Break, Show, WatchSample
from svoi.studio.control.trend_drawing import HIGH, WIDE, path_of
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def sampled(show: Show, minutes: int, viewers: int) -> None:
    """The room as it was sampled, so many viewers all the time."""
    WatchSample.objects.bulk_create(
        WatchSample(show=show, at=show.went_live_at + timedelta(seconds=10 * n), raw=viewers, counted=viewers)
        for n in range(6 * minutes)
    )


def earlier(table, anna, *viewers: int) -> None:
    for days, count in enumerate(viewers, 1):
        began = timezone.now() - timedelta(days=days)
        over = began + timedelta(hours=1)
        show = Show.objects.create(
            community=table, title_ru="Был", host=anna, starts_at=began, went_live_at=began, ended_at=over
        )
        sampled(show, 60, count)


def asked(anna, show: Show, part: str = "trend") -> str:
    answer = signed(anna).get(f"/studio/shows/{show.pk}/{part}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_show_far_below_usual_is_red_in_words_and_once(anna, table, show):
    earlier(table, anna, 90, 100, 110, 120, 130)
    sampled(show, 41, 60)
    Break.objects.create(show=show, began_at=show.went_live_at + timedelta(minutes=5))
    page = asked(anna, show)
    assert page.count("data-worst") == 2  # its tile and its line
    assert re.findall(r'data-verdict="(\w+)"', page) == ["worse", "usual", "usual", "unmeasured", "unmeasured"]
    assert '<p class="unseen" role="status">Зрители: намного ниже обычного: 110</p>' in page
    assert re.findall(r'trend-line" data-metric="(\w+)"', page) == list(METRICS)
    assert re.findall(r'trend-mark" data-kind="(\w+)"', page) == ["pin", "break"]
    rows = asked(anna, show, "trend/table")
    assert re.search(
        r'<th scope="row" class="number">40</th><td class="number">60 <span class="quiet">/ 110</span>', rows
    )


def test_four_shows_are_too_few_and_said_to_be(anna, table, show):
    earlier(table, anna, 90, 100, 110, 120)
    sampled(show, 41, 1)
    page = asked(anna, show)
    assert ("data-worst" in page, "мало эфиров для сравнения: 4 из 5" in page) == (False, True)


def test_before_the_show_nothing_is_drawn(anna, table):
    coming = Show.objects.create(community=table, title_ru="Будет", host=anna, starts_at=timezone.now())
    page = asked(anna, coming)
    assert ("trend-drawing" in page, "Динамика начнётся вместе с эфиром." in page) == (False, True)


def test_a_line_breaks_where_nothing_was_measured():
    assert path_of((10.0, None, 5.0, 0.0), 10.0) == f"M{WIDE // 4} 0M{WIDE * 3 // 4} {HIGH // 2}L{WIDE} {HIGH}"
    assert path_of((), 0.0) == ""
