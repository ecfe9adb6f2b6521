"""When a show is on air, and what may be bought in it."""

from __future__ import annotations

import itertools

import pytest

from svoi.shows.rules.airing import (
    AlreadyLive,
    KeyUnknown,
    NoSignal,
    ShowEnded,
    ShowNotLive,
    admit_publisher,
    admit_start,
    require_on_air,
    stage_of,
)
from svoi.shows.rules.buying import NothingPinned, NotOffered, PinMoved, admit_buyer

ON_AIR = ("live", "break", "reconnecting")


def test_the_stage_is_read_from_facts():
    seen = {
        facts: stage_of(went_live=facts[0], ended=facts[1], on_break=facts[2], signal=facts[3])
        for facts in itertools.product([False, True], repeat=4)
    }
    assert {stage for facts, stage in seen.items() if facts[1]} == {"ended"}
    assert {stage for facts, stage in seen.items() if not facts[0] and not facts[1]} == {"scheduled"}
    assert seen[True, False, False, True] == "live"
    assert seen[True, False, False, False] == "reconnecting"
    assert seen[True, False, True, True] == seen[True, False, True, False] == "break"


def test_a_show_starts_once_and_with_a_picture():
    admit_start(stage="scheduled", signal=True)
    with pytest.raises(NoSignal):
        admit_start(stage="scheduled", signal=False)
    for stage in ON_AIR:
        with pytest.raises(AlreadyLive):
            admit_start(stage=stage, signal=True)
    with pytest.raises(ShowEnded):
        admit_start(stage="ended", signal=True)


def test_what_needs_a_running_show():
    for stage in ON_AIR:
        require_on_air(stage)
    with pytest.raises(ShowNotLive):
        require_on_air("scheduled")
    with pytest.raises(ShowEnded):
        require_on_air("ended")


def test_a_publisher_comes_with_a_key_of_a_show_that_is_not_over():
    admit_publisher(known=True, ended=False)
    with pytest.raises(KeyUnknown):
        admit_publisher(known=False, ended=False)
    with pytest.raises(ShowEnded):
        admit_publisher(known=True, ended=True)


def buyer(**changes):
    seen = {"stage": "live", "seen_pin_id": 5, "pin_id": 5, "pinned_product_id": 9, "in_tray": True}
    admit_buyer(**{**seen, **changes})


@pytest.mark.parametrize("stage", ON_AIR)
def test_she_buys_what_she_saw(stage):
    buyer(stage=stage)


def test_from_the_bag_no_pin_is_needed():
    buyer(seen_pin_id=None, pin_id=None, pinned_product_id=None)
    buyer(seen_pin_id=None, pin_id=6)


def test_a_moved_pin_is_refused_and_names_the_product_pinned_now():
    with pytest.raises(PinMoved) as refusal:
        buyer(pin_id=6, pinned_product_id=10)
    assert refusal.value.facts == {"pinned_product_id": 10}


def test_a_pin_taken_down_is_refused():
    with pytest.raises(NothingPinned):
        buyer(pin_id=None, pinned_product_id=None)


@pytest.mark.parametrize("stage", ["scheduled", "ended"])
def test_nothing_is_sold_before_and_after(stage):
    with pytest.raises(ShowNotLive):
        buyer(stage=stage)


def test_what_is_not_laid_out_is_not_sold():
    with pytest.raises(NotOffered):
        buyer(in_tray=False)
