"""The pickup code: six digits nobody can tell without the secret, and a pause after five wrong ones."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.pickup.rules.codes import LOCK_WINDOW_S, CodeLocked, admit_try, code_of, is_right_code
from tests.cast import NOON

KEY = b"k" * 32


def after(*seconds: float) -> list:
    return [NOON + timedelta(seconds=one) for one in seconds]


def test_a_code_is_six_digits_of_its_parcel_alone():
    assert code_of(key=KEY, parcel_id=1, subject="order:1") == "277481"
    ways = [(KEY, 1, "order:1"), (KEY, 2, "order:1"), (KEY, 1, "order:2"), (b"j" * 32, 1, "order:1")]
    assert len({code_of(key=key, parcel_id=pk, subject=subject) for key, pk, subject in ways}) == 4


def test_codes_spread_evenly():
    codes = [code_of(key=KEY, parcel_id=pk, subject=f"order:{pk}") for pk in range(20_000)]
    assert {len(code) for code in codes} == {6}
    firsts = Counter(code[0] for code in codes)
    assert max(firsts.values()) - min(firsts.values()) < 300


@pytest.mark.parametrize("typed", ["012345", " 012 345 ", "012-345", "012\u00a0345"])
def test_spaces_and_hyphens_do_not_matter(typed: str):
    assert is_right_code(code="012345", typed=typed)


@pytest.mark.parametrize(
    "typed", ["", "12345", "0123456", "012346", "０１２３４５", "\ud800", "012345\x00", "0" * 10_000]
)
def test_anything_else_is_wrong(typed: str):
    assert not is_right_code(code="012345", typed=typed)


@given(st.text())
def test_no_text_breaks_the_comparison(typed: str):
    is_right_code(code="012345", typed=typed)


@pytest.mark.parametrize(
    ("of_parcel", "by_worker", "left"),
    [([], [], 5), (after(0), [], 4), (after(0, 1), after(0, 1, 2, 3), 1), (after(-900), after(-1800), 5)],
)
def test_tries_left(of_parcel, by_worker, left):
    assert admit_try(of_parcel=of_parcel, by_worker=by_worker, at=NOON + timedelta(seconds=1e-6)) == left


@pytest.mark.parametrize("whose", ["of_parcel", "by_worker"])
def test_five_wrong_ones_lock_for_a_quarter_of_an_hour_after_the_last(whose: str):
    tries = {"of_parcel": [], "by_worker": []} | {whose: after(0, 60, 120, 180, 600)}
    for wait_s in (0, 1, 899):
        with pytest.raises(CodeLocked) as caught:
            admit_try(**tries, at=NOON + timedelta(seconds=600 + wait_s))
        assert caught.value.facts == {"wait_s": LOCK_WINDOW_S - wait_s, "until": NOON + timedelta(seconds=1500)}
    assert admit_try(**tries, at=NOON + timedelta(seconds=1500)) == 5


def test_five_wrong_ones_over_a_longer_time_do_not_lock():
    assert admit_try(of_parcel=after(0, 300, 600, 900, 1200), by_worker=[], at=after(1201)[0]) == 2
