"""AMF0: what is written can be read, and nonsense is refused without harm."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.media.rtmp.amf import DEPTH_MAX, VALUES_MAX, AmfFault, decode, encode

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
plain = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8"), max_size=40)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=10
)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max([depth(inner) for inner in value.values()], default=0)
    if isinstance(value, list):
        return 1 + max([depth(inner) for inner in value], default=0)
    return 1


@given(st.lists(values.filter(lambda value: depth(value) <= DEPTH_MAX), max_size=5))
def test_what_is_written_is_read(told: list[object]) -> None:
    assert decode(encode(*told)) == told


@given(st.binary(max_size=300))
def test_garbage_is_refused_or_read_but_never_fatal(garbage: bytes) -> None:
    with contextlib.suppress(AmfFault):
        assert isinstance(decode(garbage), list)


def test_ecma_array_and_date_are_read() -> None:
    array = b"\x08\x00\x00\x00\x01\x00\x05width\x00\x40\x86\x80\x00\x00\x00\x00\x00\x00\x00\x09"
    date = b"\x0b\x42\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    assert decode(array + date) == [{"width": 720.0}, 8589934592.0]


def test_long_text_is_written_and_read() -> None:
    assert decode(encode("ы" * 40_000)) == ["ы" * 40_000]


@pytest.mark.parametrize(
    "bad",
    [
        b"\x0a\xff\xff\xff\xff",
        b"\x03\x00\x01a" * (DEPTH_MAX + 2),
        b"\x05" * (VALUES_MAX + 1),
        b"\x02\x00\x09short",
        b"\x00\x01",
        b"\x11\x00",
    ],
    ids=["endless array", "too deep", "too many", "cut text", "cut number", "AMF3"],
)
def test_hostile_values_are_refused(bad: bytes) -> None:
    with pytest.raises(AmfFault):
        decode(bad)
