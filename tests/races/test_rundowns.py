"""Several people at one plan: no segment is lost or doubled, no version is given twice, no word is written over."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from svoi.rundowns.actions import add_evidence, add_segment, edit_segment, follow_plan, move_segment
from svoi.rundowns.models import Rundown, RundownChange, Segment
from tests import cast
from tests.cast import NOON
from tests.races.at_once import THREADS, at_once
from tests.rundowns.desk import about, coming_show, order, plan, seen, version, words, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rundown(table, anna):
    return plan(coming_show(table, anna), anna)


def test_of_many_who_reorder_at_once_one_wins_and_nothing_is_lost(rundown, anna):
    rows = [written(rundown, anna, title_ru=str(number)).pk for number in range(THREADS)]
    for _ in range(4):
        saw = version(rundown)
        before = order(rundown)

        def verb(place: int) -> None:
            target = before[(place + 3) % THREADS]  # noqa: B023
            asked = {"rundown_id": rundown.pk, "seen": saw, "by": anna, "at": NOON}  # noqa: B023
            move_segment(**asked, segment_id=before[place], before=target)  # noqa: B023

        assert Counter(at_once(verb)) == {"done": 1, "rundown_stale": THREADS - 1}
        assert (sorted(order(rundown)), version(rundown)) == (sorted(rows), saw + 1)
    positions = list(Segment.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(THREADS))


def test_of_many_who_write_one_segment_one_wins(rundown, anna):
    segment = written(rundown, anna)
    saw = version(rundown)

    def verb(place: int) -> None:
        asked = {"rundown_id": rundown.pk, "segment_id": segment.pk, "seen": saw, "by": anna, "at": NOON}
        edit_segment(**asked, wording=words(title_ru=f"Слово {place}"))

    assert Counter(at_once(verb)) == {"done": 1, "rundown_stale": THREADS - 1}


def test_many_add_at_once_and_all_are_there(rundown, anna):
    def verb(place: int) -> None:
        add_segment(rundown_id=rundown.pk, wording=words(title_ru=str(place)), by=anna, at=NOON)

    assert at_once(verb) == ["done"] * THREADS
    versions = list(RundownChange.objects.order_by("version").values_list("version", flat=True))
    assert (len(order(rundown)), versions) == (THREADS, list(range(1, THREADS + 2)))


def test_a_series_follows_once_however_often_it_is_told(rundown, table, anna):
    written(rundown, anna)
    show = coming_show(table, anna)
    told: list[bool] = []
    at_once(lambda place: told.append(follow_plan(show_id=show.pk, from_show_id=rundown.show_id, at=NOON)))
    assert (sum(told), Segment.objects.filter(rundown__show=show).count()) == (1, 1)


def test_evidence_for_two_plans_at_once_does_not_wait_in_a_circle(rundown, table, anna):
    mug = cast.product(table)
    segment, claim = about(rundown, anna, mug)
    other = plan(coming_show(table, anna), anna)
    about(other, anna, mug)

    def verb(place: int) -> None:
        add_evidence(
            rundown_id=(rundown, other)[place % 2].pk,
            claim_id=claim.pk,
            kind="document",
            reference=str(place),
            says="x",
            valid_until=None,
            by=anna,
            at=NOON,
        )

    assert at_once(verb) == ["done"] * THREADS
    assert len(seen(segment).claims[0].evidence) == THREADS + 2
    with connection.cursor() as cursor:
        cursor.execute("select count(*), count(distinct (rundown_id, version)) from svoi_rundownchange")
        assert len(set(cursor.fetchone())) == 1
    assert Rundown.objects.count() == 2
