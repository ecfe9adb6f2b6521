"""What chance finds: exchanges keep totals, and q-values follow Benjamini and Hochberg."""

from __future__ import annotations

import numpy as np
import pytest

from svoi.engines.integrity import find_groups
from svoi.engines.integrity.null import exchanged, p_values, q_values
from tests.engines.integrity.shop import DAY_S, shop, with_group


def test_an_exchange_keeps_everybodys_facts_a_day():
    dice = np.random.default_rng(0)
    actor, day = dice.integers(0, 30, 2_000).astype(np.int32), dice.integers(0, 9, 2_000)
    other = exchanged(actor, day, dice)
    assert (other != actor).any()
    for one in range(9):
        assert sorted(other[day == one]) == sorted(actor[day == one])


def test_q_values_of_a_known_table():
    q = q_values(np.array([0.01, 0.5, 0.02, 0.03]))
    assert q.tolist() == pytest.approx([0.04, 0.5, 0.04, 0.04])
    assert len(q_values(np.empty(0))) == 0


def test_a_higher_score_is_never_likelier():
    p = p_values(np.array([0.0, 20.0, 60.0, 5_000.0]), np.array([5.0, 12.0, 8.0, 0.0]))
    assert (np.diff(p) <= 0).all()
    assert p[1] > 0.01 > p[2]


def test_with_actors_exchanged_inside_days_the_group_is_gone():
    table, _, _ = with_group(shop(), targets=20)
    for seed in range(3):
        dice = np.random.default_rng(seed)
        day = np.floor(table["at_s"] / DAY_S).astype(np.int64)
        assert find_groups(table | {"actor": exchanged(table["actor"], day, dice)}) == []
