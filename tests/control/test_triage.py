"""Questions: found by a rule, put together by their words or product; answers, and the message above the chat."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from svoi.control.actions.keeping import hide_message, mark_answered, pin_message, unpin_message
from svoi.control.models import Answer, MessagePin
from svoi.control.queries.triage import pinned_message, triage_of
from svoi.control.rules.triage import (
    PIN_AMONG_LATEST,
    Asked,
    MessageIsHidden,
    MessageTooFarBack,
    grouped,
    is_question,
    product_named,
)
from svoi.shows.models import ChatMessage
from svoi.shows.rules.airing import ShowEnded
from tests import cast
from tests.cast import NOON, recorded
from tests.control.room import after, refused
from tests.studio.stage import said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Сколько стоит кружка", True),
        ("А доставка в Тверь есть?", True),
        ("how big is it", True),
        ("？", True),
        ("Почём", False),
        ("сколько", False),
        ("Как красиво!", True),  # a known miss: the rule reads words, not tone
        ("Беру две", False),
        ("", False),
        ("Whatever you say", False),
    ],
)
def test_what_is_a_question(text: str, told: bool):
    assert is_question(text) is told


def ask(*texts: str) -> list[Asked]:
    return [Asked(place, place, f"P{place}", text) for place, text in enumerate(texts, 1)]


def ids(groups) -> list[tuple[int | None, list[int]]]:
    return [(group.product_id, [one.message_id for one in group.questions]) for group in groups]


def test_the_same_asked_otherwise_is_one_group():
    told = grouped(
        ask("Есть доставка в Тверь?", "Сколько литров?", "А доставка в тверь будет?", "доставка в Твери есть?"), {}
    )
    assert ids(told) == [(None, [1, 3, 4]), (None, [2])]
    assert [group.people for group in told] == [3, 1]


def test_a_product_that_is_named_divides_groups():
    names = {7: ("Кружка синяя", "Blue mug"), 8: ("Полотенце льняное", "Linen towel")}
    told = grouped(
        ask("Сколько стоит полотенце льняное?", "Сколько стоит кружка синяя?", "how much is the blue mug?"), names
    )
    assert ids(told) == [(8, [1]), (7, [2]), (7, [3])]
    assert product_named("кружка синяя или полотенце льняное?", names) is None


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_question_is_in_exactly_one_group(texts: list[str]):
    told = grouped(ask(*texts), {})
    assert sorted(one.message_id for group in told for one in group.questions) == list(range(1, len(texts) + 1))
    assert [group.people for group in told] == sorted((group.people for group in told), reverse=True)
    assert grouped(ask(*texts), {}) == told


def test_the_crew_asks_nothing_and_hidden_or_answered_questions_are_gone(show, anna, vera, gleb, table):
    cast.joins(vera, table)
    cast.joins(gleb, table)
    said(show, anna, "Есть вопросы?", seq=1)
    first = said(show, vera, "Сколько стоит?", seq=2)
    second = said(show, gleb, "Сколько стоит она?", seq=3)
    rude = said(show, gleb, "Кто вы такие?", seq=4)
    said(show, gleb, "Беру", seq=5)
    hide_message(show_id=show.pk, message_id=rude.pk, by=anna, at=NOON)
    assert ids(triage_of(show_id=show.pk).groups) == [(None, [first.pk, second.pk])]
    assert mark_answered(show_id=show.pk, message_ids=[first.pk, second.pk], by=anna, at=NOON) == 2
    assert (triage_of(show_id=show.pk).groups, triage_of(show_id=show.pk).answered) == ((), 2)


def test_answered_twice_is_once_and_a_message_of_another_show_is_not_touched(show, table, anna, vera):
    other = said(cast.live_show(table, anna), vera, "Где?")
    mine = said(show, vera, "Когда?")
    assert mark_answered(show_id=show.pk, message_ids=[mine.pk, other.pk], by=anna, at=NOON) == 1
    assert mark_answered(show_id=show.pk, message_ids=[mine.pk], by=vera, at=after(1)) == 0
    assert list(Answer.objects.values_list("message_id", "answered_by_id", "answered_at")) == [(mine.pk, anna.pk, NOON)]
    assert recorded() == [("question_answered", {"show_id": show.pk, "by_id": anna.pk, "message_id": mine.pk})]


def test_questions_are_read_in_the_same_number_of_queries(show, vera):
    said(show, vera, "Сколько стоит?", seq=1)
    with CaptureQueriesContext(connection) as one:
        triage_of(show_id=show.pk)
    for seq in (2, 3):
        said(show, vera, "Где купить?", seq=seq)
    with CaptureQueriesContext(connection) as three:
        triage_of(show_id=show.pk)
    assert len(three) == len(one)


def test_a_pinned_message_is_a_row_a_fact_and_replaces_the_one_before(show, anna, vera):
    first, second = said(show, vera, "Раз", seq=1), said(show, vera, "Два", seq=2)
    pin_message(show_id=show.pk, message_id=first.pk, by=anna, at=NOON)
    pin_message(show_id=show.pk, message_id=first.pk, by=anna, at=after(1))
    pin_message(show_id=show.pk, message_id=second.pk, by=anna, at=after(2))
    pins = MessagePin.objects.order_by("pk")
    assert list(pins.values_list("message_id", "pinned_at", "unpinned_at", "unpinned_by")) == [
        (first.pk, NOON, after(2), anna.pk), (second.pk, after(2), None, None),
    ]  # fmt: skip
    assert [(kind, told["message_id"]) for kind, told in recorded()] == [
        ("message_pinned", first.pk), ("message_unpinned", first.pk), ("message_pinned", second.pk),
    ]  # fmt: skip
    assert pinned_message(show_id=show.pk) == {"id": second.pk, "name": "Vera", "role": "viewer", "text": "Два"}
    unpin_message(show_id=show.pk, by=anna, at=after(3))
    unpin_message(show_id=show.pk, by=anna, at=after(4))
    assert (pinned_message(show_id=show.pk), len(recorded())) == (None, 4)


def test_hiding_takes_the_pin_down_in_the_same_step(show, anna, vera):
    message = said(show, vera, "Раз")
    pin_message(show_id=show.pk, message_id=message.pk, by=anna, at=NOON)
    hide_message(show_id=show.pk, message_id=message.pk, by=anna, at=after(1))
    assert [kind for kind, _ in recorded()] == ["message_pinned", "message_hidden", "message_unpinned"]
    with refused(MessageIsHidden):
        pin_message(show_id=show.pk, message_id=message.pk, by=anna, at=after(2))
    assert (pinned_message(show_id=show.pk), MessagePin.objects.filter(unpinned_at=None).count()) == (None, 0)


def test_hiding_another_message_leaves_the_pin(show, anna, vera):
    message, other = said(show, vera, "Раз", seq=1), said(show, vera, "Два", seq=2)
    pin_message(show_id=show.pk, message_id=message.pk, by=anna, at=NOON)
    hide_message(show_id=show.pk, message_id=other.pk, by=anna, at=after(1))
    assert pinned_message(show_id=show.pk)["id"] == message.pk


def test_what_cannot_be_pinned(show, table, anna, vera):
    old = said(show, vera, "Давно", seq=1)
    for seq in range(2, PIN_AMONG_LATEST + 2):
        said(show, vera, "…", seq=seq)
    with refused(MessageTooFarBack):
        pin_message(show_id=show.pk, message_id=old.pk, by=anna, at=NOON)
    with refused(ChatMessage.DoesNotExist):
        other = said(cast.live_show(table, anna), vera, "Не здесь")
        pin_message(show_id=show.pk, message_id=other.pk, by=anna, at=NOON)
    show.ended_at = after(9)
    show.save()
    with refused(ShowEnded):
        pin_message(show_id=show.pk, message_id=ChatMessage.objects.last().pk, by=anna, at=NOON)
    assert (MessagePin.objects.count(), recorded()) == (0, [])


def test_the_database_keeps_one_pinned_message(show, anna, vera):
    first, second = said(show, vera, "Раз", seq=1), said(show, vera, "Два", seq=2)
    pin_message(show_id=show.pk, message_id=first.pk, by=anna, at=NOON)
    with refused(IntegrityError):
        MessagePin.objects.create(show=show, message=second, pinned_by=anna, pinned_at=NOON)
