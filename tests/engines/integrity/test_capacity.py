"""Trust capacity: what stands behind one link has one account's worth together, and strangers stand far."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.engines.integrity.capacity import trust_capacity


def town(seed, *, people=200, links=900):
    dice = np.random.default_rng(seed)
    return dice.integers(0, people, (links, 2))


def value_of(capacity, accounts):
    return float(capacity.caps[np.isin(capacity.accounts, accounts)].sum())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 5))
def test_sybils_behind_so_many_links_have_so_many_accounts(seed, sybils, attacks):
    dice = np.random.default_rng(seed)
    ring = 1_000 + dice.integers(0, sybils, (4 * sybils, 2))
    attack = np.column_stack((dice.integers(0, 200, attacks), 1_000 + dice.integers(0, sybils, attacks)))
    capacity = trust_capacity(np.concatenate((town(seed), ring, attack)), dice.integers(0, 200, 20))
    assert value_of(capacity, 1_000 + np.arange(sybils)) <= attacks + 1e-9


def test_seeds_and_their_contacts_are_whole():
    capacity = trust_capacity([[1, 2], [2, 3], [3, 4]], [1])
    assert capacity.accounts.tolist() == [1, 2, 3, 4]
    assert capacity.caps.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_what_is_spare_is_handed_on_in_equal_parts():
    links = [[1, 9], [2, 9], [3, 9], [9, 5], [9, 6], [9, 7], [9, 8]]
    capacity = trust_capacity(links, [1, 2, 3])
    assert dict(zip(capacity.accounts.tolist(), capacity.caps.tolist(), strict=True)) == {
        1: 1.0, 2: 1.0, 3: 1.0, 9: 1.0, 5: 0.5, 6: 0.5, 7: 0.5, 8: 0.5,
    }  # fmt: skip


def test_repeated_links_and_loops_give_nothing():
    once = trust_capacity([[1, 2], [2, 3]], [1])
    often = trust_capacity([[1, 2]] * 5 + [[2, 1], [3, 2], [2, 2], [3, 3]], [1])
    assert often.caps.tolist() == once.caps.tolist()
    assert often.closeness.tolist() == once.closeness.tolist()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_links_does_not_matter(seed):
    links = town(seed)
    shuffled = np.random.default_rng(seed).permutation(len(links))
    one, other = trust_capacity(links, [1, 2, 3]), trust_capacity(links[shuffled][:, ::-1], [3, 2, 1])
    assert other.caps == pytest.approx(one.caps)
    assert other.closeness == pytest.approx(one.closeness)


def test_sybils_stand_farther_than_people():
    links = town(3, links=1_600)
    attack = np.column_stack((np.arange(40), 1_000 + np.arange(40)))
    seeds = np.arange(100, 120)
    capacity = trust_capacity(np.concatenate((links, links + 1_000, attack)), seeds)
    is_sybil = capacity.accounts >= 1_000
    known = np.isin(capacity.accounts, seeds)
    above = (capacity.closeness[~is_sybil & ~known][:, None] > capacity.closeness[is_sybil]).mean()
    assert above > 0.98


def test_an_account_nobody_trusted_reaches_has_no_capacity():
    capacity = trust_capacity([[1, 2], [8, 9]], [1])
    assert capacity.caps.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_nothing_and_nobody():
    assert len(trust_capacity([], []).accounts) == 0
    alone = trust_capacity([], [4])
    assert (alone.accounts.tolist(), alone.caps.tolist()) == ([4], [1.0])
    assert trust_capacity([[1, 2]], []).caps.tolist() == [0.0, 0.0]


def test_links_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="instead of"):
        trust_capacity([1, 2, 3], [1])
