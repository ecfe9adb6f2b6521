"""Ranking of accounts: a ring comes first, order does not matter, and being new or busy alone means nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.integrity.facts import FactsBroken
from svoi.engines.integrity.ranks import rank_accounts
from svoi.engines.integrity.ranks.acts import standing_of
from svoi.engines.integrity.ranks.opinions import verb_values
from tests.engines.integrity.crowd import crowd, with_ring


def area_under_curve(ranking, is_bad):
    """The chance that a bad account stands above another."""
    bad, other = ranking.scores[is_bad(ranking.accounts)], ranking.scores[~is_bad(ranking.accounts)]
    above = (bad[:, None] > other).mean() + (bad[:, None] == other).mean() / 2
    return float(above)


def test_nothing_gives_nothing():
    nobody = rank_accounts({"actor": [], "verb": [], "target": [], "at_s": []})
    assert len(nobody) == 0
    assert nobody.scores.shape == (0,)


def test_broken_facts_are_refused():
    with pytest.raises(FactsBroken):
        rank_accounts({"actor": [1], "verb": ["like"], "target": [2]})


def test_every_account_that_acted_has_a_score_between_nought_and_one():
    facts = crowd(1)
    ranking = rank_accounts(facts)
    assert ranking.accounts.tolist() == sorted(set(facts["actor"].tolist()))
    assert ranking.accounts.dtype == np.int64
    assert ((ranking.scores >= 0) & (ranking.scores <= 1)).all()
    assert ranking[int(ranking.accounts[3])] == ranking.scores[3]
    assert list(ranking) == ranking.accounts.tolist()
    with pytest.raises(KeyError):
        ranking[999_999]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_ring_comes_first(seed):
    ranking = rank_accounts(with_ring(crowd(seed), seed))
    assert area_under_curve(ranking, lambda accounts: accounts >= 5_000) > 0.95


def test_a_ring_stays_first_under_camouflage():
    """As many facts again at targets that everybody uses, at moments of everybody's."""
    facts = with_ring(crowd(4, accounts=400, targets=600), 4)
    dice = np.random.default_rng(4)
    veil = {name: values[dice.integers(0, 4_000, 120)] for name, values in facts.items()}
    veil["actor"] = 5_000 + dice.integers(0, 20, 120)
    ranking = rank_accounts({name: np.concatenate([facts[name], veil[name]]) for name in facts})
    assert area_under_curve(ranking, lambda accounts: accounts >= 5_000) > 0.95


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1_000))
def test_the_order_of_rows_does_not_matter(seed):
    facts = with_ring(crowd(5, accounts=80), 5)
    facts["at_s"] = np.round(facts["at_s"] / 600) * 600  # ties of the clock
    shuffled = np.random.default_rng(seed).permutation(len(facts["actor"]))
    again = rank_accounts({name: values[shuffled] for name, values in facts.items()})
    assert again.scores.tolist() == rank_accounts(facts).scores.tolist()


ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from([-3, 0, 5]), st.integers(0, 4), st.integers(-200_000, 200_000)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.booleans())
def test_any_table_gives_scores(rows, spoken):
    """Whatever comes, however little: no warning, no figure outside."""
    actor, verb, target, at_s = (list(column) for column in zip(*rows, strict=True))
    verbs = [f"rate:{value}" if value > 0 else "view" for value in verb] if spoken else verb
    ranking = rank_accounts({"actor": actor, "verb": verbs, "target": target, "at_s": [float(at) for at in at_s]})
    assert ranking.accounts.tolist() == sorted(set(actor))
    assert ((ranking.scores >= 0) & (ranking.scores <= 1)).all()


def test_an_unrelated_account_changes_others_little():
    facts = crowd(6)
    before = rank_accounts(facts)
    more = {"actor": [77_777] * 3, "verb": ["like"] * 3, "target": [1, 2, 3], "at_s": [1.7e9, 1.71e9, 1.72e9]}
    after = rank_accounts({name: np.concatenate([facts[name], more[name]]) for name in facts})
    assert float(np.abs(after.scores[:-1] - before.scores).max()) < 0.05


def test_what_others_do_to_an_account_is_not_its_doing():
    facts = crowd(7)
    before = rank_accounts(facts)
    liked = {"actor": [0], "verb": ["like"], "target": [5], "at_s": [float(facts["at_s"].mean())]}
    after = rank_accounts({name: np.concatenate([facts[name], liked[name]]) for name in facts})
    assert after[5] == pytest.approx(before[5], abs=0.01)


def test_the_number_of_facts_alone_says_nothing():
    """Everybody draws from the same hat; the busy and the quiet must stand alike."""
    facts = crowd(8, accounts=1_000)
    ranking = rank_accounts(facts)
    quiet = np.bincount(facts["actor"])[ranking.accounts] <= 5
    above = area_under_curve(ranking, lambda accounts: quiet)
    assert 0.35 < above < 0.65


def test_a_single_fact_is_typical():
    facts = crowd(9)
    one = {"actor": [88_888], "verb": ["view"], "target": [10_000], "at_s": [float(np.median(facts["at_s"]))]}
    ranking = rank_accounts({name: np.concatenate([facts[name], one[name]]) for name in facts})
    assert 0.1 < ranking[88_888] < 0.9


def test_a_timer_is_noticed():
    facts = crowd(10)
    dice = np.random.default_rng(10)
    timer = {
        "actor": np.full(60, 99_999),
        "verb": np.full(60, "view"),
        "target": 10_000 + dice.integers(0, 120, 60),
        "at_s": 1.7e9 + np.arange(60) * 21_600.0,
    }
    ranking = rank_accounts({name: np.concatenate([facts[name], timer[name]]) for name in facts})
    assert ranking[99_999] > np.quantile(ranking.scores, 0.97)


def test_one_exposure_explains_meeting():
    ring = with_ring(crowd(11), 11)
    shown = np.where(ring["actor"] >= 5_000, 1, -1)
    explained = area_under_curve(rank_accounts(ring | {"exposure": shown}), lambda accounts: accounts >= 5_000)
    assert explained < 0.9


def test_verbs_with_numbers_have_values():
    assert verb_values([-10, 5, 10]).tolist() == [-1.0, 0.5, 1.0]
    assert verb_values(["rate:-10", "rate:+5"]).tolist() == [-1.0, 0.5]
    assert verb_values(["-10", "+10"]).tolist() == [-1.0, 1.0]
    assert verb_values(["stars:1", "stars:3", "stars:5"]).tolist() == [-1.0, 0.0, 1.0]
    assert verb_values(["vote+", "vote-"]).tolist() == [1.0, -1.0]
    assert np.isnan(verb_values(["view", "like", "stars:5"])).all()


def test_ranks_are_centred_and_ties_share_a_place():
    assert standing_of(np.array([5.0, 5.0, 5.0])).tolist() == [0.0, 0.0, 0.0]
    assert standing_of(np.array([1.0, 2.0])).tolist() == [-0.5, 0.5]
