"""What a browser may send, and how much of it."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.gateway.inbound import FRAMES_BURST, FRAMES_PER_SECOND, Allowance, Beat, Malformed, Reach, Say, read_message

KEY = str(UUID(int=1))


def test_a_message_and_a_heartbeat() -> None:
    spoken = {"t": "say", "k": KEY.upper(), "text": "hello", "media": 1795000000000.5}
    assert read_message(json.dumps(spoken).encode()) == Say(KEY, "hello", 1795000000000)
    beat = {"t": "beat", "token": "x", "media": None, "playing": True, "visible": False}
    assert read_message(json.dumps(beat).encode()) == Beat("x", None, playing=True, visible=False)


def test_a_claim() -> None:
    claim = {"t": "claim", "k": KEY, "kind": "envelope", "id": 12}
    assert read_message(json.dumps(claim).encode()) == Reach(KEY, "envelope", 12, 1)
    assert read_message(json.dumps({**claim, "kind": "flash", "quantity": 3}).encode()) == Reach(KEY, "flash", 12, 3)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"[" * 4000,
        b"[]",
        b'"say"',
        b"{}",
        b'{"t":"pin"}',
        b'{"t":"say","k":"1","text":"x"}',
        b'{"t":"say","k":1,"text":"x"}',
        json.dumps({"t": "say", "k": KEY}).encode(),
        json.dumps({"t": "say", "k": KEY, "text": 5}).encode(),
        json.dumps({"t": "say", "k": KEY, "text": "x", "media": True}).encode(),
        json.dumps({"t": "say", "k": KEY, "text": "x", "media": -1}).encode(),
        b'{"t":"say","k":"%b","text":"x","media":NaN}' % KEY.encode(),
        b'{"t":"say","k":"%b","text":"x","media":1e400}' % KEY.encode(),
        b'{"t":"say","k":"%b","text":"\\ud800"}' % KEY.encode(),  # half a character, which no line could carry on
        json.dumps({"t": "claim", "k": KEY, "kind": "stock", "id": 1}).encode(),
        json.dumps({"t": "claim", "k": KEY, "kind": "flash", "id": 0}).encode(),
        json.dumps({"t": "claim", "k": KEY, "kind": "flash", "id": 1, "quantity": 0}).encode(),
        json.dumps({"t": "claim", "k": KEY, "kind": "flash", "id": 2**63}).encode(),
        json.dumps({"t": "beat", "token": "x", "playing": 1, "visible": True}).encode(),
    ],
)
def test_anything_else_is_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        read_message(payload)


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(
        lambda x: json.dumps(x).encode()
    )
)
def test_no_bytes_do_worse_than_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        read_message(payload)


def test_a_burst_is_allowed_and_then_a_steady_pace() -> None:
    allowance = Allowance(100.0)
    assert [allowance.take(100.0) for _ in range(int(FRAMES_BURST) + 1)] == [True] * int(FRAMES_BURST) + [False]
    assert [allowance.take(101.0) for _ in range(int(FRAMES_PER_SECOND) + 1)] == [True] * int(FRAMES_PER_SECOND) + [
        False
    ]
