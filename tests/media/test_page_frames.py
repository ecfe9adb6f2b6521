"""The frames of the browser studio as values: what is read, what is refused, and the order of times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.media.refusals import RunsAhead
from svoi.media.studio.framing import (
    FRAME_BYTES_MAX,
    HEAD,
    PAYLOAD_BYTES_MAX,
    Frame,
    FrameFault,
    Kind,
    Times,
    has_whole_units,
    pack_frame,
    parse_frame,
)
from svoi.media.studio.hello import Hello, parse_hello
from svoi.media.studio.speed import CHECK_MS_MAX, LOAD_BYTES_MAX, SpeedTest

UNITS = b"\0\0\0\2\x65\1" + b"\0\0\0\1\6"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.PICTURE, Kind.NO_SOUND)])
def test_a_frame_comes_back_as_it_was_packed(kind: Kind):
    assert parse_frame(pack_frame(kind, 0xFFFFFFFF, b"\1\2")) == Frame(kind, 0xFFFFFFFF, False, b"\1\2")


def test_a_key_frame_is_marked():
    assert parse_frame(pack_frame(Kind.PICTURE, 40, UNITS, is_key=True)) == Frame(Kind.PICTURE, 40, True, UNITS)


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (b"", "a frame without its head"),
        (b"\1\2\0\0\0\0\0", "a frame without its head"),
        (HEAD.pack(2, 2, 0, 0, 0) + UNITS, "version 2"),
        (HEAD.pack(1, 0, 0, 0, 0) + UNITS, "kind 0"),
        (HEAD.pack(1, 99, 0, 0, 0) + UNITS, "kind 99"),
        (HEAD.pack(1, 2, 2, 0, 0) + UNITS, "flags nobody knows"),
        (HEAD.pack(1, 2, 1, 1, 0) + UNITS, "flags nobody knows"),
        (HEAD.pack(1, 2, 1, 0, 0), "PICTURE without a payload"),
        (HEAD.pack(1, 2, 1, 0, 0) + UNITS[:-1], "a picture whose units do not add up"),
        (HEAD.pack(1, 4, 0, 0, 0) + bytes(8193), "AAC of 8193 bytes"),
        (HEAD.pack(1, 7, 0, 0, 0) + b"x", "NO_SOUND of 1 bytes"),
    ],
)
def test_what_is_none_of_ours_is_refused_with_its_reason(message: bytes, fault: str):
    with pytest.raises(FrameFault) as refused:
        parse_frame(message)
    assert str(refused.value) == fault


def test_no_kind_may_be_longer_than_a_message():
    assert max(PAYLOAD_BYTES_MAX.values()) + HEAD.size == FRAME_BYTES_MAX


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_a_frame_or_a_fault(message: bytes):
    try:
        frame = parse_frame(message)
    except FrameFault:
        return
    assert pack_frame(frame.kind, frame.timestamp_ms, frame.payload, is_key=frame.is_key) == message


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=6))
def test_units_that_add_up_are_whole_and_one_octet_less_is_not(units: list[bytes]):
    picture = b"".join(len(unit).to_bytes(4) + unit for unit in units)
    assert (has_whole_units(picture), has_whole_units(picture[:-1])) == (True, False)


def picture_at(timestamp_ms: int) -> Frame:
    return Frame(Kind.PICTURE, timestamp_ms, False, UNITS)


def sound_at(timestamp_ms: int) -> Frame:
    return Frame(Kind.OPUS, timestamp_ms, False, b"x")


def test_each_track_has_an_order_of_its_own():
    times = Times()
    for frame in (picture_at(100), sound_at(80), picture_at(140), sound_at(100)):
        times.check(frame, now_ms=1_000)


@pytest.mark.parametrize(
    ("second", "fault"),
    [(100, "time went back"), (99, "time went back"), (0, "time went back"), (15_101, "time leapt forward")],
)
def test_time_goes_forward_and_does_not_leap(second: int, fault: str):
    times = Times()
    times.check(picture_at(100), now_ms=0)
    with pytest.raises(FrameFault) as refused:
        times.check(picture_at(second), now_ms=15_000)
    assert str(refused.value) == fault


def test_a_microphone_that_comes_back_may_leap():
    times = Times()
    times.check(sound_at(100), now_ms=0)
    times.sound_begins_anew()
    times.check(sound_at(60_000), now_ms=60_000)


def test_far_ahead_of_the_clock_is_cut():
    times = Times()
    times.check(picture_at(0), now_ms=0)
    times.check(picture_at(5_500), now_ms=500)
    with pytest.raises(RunsAhead):
        times.check(picture_at(5_501), now_ms=500)


def test_a_hello_keeps_its_ticket_out_of_logs():
    hello = parse_hello('{"t": "hello", "aim": "check", "ticket": "secret"}')
    assert (hello, repr(hello)) == (Hello("secret", "check"), "Hello(ticket=…(6), aim='check')")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "a hello that is no JSON"),
        ("[" * 4000, "a hello that is no JSON"),
        ("[]", "no hello"),
        ('{"t": "echo"}', "no hello"),
        ('{"t": "hello", "aim": "publish"}', "a hello without a ticket or an aim"),
        ('{"t": "hello", "aim": "play", "ticket": "x"}', "a hello without a ticket or an aim"),
        ('{"t": "hello", "aim": ["publish"], "ticket": "x"}', "a hello without a ticket or an aim"),
        ('{"t": "hello", "aim": "publish", "ticket": 7}', "a hello without a ticket or an aim"),
        ("x" * 4097, "a hello too long"),
    ],
)
def test_anything_else_is_no_hello(text: str, fault: str):
    with pytest.raises(FrameFault) as refused:
        parse_hello(text)
    assert str(refused.value) == fault


def test_a_speed_test_counts_from_its_second_frame_and_has_an_end():
    speed, load = SpeedTest(began_ms=0), Frame(Kind.LOAD, 0, False, bytes(64 << 10))
    assert speed.take(load, now_ms=100) == {"t": "took", "octets": 0, "ms": 0}
    assert speed.take(load, now_ms=180) == {"t": "took", "octets": 64 << 10, "ms": 80}
    for _ in range(LOAD_BYTES_MAX // (64 << 10) - 1):
        speed.take(load, now_ms=200)
    with pytest.raises(FrameFault, match="more load"):
        speed.take(load, now_ms=200)
    with pytest.raises(FrameFault, match="too long"):
        speed.tick(now_ms=CHECK_MS_MAX + 1)
    with pytest.raises(FrameFault, match="nothing but load"):
        speed.take(picture_at(1), now_ms=200)
