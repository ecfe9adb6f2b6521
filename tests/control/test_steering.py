"""Who steers: one at a time, taken over in one press, let go by silence; rights stay with roles."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, IntegrityError

from svoi.control.actions.steering import release_control, stay_in_control, steer, take_control
from svoi.control.models import Hold
from svoi.control.queries.steering import standing_hold, steering
from svoi.control.rules.steering import HOLD_SILENCE_S, ControlHeld, ControlMoved
from svoi.shows.actions.airing import end_show, start_break
from svoi.shows.models import Break
from svoi.shows.rules.airing import ShowEnded, ShowNotLive
from tests.cast import NOON, recorded
from tests.control.room import after, refused

LATER = NOON + timedelta(seconds=HOLD_SILENCE_S)


def test_a_step_takes_control_when_nobody_has_it(show, anna):
    steer(verb=start_break, show_id=show.pk, by=anna, at=NOON)
    hold = Hold.objects.get()
    assert (hold.show_id, hold.member_id, hold.taken_at, hold.seen_at, hold.ended_at) == (
        show.pk, anna.pk, NOON, NOON, None,
    )  # fmt: skip
    assert recorded() == [
        ("control_taken", {"show_id": show.pk, "by_id": anna.pk, "hold_id": hold.pk, "from_id": None}),
        ("break_started", {"show_id": show.pk, "by_id": anna.pk}),
    ]


def test_a_second_step_of_the_same_hand_renews_it_and_tells_nothing_new(show, anna):
    steer(verb=start_break, show_id=show.pk, by=anna, at=NOON)
    steer(verb=start_break, show_id=show.pk, by=anna, at=after(30))
    hold = Hold.objects.get()
    assert (hold.taken_at, hold.seen_at) == (NOON, after(30))
    assert [kind for kind, _ in recorded()] == ["control_taken", "break_started"]


def test_somebody_else_is_refused_with_who_holds_it_and_nothing_changes(show, anna, producer):
    take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    with refused(ControlHeld) as told:
        steer(verb=start_break, show_id=show.pk, by=producer, at=after(59))
    assert told.value.facts == {"who": "Anna", "holder_id": anna.pk, "since": NOON}
    assert (Break.objects.count(), Hold.objects.count(), len(recorded())) == (0, 1, 1)


def test_taking_over_is_one_press_and_names_whom_it_was_taken_from(show, anna, producer):
    first = take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    second = take_control(show_id=show.pk, seen=first.pk, by=producer, at=after(10))
    first.refresh_from_db()
    assert (first.ended_at, second.member_id, second.ended_at) == (after(10), producer.pk, None)
    assert recorded("control_taken")[1][1] == {
        "show_id": show.pk, "by_id": producer.pk, "hold_id": second.pk, "from_id": anna.pk,
    }  # fmt: skip
    with refused(ControlHeld):
        steer(verb=start_break, show_id=show.pk, by=anna, at=after(11))


def test_a_press_for_a_hold_that_is_gone_does_not_wrestle(show, anna, producer, host):
    first = take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    take_control(show_id=show.pk, seen=first.pk, by=producer, at=after(1))
    with refused(ControlMoved) as told:
        take_control(show_id=show.pk, seen=first.pk, by=host, at=after(2))
    assert told.value.facts == {"who": "Boris"}
    assert steering(show_id=show.pk, at=after(2)).member_id == producer.pk


def test_taking_what_is_ones_own_is_no_new_act(show, anna):
    first = take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    again = take_control(show_id=show.pk, seen=None, by=anna, at=after(5))
    assert (first.pk, len(recorded())) == (again.pk, 1)


def test_silence_lets_go(show, anna, producer):
    take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    assert steering(show_id=show.pk, at=LATER - timedelta(seconds=1)).name == "Anna"
    assert steering(show_id=show.pk, at=LATER) is None
    steer(verb=start_break, show_id=show.pk, by=producer, at=LATER)
    assert recorded("control_taken")[1][1]["from_id"] is None
    assert standing_hold(show_id=show.pk).member_id == producer.pk


def test_an_open_console_keeps_it(show, anna, producer):
    take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    assert stay_in_control(show_id=show.pk, by=anna, at=after(50)) is True
    assert stay_in_control(show_id=show.pk, by=producer, at=after(50)) is False
    assert steering(show_id=show.pk, at=after(109)).name == "Anna"
    assert steering(show_id=show.pk, at=after(110)) is None
    assert len(recorded()) == 1


def test_after_silence_the_same_hand_takes_it_anew(show, anna):
    take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    steer(verb=start_break, show_id=show.pk, by=anna, at=LATER)
    assert [(hold.taken_at, hold.ended_at) for hold in Hold.objects.order_by("pk")] == [(NOON, LATER), (LATER, None)]


def test_letting_go(show, anna, producer):
    release_control(show_id=show.pk, by=anna, at=NOON)
    hold = take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    release_control(show_id=show.pk, by=producer, at=after(1))
    assert steering(show_id=show.pk, at=after(1)).name == "Anna"
    release_control(show_id=show.pk, by=anna, at=after(2))
    assert steering(show_id=show.pk, at=after(2)) is None
    assert recorded()[1:] == [("control_released", {"show_id": show.pk, "by_id": anna.pk, "hold_id": hold.pk})]


def test_after_the_end_nobody_steers(show, anna, producer):
    steer(verb=end_show, show_id=show.pk, by=anna, at=NOON)
    with refused(ShowEnded):
        take_control(show_id=show.pk, seen=None, by=producer, at=after(1))
    with refused(ShowEnded):
        steer(verb=start_break, show_id=show.pk, by=producer, at=after(1))


def test_a_step_that_is_refused_takes_no_control(show, anna):
    show.went_live_at = None
    show.save()
    with refused(ShowNotLive):
        steer(verb=start_break, show_id=show.pk, by=anna, at=NOON)
    assert (Hold.objects.count(), recorded()) == (0, [])


def test_the_database_keeps_one_holder_and_what_was(show, anna, producer):
    hold = take_control(show_id=show.pk, seen=None, by=anna, at=NOON)
    with refused(IntegrityError):
        Hold.objects.create(show=show, member=producer, taken_at=NOON, seen_at=NOON)
    for change in ({"member": producer}, {"taken_at": after(-9)}):
        with refused(DatabaseError):
            Hold.objects.filter(pk=hold.pk).update(**change)
    release_control(show_id=show.pk, by=anna, at=after(2))
    with refused(DatabaseError):
        Hold.objects.filter(pk=hold.pk).update(ended_at=None)
    with refused(DatabaseError):
        hold.delete()
