"""Sketches: never too few, within their error, and two of them add up to one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.integrity.live import CountMin, Distinct, mix
from svoi.engines.integrity.live.distinct import STANDARD_ERROR

KEYS = st.lists(st.integers(0, 200), max_size=300)


@settings(max_examples=50, deadline=None)
@given(KEYS)
def test_a_count_is_never_too_small(keys):
    sketch = CountMin(64)
    for key in keys:
        sketch.count(mix(key, 1), 1)
    assert all(sketch.count(mix(key, 1), 0) >= min(times, 255) for key, times in Counter(keys).items())


@settings(max_examples=50, deadline=None)
@given(KEYS, KEYS)
def test_merged_counts_are_those_of_both(first, second):
    one, other, both = CountMin(64), CountMin(64), CountMin(64)
    for keys, sketch in ((first, one), (second, other)):
        for key in keys:
            sketch.count(mix(key, 1), 1)
            both.count(mix(key, 1), 1)
    one.merge(other)
    assert one.cells == both.cells


def test_looking_changes_nothing():
    sketch = CountMin(64)
    sketch.count(mix(1, 1), 1)
    before = bytes(sketch.cells)
    assert sketch.count(mix(1, 1), 0) == 1
    assert sketch.cells == before


def test_counts_stop_at_a_byte_and_widths_must_fit():
    sketch = CountMin(4)
    assert [sketch.count(9, 1) for _ in range(300)][-1] == 255
    with pytest.raises(ValueError, match="power of two"):
        CountMin(100)
    with pytest.raises(ValueError, match="does not add"):
        sketch.merge(CountMin(8))


def test_counts_are_seldom_too_large():
    sketch = CountMin(1 << 12)
    for key in range(1_000):
        sketch.count(mix(key, 5), 1)
    assert sum(sketch.count(mix(key, 5), 0) > 1 for key in range(1_000)) < 40


@pytest.mark.parametrize("people", [1, 10, 100, 1_000, 20_000])
def test_distinct_is_within_four_standard_errors(people):
    off = []
    for salt in range(8):
        sketch = Distinct()
        for key in range(people):
            sketch.add(mix(key, salt))
            sketch.add(mix(key, salt))
        off.append(len(sketch) / people - 1)
    assert max(map(abs, off)) < 4 * STANDARD_ERROR
    assert abs(sum(off) / len(off)) < 2 * STANDARD_ERROR


@settings(max_examples=30, deadline=None)
@given(KEYS, KEYS)
def test_merged_distinct_is_that_of_both(first, second):
    one, other, both = Distinct(), Distinct(), Distinct()
    for keys, sketch in ((first, one), (second, other)):
        for key in keys:
            sketch.add(mix(key, 1))
            both.add(mix(key, 1))
    one.merge(other)
    assert one.registers == both.registers
