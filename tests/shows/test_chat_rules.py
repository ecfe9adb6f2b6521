"""What may be said in a chat: the refusals, their order, and the words that are left."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.kernel.refused import Refused
from svoi.shows.rules import chat
from svoi.shows.rules.chat import FOREVER, Author, ChatPolicy, admit_message, clean_words, letters

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
VERA = Author(is_member=True)
BORIS = Author(is_member=True, is_crew=True)
DMITRI = Author(is_member=False)


def ago(*seconds: float) -> list[datetime]:
    return [NOON - timedelta(seconds=each) for each in seconds]


def refusal(
    text: str, *, policy: ChatPolicy | None = None, author: Author = VERA, said_at: list[datetime] | None = None
) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        admit_message(policy or ChatPolicy(), author, text, said_at=said_at or [], at=NOON)
    return caught.value.code, caught.value.facts


def test_a_member_speaks() -> None:
    assert admit_message(ChatPolicy(), VERA, "  Сколько\n стоит? ", said_at=[], at=NOON) == "Сколько стоит?"


@pytest.mark.parametrize(
    ("text", "policy", "author", "said_at", "expected"),
    [
        ("hello", ChatPolicy(), DMITRI, [], ("not_member", {})),
        ("hello", ChatPolicy(open=False), VERA, [], ("closed", {})),
        ("hello", ChatPolicy(open=False), BORIS, [], ("closed", {})),
        (" \u200b\u202e\x00 ", ChatPolicy(), VERA, [], ("empty", {})),
        ("х" * 201, ChatPolicy(), VERA, [], ("too_long", {"length_max": 200})),
        ("х" * 501, ChatPolicy(length_max=1000), VERA, [], ("too_long", {"length_max": 1000})),
        ("hello", ChatPolicy(slow_mode_s=30), VERA, ago(10.5), ("slow_mode", {"wait_s": 20})),
        ("hello", ChatPolicy(), VERA, ago(1, 2, 3, 4, 9.5), ("too_fast", {"wait_s": 1})),
        ("hello", ChatPolicy(slow_mode_s=30), BORIS, ago(1, 2, 3, 4, 5), ("too_fast", {"wait_s": 5})),
    ],
)
def test_refusals(
    text: str, policy: ChatPolicy, author: Author, said_at: list[datetime], expected: tuple[str, dict[str, object]]
) -> None:
    assert refusal(text, policy=policy, author=author, said_at=said_at) == expected


def test_mute_holds_until_its_moment() -> None:
    muted = Author(is_member=True, muted_until=NOON + timedelta(minutes=2))
    assert refusal("hello", author=muted) == ("muted", {"wait_s": 120})
    assert admit_message(ChatPolicy(), muted, "hello", said_at=[], at=NOON + timedelta(minutes=2)) == "hello"


def test_mute_to_the_end_of_the_show_names_no_wait() -> None:
    assert refusal("hello", author=Author(is_member=True, muted_until=FOREVER)) == ("muted", {"wait_s": None})


def test_a_stranger_does_not_learn_about_the_chat() -> None:
    silent = Author(is_member=False, muted_until=FOREVER)
    assert refusal("", policy=ChatPolicy(open=False), author=silent) == ("not_member", {})


def test_crew_is_exempt_from_slow_mode() -> None:
    policy = ChatPolicy(slow_mode_s=300)
    assert admit_message(policy, BORIS, "hello", said_at=ago(1), at=NOON) == "hello"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 0),
        ("Свои", 4),
        ("e\u0301", 1),
        ("👍🏽", 1),
        ("👩‍👩‍👧", 1),
        ("🇷🇺🇷🇸", 2),
        ("❤\ufe0f", 1),
        ("🏴\U000e0067\U000e0062\U000e007f", 1),
    ],
)
def test_letters_are_counted_as_a_reader_counts_them(words: str, count: int) -> None:
    assert letters(words) == count


def test_towers_of_marks_are_cut() -> None:
    assert clean_words("a" + "\u0316" * 40) == "a" + "\u0316" * chat.MARKS_PER_LETTER_MAX


def test_half_a_surrogate_never_reaches_the_database() -> None:
    assert clean_words("a\ud800b") == "ab"


@settings(deadline=None)
@given(st.text(st.characters(), max_size=3000))
def test_words_are_clean_and_cleaning_again_changes_nothing(text: str) -> None:
    words = clean_words(text)
    assert clean_words(words) == words
    assert not [c for c in words if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert words.encode().decode() == words


PLAIN = [chr(code) for code in range(0x110000) if chat._PLAIN.fullmatch(chr(code))]


@settings(deadline=None)
@given(st.text(st.sampled_from([*PLAIN, " "]), max_size=60))
def test_the_short_way_of_plain_words_leads_where_the_long_one_does(text: str) -> None:
    short = clean_words(text), letters(text)
    with patch.object(chat, "_PLAIN", re.compile("(?!)")):
        assert (clean_words(text), letters(text)) == short


def test_plain_words_are_letters_of_their_own() -> None:
    assert {*"azAZ09 !~".replace(" ", ""), *"аяАЯёЁйЙ«»№…"} <= set(PLAIN)
    with patch.object(chat, "_PLAIN", re.compile("(?!)")):
        assert [each for each in PLAIN if (clean_words(each), letters(each)) != (each, 1)] == []


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(1, 200))
def test_whatever_is_admitted_fits(text: str, length_max: int) -> None:
    try:
        words = admit_message(ChatPolicy(length_max=length_max), VERA, text, said_at=[], at=NOON)
    except (chat.MessageEmpty, chat.MessageTooLong):
        return
    assert 0 < letters(words) <= length_max
    assert len(words) <= chat.CODE_POINTS_MAX


@settings(deadline=None)
@given(st.lists(st.floats(0, 60), max_size=30), st.integers(0, 30))
def test_a_wait_that_was_kept_is_long_enough(gaps: list[float], slow_mode_s: int) -> None:
    policy = ChatPolicy(slow_mode_s=slow_mode_s)
    at, said_at = NOON, []
    for gap in gaps:
        at = spoken_at(policy, said_at, at + timedelta(seconds=gap))
        said_at.append(at)
    for first, second in pairwise(said_at):
        assert (second - first).total_seconds() >= slow_mode_s
    for first, sixth in zip(said_at, said_at[chat.RATE_MESSAGES :], strict=False):
        assert (sixth - first).total_seconds() >= chat.RATE_WINDOW_S


def spoken_at(policy: ChatPolicy, said_at: list[datetime], at: datetime) -> datetime:
    """When Vera is let speak, if she waits exactly as long as she is told: for slow mode, then for the rate."""
    for _ in range(2):
        try:
            admit_message(policy, VERA, "hello", said_at=said_at, at=at)
        except (chat.SlowMode, chat.TooFast) as refused:
            at += timedelta(seconds=refused.facts["wait_s"])
    assert admit_message(policy, VERA, "hello", said_at=said_at, at=at) == "hello"
    return at


def test_a_book_is_too_long_whatever_it_hides() -> None:
    assert clean_words("a" * 5000) == "a" * chat.CODE_POINTS_MAX * 4
    assert refusal("a" * 5000) == ("too_long", {"length_max": 200})
