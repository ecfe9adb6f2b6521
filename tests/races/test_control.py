"""Real threads in the control room: one steers, one cue follows another, one vote each, every vote counted."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from svoi.communities.models import Community
from svoi.control.actions.cueing import cue_segment
from svoi.control.actions.keeping import change_policy, move_in_tray, pin_message
from svoi.control.actions.polling import arm_poll, close_poll, fire_poll, vote
from svoi.control.actions.steering import steer, take_control
from svoi.control.models import Cue, Hold, MessagePin, PollVote
from svoi.control.queries.polls import shown_poll
from svoi.control.rules.polls import Wish
from svoi.control.rules.stale import policy_mark, tray_mark
from svoi.members.models import Member
from svoi.shows.actions.airing import start_break
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import crowd
from tests.races.at_once import THREADS, at_once
from tests.rundowns.desk import plan, written
from tests.studio.stage import said

pytestmark = pytest.mark.django_db(transaction=True)
WISH = Wish("Какой?", "", (("Синий", ""), ("Белый", "")), 60)


@pytest.fixture
def show(table: Community, anna: Member) -> Show:
    return cast.live_show(table, anna, cast.product(table), cast.product(table, name="Миска"))


@pytest.fixture
def crew(table: Community) -> list[Member]:
    return crowd(table, THREADS)


def test_one_takes_control_and_all_others_are_told(show: Show, crew: list[Member]) -> None:
    told = at_once(lambda place: take_control(show_id=show.pk, seen=None, by=crew[place], at=NOON))
    assert Counter(told) == {"done": 1, "control_moved": THREADS - 1}
    assert Hold.objects.filter(show=show).count() == 1


def test_taking_over_one_hold_succeeds_once(show: Show, anna: Member, crew: list[Member]) -> None:
    seen = take_control(show_id=show.pk, seen=None, by=anna, at=NOON).pk
    told = at_once(lambda place: take_control(show_id=show.pk, seen=seen, by=crew[place], at=NOON))
    assert Counter(told) == {"done": 1, "control_moved": THREADS - 1}
    assert (Hold.objects.filter(ended_at=None).count(), Hold.objects.count()) == (1, 2)


def test_a_step_of_many_hands_is_a_step_of_one(show: Show, crew: list[Member]) -> None:
    told = at_once(lambda place: steer(verb=start_break, show_id=show.pk, by=crew[place], at=NOON))
    assert Counter(told) == {"done": 1, "control_held": THREADS - 1}


def test_next_pressed_by_many_is_one_cue(show: Show, anna: Member, crew: list[Member]) -> None:
    rundown = plan(show, anna)
    segments = [written(rundown, anna) for _ in range(3)]
    seen = None
    for segment in segments:
        told = at_once(
            lambda place: cue_segment(show_id=show.pk, segment_id=segment.pk, seen=seen, by=crew[place], at=NOON)  # noqa: B023
        )
        assert Counter(told) == {"done": 1, "cue_moved": THREADS - 1}
        seen = Cue.objects.latest("pk").pk
    assert list(Cue.objects.order_by("pk").values_list("segment_id", flat=True)) == [one.pk for one in segments]


def test_a_policy_is_set_once_over_what_was_seen(show: Show, crew: list[Member]) -> None:
    seen = policy_mark(slow_mode_s=0, length_max=200, open_=True)
    rules = {"length_max": 200, "open_": True, "seen": seen, "show_id": show.pk, "at": NOON}
    told = at_once(lambda place: change_policy(**rules, slow_mode_s=place + 1, by=crew[place]))
    assert Counter(told) == {"done": 1, "policy_moved": THREADS - 1}


def test_a_tray_is_moved_once_as_it_was_seen(show: Show, crew: list[Member]) -> None:
    ids = list(show.tray.order_by("position").values_list("product_id", flat=True))
    asked = {"show_id": show.pk, "product_id": ids[1], "position": 0, "seen": tray_mark(ids), "at": NOON}
    told = at_once(lambda place: move_in_tray(**asked, by=crew[place]))
    assert Counter(told) == {"done": 1, "tray_moved": THREADS - 1}
    assert list(show.tray.order_by("position").values_list("product_id", flat=True)) == ids[::-1]


def test_one_message_stands_above_the_chat(show: Show, crew: list[Member]) -> None:
    messages = [said(show, one, "Где?", seq=seq) for seq, one in enumerate(crew, 1)]
    told = at_once(lambda place: pin_message(show_id=show.pk, message_id=messages[place].pk, by=crew[place], at=NOON))
    assert Counter(told) == {"done": THREADS}
    assert (MessagePin.objects.count(), MessagePin.objects.filter(unpinned_at=None).count()) == (THREADS, 1)


def test_one_member_votes_once_from_many_windows(show: Show, anna: Member) -> None:
    poll = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=NOON)
    fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=NOON)
    told = at_once(lambda place: vote(poll_id=poll.pk, place=place % 2, by=anna, at=NOON))
    assert Counter(told) == {"done": THREADS // 2, "voted_already": THREADS // 2}
    assert PollVote.objects.count() == 1


def test_voters_do_not_wait_for_each_other_and_whoever_closes_waits_for_them(
    show: Show, anna: Member, crew: list[Member]
) -> None:
    poll = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=NOON)
    fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=NOON)
    closed = threading.Thread(
        target=lambda: at_once(
            lambda _: close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=NOON), threads=1
        )
    )
    with transaction.atomic():
        vote(poll_id=poll.pk, place=0, by=crew[0], at=NOON)
        others = [  # each commits while the first has not
            at_once(lambda _, one=one: vote(poll_id=poll.pk, place=1, by=one, at=NOON), threads=1) for one in crew[1:3]
        ]
        assert (others, PollVote.objects.filter(poll=poll).count()) == ([["done"], ["done"]], 3)
        closed.start()
        closed.join(0.5)
        assert closed.is_alive()
    closed.join(20)
    assert shown_poll(show_id=show.pk)["results"]["raw"] == [1, 2]
    assert at_once(lambda _: vote(poll_id=poll.pk, place=0, by=crew[3], at=NOON), threads=1) == ["poll_not_open"]


def test_every_vote_that_was_taken_is_in_the_results(show: Show, anna: Member, crew: list[Member]) -> None:
    for turn in range(3):
        at = NOON + timedelta(minutes=turn)
        poll = arm_poll(show_id=show.pk, wish=WISH, by=anna, key=uuid4(), at=at)
        fire_poll(show_id=show.pk, poll_id=poll.pk, seen="armed", by=anna, at=at)

        def verb(place: int) -> None:
            if place:
                vote(poll_id=poll.pk, place=0, by=crew[place], at=at)  # noqa: B023
            else:
                close_poll(show_id=show.pk, poll_id=poll.pk, seen="open", by=anna, at=at)  # noqa: B023

        told = Counter(at_once(verb))
        taken = PollVote.objects.filter(poll=poll).count()
        assert told["done"] == taken + 1
        results = shown_poll(show_id=show.pk)["results"]
        assert results["raw"] == [taken, 0]
        with connection.cursor() as cursor:
            cursor.execute("select payload from svoi_event where kind = 'poll_closed' order by id desc limit 1")
            assert f'"raw": [{taken}, 0]' in str(cursor.fetchone()[0]).replace("'", '"')
