"""The drawing of a group: every mark in its row and moment, looks that are told apart without colour, round ticks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from svoi.studio.count.drawing import MARKS_TOLD_APART, drawing_of, looks_of
from svoi.studio.count.words import number_words, rate_words, strength_words
from svoi.trust.queries.acts import Act
from tests.cast import NOON


def drawn(span: timedelta, *moments: timedelta):
    acts = [Act(7, "order", 18, NOON + one) for one in moments]
    with translation.override("ru"):
        return drawing_of(acts, {7: 2, 9: 1}, looks_of([18]), since=NOON, until=NOON + span)


def test_marks_stand_in_their_row_and_moment():
    drawing = drawn(timedelta(minutes=40), timedelta(0), timedelta(minutes=20), timedelta(minutes=40))
    assert [row.number for row in drawing.rows] == [1, 2]
    assert [(mark.x, mark.y) for mark in drawing.marks] == [
        ("9.00%", drawing.rows[1].y),
        ("53.00%", drawing.rows[1].y),
        ("97.00%", drawing.rows[1].y),
    ]


def test_what_happened_outside_stands_at_the_edge():
    drawing = drawn(timedelta(minutes=1), timedelta(minutes=-5), timedelta(minutes=5))
    assert [mark.x for mark in drawing.marks] == ["9.00%", "97.00%"]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=0), ["0"]),
        (timedelta(seconds=40), ["0"]),
        (timedelta(minutes=40), ["0", "10 мин", "20 мин", "30 мин", "40 мин"]),
        (timedelta(hours=2.9), ["0", "60 мин", "120 мин"]),
        (timedelta(hours=5), ["0", "1 ч", "2 ч", "3 ч", "4 ч", "5 ч"]),
        (timedelta(days=23), ["0", "5 дней", "10 дней", "15 дней", "20 дней"]),
        (timedelta(days=400), ["0", "90 дней", "180 дней", "270 дней", "360 дней"]),
    ],
)
def test_ticks_are_round_and_few(span, words):
    assert [tick.words for tick in drawn(span).ticks] == words


def test_the_first_targets_are_told_apart_without_colour():
    looks = looks_of(range(40))
    first = {(look.shape, look.hollow) for number, look in looks.items() if number < MARKS_TOLD_APART}
    assert len(first) == MARKS_TOLD_APART
    assert {(look.shape, look.hollow, look.tone) for number, look in looks.items() if number >= MARKS_TOLD_APART} == {
        ("mark-rest", False, 0)
    }


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [(0.01, "ru", "меньше 0,1"), (0.34, "ru", "0,3"), (0.34, "en", "0.3"), (1.0, "en", "1"), (112.4, "ru", "112")],
)
def test_small_numbers_keep_a_place_after_the_comma(number, language, words):
    with translation.override(language):
        assert number_words(number, language) == words


@pytest.mark.parametrize(
    ("q", "of"),
    [(0.01, "Of 100 groups"), (0.0004, "Of 2\u202f500 groups"), (1e-9, "Of a million groups"), (0.0, "Of a m")],
)
def test_a_rate_is_told_as_one_of_so_many(q, of):
    with translation.override("en"):
        assert rate_words(q).startswith(of)


def test_strength_has_three_words():
    with translation.override("en"):
        assert [strength_words(nats) for nats in (3, 7, 20)] == [
            "Weak by itself.", "Hardly chance.", "Chance does not do this.",
        ]  # fmt: skip
