"""Cues: what runs, what comes next, how late; each follows the one somebody saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.control.actions.cueing import cue_segment
from svoi.control.models import Cue
from svoi.control.queries import cues_of, standing_of
from svoi.control.rules.cues import Around, CueMoved, NothingPlanned, around
from svoi.rundowns.actions import remove_segment
from svoi.rundowns.rules import SegmentUnknown
from svoi.shows.rules.airing import ShowEnded, ShowNotLive
from tests import cast
from tests.cast import NOON, recorded
from tests.control.room import refused
from tests.rundowns.desk import coming_show, plan, version, written


def minutes(count: float):
    return NOON + timedelta(minutes=count)


def cue(show, segment, by, *, seen=None, at=NOON) -> Cue:
    return cue_segment(show_id=show.pk, segment_id=segment.pk, seen=seen.pk if seen else None, by=by, at=at)


def test_a_cue_is_a_row_and_a_fact(show, anna, segments):
    first = cue(show, segments[0], anna)
    second = cue(show, segments[1], anna, seen=first, at=minutes(6))
    assert list(Cue.objects.order_by("pk").values_list("segment_id", "after_id", "by_id", "at")) == [
        (segments[0].pk, None, anna.pk, NOON),
        (segments[1].pk, first.pk, anna.pk, minutes(6)),
    ]
    assert recorded("segment_cued")[1][1] == {
        "show_id": show.pk, "by_id": anna.pk, "cue_id": second.pk, "segment_id": segments[1].pk,
    }  # fmt: skip
    assert [(one.title_ru, one.by_name, one.at) for one in cues_of(show_id=show.pk)] == [
        ("Привет", "Anna", NOON), ("Кружка", "Anna", minutes(6)),
    ]  # fmt: skip


def test_before_the_first_cue_the_first_segment_is_next_and_the_show_is_late_by_the_clock(show, segments):
    stands = standing_of(show_id=show.pk, at=minutes(2))
    assert (stands.current, stands.next.id, stands.back, stands.seen) == (None, segments[0].pk, None, None)
    assert (stands.drift.seconds, stands.late) == (120, "late")


def test_what_runs_what_is_next_and_how_late(show, anna, segments):
    first = cue(show, segments[0], anna)
    cue(show, segments[1], anna, seen=first, at=minutes(7))
    stands = standing_of(show_id=show.pk, at=minutes(8))
    assert (stands.current.id, stands.next.id, stands.back.id) == tuple(
        one.pk for one in (segments[1], segments[2], segments[0])
    )
    assert (stands.left_s, stands.ends_at, stands.drift.seconds, stands.late) == (240, minutes(12), 120, "late")
    assert standing_of(show_id=show.pk, at=minutes(13)).left_s == -60


@pytest.mark.parametrize(
    ("began", "late"), [(-60, "early"), (-29, "on_time"), (0, "on_time"), (29, "on_time"), (31, "late")]
)
def test_half_a_minute_is_on_time(show, anna, segments, began, late):
    cue(show, segments[0], anna, at=NOON + timedelta(seconds=began))
    assert standing_of(show_id=show.pk, at=NOON + timedelta(seconds=max(began, 0))).late == late


def test_back_is_another_cue(show, anna, segments):
    first = cue(show, segments[0], anna)
    second = cue(show, segments[1], anna, seen=first, at=minutes(1))
    cue(show, segments[0], anna, seen=second, at=minutes(2))
    assert [one.segment_id for one in cues_of(show_id=show.pk)] == [segments[0].pk, segments[1].pk, segments[0].pk]
    assert standing_of(show_id=show.pk, at=minutes(2)).next.id == segments[1].pk


def test_a_cue_over_an_unseen_cue_is_refused_with_who_and_what(show, anna, producer, segments):
    first = cue(show, segments[0], anna)
    cue(show, segments[1], anna, seen=first, at=minutes(1))
    for seen in (None, first):
        with refused(CueMoved) as told:
            cue(show, segments[2], producer, seen=seen, at=minutes(2))
        assert told.value.facts == {"who": "Anna", "title": "Кружка"}
    assert (Cue.objects.count(), len(recorded("segment_cued"))) == (2, 2)


def test_a_segment_taken_out_while_it_runs_still_has_a_next(show, anna, segments):
    first = cue(show, segments[0], anna)
    cue(show, segments[1], anna, seen=first, at=minutes(5))
    rundown = segments[1].rundown
    remove_segment(rundown_id=rundown.pk, segment_id=segments[1].pk, seen=version(rundown), by=anna, at=minutes(6))
    stands = standing_of(show_id=show.pk, at=minutes(7))
    assert (stands.current, stands.running.title_ru, stands.next.id) == (None, "Кружка", segments[2].pk)


def test_what_cannot_be_cued(show, table, anna, segments):
    strange = written(plan(coming_show(table, anna), anna), anna)
    with refused(SegmentUnknown):
        cue(show, strange, anna)
    planless = cast.live_show(table, anna)
    with refused(NothingPlanned):
        cue(planless, segments[0], anna)
    with refused(ShowNotLive):
        cue(coming_show(table, anna), segments[0], anna)
    show.ended_at = minutes(9)
    show.save()
    with refused(ShowEnded):
        cue(show, segments[0], anna)
    assert (Cue.objects.count(), recorded("segment_cued")) == (0, [])


def test_the_database_keeps_cues_in_one_line(show, anna, segments):
    first = cue(show, segments[0], anna)
    for after in (None, first):
        Cue.objects.filter(after=first).exists() or after is None or cue(show, segments[1], anna, seen=first)
        with refused(IntegrityError):
            Cue.objects.create(show=show, segment=segments[2], after=after, by=anna, at=NOON)
    with refused(DatabaseError):
        Cue.objects.filter(pk=first.pk).update(at=minutes(1))
    with refused(DatabaseError):
        first.delete()


def test_cues_are_read_in_one_query_however_many(show, anna, segments):
    last = None
    for place, segment in enumerate((*segments, segments[0])):
        last = cue(show, segment, anna, seen=last, at=minutes(place))
        with CaptureQueriesContext(connection) as told:
            assert len(cues_of(show_id=show.pk)) == place + 1
        assert len(told) == 1


@given(order=st.lists(st.integers(1, 9), unique=True, max_size=6), cued=st.lists(st.integers(1, 9), max_size=6))
def test_next_and_back_stand_beside_what_was_cued(order: list[int], cued: list[int]):
    places = around(order, cued)
    assert places.current == (cued[-1] if cued else None)
    assert places.next is None or places.next in order
    assert places.back is None or places.back in order
    if places.current in order and places.next is not None:
        assert order.index(places.next) == order.index(places.current) + 1
    if not cued:
        assert places == Around(None, order[0] if order else None, None)
