"""Scores: caps hold, one source never acts, and what is told adds up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.integrity.scores import (
    ACTION_NATS,
    CAP_NATS,
    SOURCES,
    WORDS,
    Calibration,
    Family,
    Part,
    calibrate,
    weigh_evidence,
)

EVIDENCE = st.dictionaries(st.sampled_from(list(Family)), st.floats(-100, 100))


@given(EVIDENCE)
def test_no_part_is_beyond_its_cap_and_parts_add_up(raw):
    score = weigh_evidence(raw)
    assert {part.family for part in score.parts} == set(raw)
    assert all(abs(part.nats) <= CAP_NATS for part in score.parts)
    assert score.nats == pytest.approx(sum(part.nats for part in score.parts))
    assert 0 < score.probability < 1


@given(EVIDENCE)
def test_acting_takes_two_sources(raw):
    score = weigh_evidence(raw)
    strong = {SOURCES[part.family] for part in score.parts if part.nats >= 1 and part.family in SOURCES}
    assert not (score.may_act and len(strong) < 2)


@pytest.mark.parametrize("family", list(Family))
def test_one_family_never_acts(family):
    assert not weigh_evidence({family: 1_000.0}).may_act
    assert CAP_NATS < ACTION_NATS


def test_two_families_of_one_source_never_act():
    assert not weigh_evidence({Family.TIME_LOCKSTEP: 9.0, Family.SURPRISE: 9.0}).may_act


def test_capacity_never_convicts():
    assert not weigh_evidence({Family.TIME_LOCKSTEP: 9.0, Family.GRAPH_CAPACITY: 9.0}).may_act
    weak = {Family.TIME_LOCKSTEP: 2.0, Family.SHARED_PAYMENT: 1.5}
    assert not weigh_evidence(weak | {Family.GRAPH_CAPACITY: 9.0}).may_act


def test_two_sources_act_and_an_alibi_holds_them_back():
    both = {Family.TIME_LOCKSTEP: 3.0, Family.SHARED_PAYMENT: 2.0}
    score = weigh_evidence(both)
    assert (score.may_act, score.sources, score.nats) == (True, ("moments", "payment"), 5.0)
    assert not weigh_evidence(both | {Family.ORDER_TRUTH: -2.0}).may_act


def test_what_is_told_can_be_read():
    score = weigh_evidence({Family.ORDER_TRUTH: -1.0, Family.TIME_LOCKSTEP: 2.44})
    assert score.told("ru") == (
        "одни и те же дела в\u00a0одни и те же минуты: +2,4",
        "заказы возвращены или не забраны: −1,0",
    )
    assert score.told("en")[0] == "the same deeds within the same minutes: +2.4"
    assert set(WORDS) == set(Family)


def test_figures_that_are_none_are_refused():
    with pytest.raises(ValueError, match="surprise is nan"):
        weigh_evidence({Family.SURPRISE: float("nan")})


def test_calibration_finds_the_log_odds():
    dice = np.random.default_rng(1)
    proven = dice.random(20_000) < 0.3
    raw = dice.normal(np.where(proven, 1.0, 0.0), 1.0)  # the likelihood ratio is raw - 1/2 nats
    fitted = calibrate(raw, proven)
    assert fitted.slope == pytest.approx(1.0, abs=0.08)
    assert fitted.offset == pytest.approx(-0.5, abs=0.08)
    assert weigh_evidence({Family.SURPRISE: 2.0}, {Family.SURPRISE: fitted}).parts == (
        Part(Family.SURPRISE, fitted.nats(2.0)),
    )


def test_few_or_contrary_verdicts_say_nothing():
    assert calibrate([1.0, 2.0], [True, True]) == Calibration(0.0, 0.0)
    assert calibrate([], []) == Calibration(0.0, 0.0)
    assert calibrate([0.0, 1.0, 2.0, 3.0], [True, True, False, False]) == Calibration(0.0, 0.0)
    assert calibrate([0.0, 1.0], [False, True]).slope < 0.5
    with pytest.raises(ValueError, match="2 figures and 1 verdicts"):
        calibrate([1.0, 2.0], [True])
