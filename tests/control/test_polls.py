"""Polls: written, set off, one final vote for each member, counted from rows; hostile hands change nothing."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.communities.rules import NotOneOfUs
from svoi.control.actions.polling import arm_poll, close_late_polls, close_poll, fire_poll, vote
from svoi.control.models import Poll, PollVote
from svoi.control.queries.polls import latest_poll, polls_told, shown_poll
from svoi.control.rules.polls import (
    OptionUnknown,
    PollMoved,
    PollNotOpen,
    PollUnderWay,
    PollUnfit,
    PollUnknown,
    VotedAlready,
    Wish,
    read_wish,
    tally,
)
from svoi.shows.models import WatchBeat, WatchSample
from svoi.shows.rules.airing import ShowEnded, ShowNotLive
from svoi.shows.rules.weighing import BITS
from tests import cast
from tests.cast import NOON, recorded
from tests.control.room import after, refused

WISH = Wish("Какой цвет?", "Which colour?", (("Синий", "Blue"), ("Белый", "White"), ("", "")), 60)


def armed(show, by, **changes) -> Poll:
    return arm_poll(**{"show_id": show.pk, "wish": WISH, "by": by, "key": uuid4(), "at": NOON, **changes})


def fired(show, by, **changes) -> Poll:
    return fire_poll(show_id=show.pk, poll_id=armed(show, by, **changes).pk, seen="armed", by=by, at=NOON)


def votes(poll: Poll, by, place: int = 0, at=NOON) -> PollVote:
    return vote(poll_id=poll.pk, place=place, by=by, at=at)


def member(table, name: str):
    return cast.joins(cast.member(name), table)


def test_a_poll_is_written_then_asked_then_closed(show, table, anna, vera):
    cast.joins(vera, table)
    poll = armed(show, anna)
    assert (poll.options, shown_poll(show_id=show.pk)) == ([["Синий", "Blue"], ["Белый", "White"]], None)
    poll = fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=after(5))
    facts = {
        "poll_id": poll.pk, "question_ru": "Какой цвет?", "question_en": "Which colour?",
        "options": [["Синий", "Blue"], ["Белый", "White"]], "closes_at": round(after(65).timestamp() * 1000),
    }  # fmt: skip
    assert shown_poll(show_id=show.pk) == {**facts, "results": None}
    votes(poll, vera, 1, at=after(6))
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=after(7))
    assert shown_poll(show_id=show.pk)["results"] == {"raw": [0, 1], "counted": [0, 1]}
    assert recorded() == [
        ("poll_armed", {"show_id": show.pk, "by_id": anna.pk, "poll_id": poll.pk}),
        ("poll_fired", {"show_id": show.pk, "by_id": anna.pk, **facts}),
        ("poll_closed", {"show_id": show.pk, "by_id": anna.pk, "poll_id": poll.pk, "raw": [0, 1], "counted": [0, 1]}),
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"question_ru": " "}, "question"),
        ({"question_ru": "я" * 141}, "question"),
        ({"options": (("Один", ""),)}, "options"),
        ({"options": (("Один", ""), ("один ", ""))}, "options"),
        ({"options": tuple((str(one), "") for one in range(6))}, "options"),
        ({"options": (("", "Blue"), ("Белый", ""))}, "options"),
        ({"options": (("я" * 61, ""), ("Белый", ""))}, "options"),
        ({"runs_s": 9}, "runs_s"),
        ({"runs_s": 601}, "runs_s"),
    ],
)
def test_polls_that_do_not_fit(show, anna, changes, name):
    with refused(PollUnfit) as told:
        armed(show, anna, wish=replace(WISH, **changes))
    assert (told.value.facts["name"], Poll.objects.count(), recorded()) == (name, 0, [])


def test_five_options_and_both_ends_of_time_fit():
    five = tuple((str(one), "") for one in range(5))
    assert [read_wish(replace(WISH, options=five, runs_s=length)).runs_s for length in (10, 600)] == [10, 600]


def test_one_poll_at_a_time_and_the_same_key_is_the_same_poll(show, anna):
    key = uuid4()
    first = armed(show, anna, key=key)
    assert armed(show, anna, key=key).pk == first.pk
    with refused(PollUnderWay):
        armed(show, anna)
    fire_poll(show_id=show.pk, poll_id=first.pk, seen="armed", by=anna, at=NOON)
    with refused(PollUnderWay):
        armed(show, anna, at=after(59))
    second = armed(show, anna, at=after(60))
    first.refresh_from_db()
    assert (first.closed_at, first.closed_by_id, second.closed_at) == (after(60), None, None)


def test_a_press_for_a_stage_that_passed_is_refused(show, anna, producer):
    poll = fired(show, anna)
    with refused(PollMoved) as told:
        fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=producer, at=after(1))
    assert told.value.facts == {"stage": "open"}
    with refused(PollMoved):
        close_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=producer, at=after(1))
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=producer, at=after(61))
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=after(62))
    poll.refresh_from_db()
    assert (poll.closed_by_id, poll.closed_at, len(recorded("poll_closed"))) == (producer.pk, after(61), 1)


def test_a_poll_that_was_only_written_closes_without_a_word(show, anna):
    poll = armed(show, anna)
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=after(1))
    assert ([kind for kind, _ in recorded()], shown_poll(show_id=show.pk)) == (["poll_armed"], None)


def test_a_vote_is_final_and_the_same_again_is_the_same(show, table, anna, vera):
    cast.joins(vera, table)
    poll = fired(show, anna)
    first = votes(poll, vera, 1)
    assert votes(poll, vera, 1, at=after(3)).pk == first.pk
    with refused(VotedAlready):
        votes(poll, vera, 0)
    assert list(PollVote.objects.values_list("member_id", "place", "voted_at")) == [(vera.pk, 1, NOON)]


def test_who_may_not_vote_and_for_what(show, table, anna, vera, dmitri):
    cast.joins(vera, table)
    poll = fired(show, anna)
    with refused(NotOneOfUs):
        votes(poll, dmitri)
    for place in (2, -1, 10**9):
        with refused(OptionUnknown):
            votes(poll, vera, place)
    for at in (after(60), after(10**6)):
        with refused(PollNotOpen):
            votes(poll, vera, at=at)
    with refused(PollUnknown):
        vote(poll_id=poll.pk + 1, place=0, by=vera, at=NOON)
    close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=after(2))
    with refused(PollNotOpen):
        votes(poll, vera, at=after(3))
    unasked = armed(show, anna, at=after(4))
    with refused(PollUnknown):
        votes(unasked, vera, at=after(5))
    assert PollVote.objects.count() == 0


def test_the_end_of_the_show_is_the_end_of_its_poll(show, table, anna, vera):
    cast.joins(vera, table)
    poll = fired(show, anna)
    votes(poll, vera)
    show.ended_at = after(5)
    show.save()
    with refused(PollNotOpen):
        votes(poll, anna, at=after(6))
    assert close_late_polls(at=after(7)) == 1
    assert shown_poll(show_id=show.pk)["results"] == {"raw": [1, 0], "counted": [1, 0]}
    with refused(ShowEnded):
        armed(show, anna, at=after(8))


def test_polls_are_for_shows_on_air(show, anna):
    show.went_live_at = None
    show.save()
    with refused(ShowNotLive):
        armed(show, anna)


def test_the_clock_closes_what_is_late_once(show, anna):
    poll = fired(show, anna)
    assert [close_late_polls(at=after(seconds)) for seconds in (59, 60, 61)] == [0, 1, 0]
    poll.refresh_from_db()
    assert (poll.closed_at, poll.closed_by_id) == (after(60), None)
    assert recorded("poll_closed")[0][1]["by_id"] == anna.pk


def test_votes_that_weigh_less_are_not_counted_while_weights_count(show, table, anna):
    people = [member(table, name) for name in ("One", "Two", "Three")]
    poll = fired(show, anna)
    for one in people:
        votes(poll, one, 0)
    reasons = sum(list(BITS.values())[:1])
    seen = {"playing": True, "visible": True, "counted": True, "viewer": "x"}
    WatchBeat.objects.create(show=show, member_id=people[0].pk, at=NOON, weight=1, reasons=reasons, **seen)
    WatchBeat.objects.create(show=show, member_id=people[1].pk, at=NOON, weight=2, reasons=0, **seen)
    why = {str(next(iter(BITS))): 1}
    for mode, counted, told in (("off", 3, {}), ("shadow", 3, why), ("live", 2, why)):
        WatchSample.objects.all().delete()
        WatchSample.objects.create(show=show, at=NOON, raw=3, counted=3, mode=mode)
        counts = latest_poll(show_id=show.pk, at=NOON).tally
        assert (counts.raw, counts.counted, counts.why) == ((3, 0), (counted, 0), told)


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 4)),
    st.dictionaries(st.integers(1, 30), st.tuples(st.integers(0, 2), st.lists(st.sampled_from("ab")))),
    st.booleans(),
)
def test_counted_never_exceeds_raw(given_votes, weights, weighing):
    told = tally(given_votes, options=5, weights=weights, weighing=weighing)
    assert sum(told.raw) == len(given_votes)
    assert all(counted <= raw for counted, raw in zip(told.counted, told.raw, strict=True))
    assert weighing or told.counted == told.raw


def test_polls_are_read_as_they_were_asked(show, anna):
    first = fired(show, anna)
    close_poll(show_id=show.pk, poll_id=first.pk, seen="open", by=anna, at=after(1))
    with CaptureQueriesContext(connection) as one:
        assert [read.poll.pk for read in polls_told(show_id=show.pk, at=after(2))] == [first.pk]
    assert len(one) == 3


def test_the_database_keeps_polls_and_votes(show, table, anna, vera):
    cast.joins(vera, table)
    poll = fired(show, anna)
    given_vote = votes(poll, vera)
    row = {"poll": poll, "voted_at": NOON}
    with refused(IntegrityError):
        PollVote.objects.create(**row, member=vera, place=1)
    for change in ({"place": 2}, {"voted_at": after(60)}):
        with refused(DatabaseError):
            PollVote.objects.create(**{**row, "member": anna, "place": 0, **change})
    with refused(DatabaseError):
        PollVote.objects.filter(pk=given_vote.pk).update(place=1)
    with refused(DatabaseError):
        given_vote.delete()
    for change in ({"question_ru": "Другой?"}, {"closes_at": after(900)}, {"options": [["a", ""], ["b", ""]]}):
        with refused(DatabaseError):
            Poll.objects.filter(pk=poll.pk).update(**change)
    with refused(IntegrityError):
        Poll.objects.create(
            show=show, question_ru="?", options=[], runs_s=60, armed_by=anna, armed_at=NOON, key=uuid4()
        )
