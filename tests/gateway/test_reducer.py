"""What the browser makes of frames: those heard before, envelopes known before, the last messages, the stage."""

from __future__ import annotations

import pytest

from tests.gateway.reducer import NODE, applied

pytestmark = pytest.mark.skipif(NODE is None, reason="the browser's reducer is run by node")


def test_frames_heard_before_change_nothing() -> None:
    state = {"facts": 5, "chat": 7, "messages": [], "sold": 1, "state": "live", "viewers": 3, "policy": {}}
    frames = [
        {"t": "fact", "n": 5, "kind": "someone_bought"},
        {"t": "chat", "n": 7, "id": 1, "text": "again"},
        {"t": "beat", "token": "x"},
        {"t": "refused", "k": "x", "code": "slow_mode", "wait_s": 3},
        {"t": "something_new"},
    ]
    assert applied(state, frames) == state


def test_an_envelope_known_before_its_fact_was_numbered_stays_as_it_is_known() -> None:
    gift = {"envelope_id": 2, "shares": 5}
    state = {"facts": 0, "envelopes": [{**gift, "shares_left": 3}]}
    frames = [
        {"t": "fact", "n": 1, "kind": "envelope_sent", **gift},
        {"t": "fact", "n": 2, "kind": "shares_taken", "envelope_id": 2, "shares_left": 4},
        {"t": "fact", "n": 3, "kind": "shares_taken", "envelope_id": 9, "shares_left": 1},
        {"t": "fact", "n": 4, "kind": "envelope_closed", "envelope_id": 9},
    ]
    assert applied(state, frames) == {**state, "facts": 4}


def test_only_the_last_hundred_messages_are_kept() -> None:
    state = {"facts": 0, "chat": 0, "messages": []}
    frames = [{"t": "chat", "n": n, "id": n, "text": str(n)} for n in range(1, 131)]
    after = applied(state, frames)
    assert [message["n"] for message in after["messages"]] == list(range(31, 131))
    assert after["chat"] == 130


@pytest.mark.parametrize(
    ("frames", "state"),
    [
        (["signal_lost"], "reconnecting"),
        (["signal_lost", "signal_restored"], "live"),
        (["break_started", "signal_lost"], "break"),
        (["break_started", "signal_lost", "break_ended"], "reconnecting"),
        (["break_started", "signal_lost", "signal_restored", "break_ended"], "live"),
        (["signal_lost", "break_started", "signal_restored"], "break"),
        (["show_ended", "signal_lost"], "ended"),
    ],
)
def test_the_stage_follows_signal_and_breaks(frames: list[str], state: str) -> None:
    start = {"facts": 0, "chat": 0, "state": "live", "signal": True, "policy": {}, "messages": []}
    told = [{"t": "fact", "n": n, "kind": kind, "at": n} for n, kind in enumerate(frames, 1)]
    assert applied(start, told)["state"] == state
