"""A recount of all chains gives each the balance that its replay explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.columns import AXES, KINDS, NONE, Columns, columns_of
from svoi.engines.standing.decay import faded
from svoi.engines.standing.entries import Entry, standing_entries
from svoi.engines.standing.recounting import Pairs, balances, pair_credits
from svoi.engines.standing.replaying import Circumstances, replay
from svoi.engines.standing.units import DAY_S, POINT, Kind, half_life
from tests.engines.standing.given import TODAY, chains, entry, patient

SIZES = Circumstances(sizes={0: 2, 1: 5, 2: 9}, group_of={4: 1})
towns = st.tuples(chains(member=1), chains(member=2), chains(member=3))


def returned_to(member: int, town: Sequence[list[Entry]]) -> dict[int, int]:
    """What this member gave to each other, decayed, from their chains."""
    sums: dict[int, int] = defaultdict(int)
    for chain in town:
        for one in standing_entries(chain, TODAY):
            if one.kind is Kind.CREDIT and one.counterparty == member:
                life = half_life(one.axis, one.kind)
                sums[one.member] += faded(one.delta, age_days=(TODAY - one.at) // DAY_S, half_life_days=life)
    return sums


def by_chain(pairs: Pairs, amounts: np.ndarray) -> dict[tuple[int, str], int]:
    return {
        (member, AXES[axis]): amount
        for member, axis, amount in zip(pairs.member.tolist(), pairs.axis.tolist(), amounts.tolist(), strict=True)
    }


@given(towns, st.none() | st.integers(0, 3 * POINT), st.none() | st.integers(0, 3 * POINT), st.randoms())
@patient
def test_each_chain_has_the_balance_of_its_replay(town, given_each, capacity, dice) -> None:  # type: ignore[no-untyped-def]
    mixed = [one for chain in town for one in chain]
    dice.shuffle(mixed)
    pairs = pair_credits(columns_of(mixed, SIZES), at=TODAY)
    found = by_chain(
        pairs,
        balances(
            pairs,
            given=None if given_each is None else np.full_like(pairs.credit, given_each),
            capacity=None if capacity is None else np.full_like(pairs.penalties, capacity),
        ),
    )
    for member, chain in enumerate(town, start=1):
        known = Circumstances(
            sizes=SIZES.sizes,
            group_of=SIZES.group_of,
            returned=returned_to(member, town),
            given=None if given_each is None else dict.fromkeys(range(1, 5), given_each),
            capacity=capacity,
        )
        expected = replay(chain, TODAY, known)
        key = (member, chain[0].axis) if chain else (member, "")
        assert found.pop(key, 0) == expected.micro
    assert found == {}


def test_pairs_are_sorted_by_chain_and_counterparty() -> None:
    told = [entry(1, counterparty=9), entry(2, counterparty=2), entry(3, counterparty=None), entry(1, member=0)]
    pairs = pair_credits(columns_of(told), at=TODAY)
    assert pairs.member.tolist() == [0, 1]
    assert list(zip(pairs.chain.tolist(), pairs.counterparty.tolist(), strict=True)) == [
        (0, 7), (1, NONE), (1, 2), (1, 9),
    ]  # fmt: skip
    assert pairs.credit.tolist() == [693_147, POINT, 693_147, 693_147]


def test_nothing_is_counted_from_nothing() -> None:
    empty = Columns(**{name: np.zeros(0, dtype=np.int64) for name in Columns.__slots__})
    pairs = pair_credits(empty, at=TODAY)
    assert (len(pairs.member), len(pairs.chain), balances(pairs).tolist()) == (0, 0, [])


def test_columns_say_where_kinds_and_axes_stand() -> None:
    columns = columns_of([entry(expires_at=TODAY + 5)])
    assert (KINDS[columns.kind[0]], AXES[columns.axis[0]]) == ("credit", "buyer")
    assert (columns.expires_at[0], columns.reverses[0], columns.group_size[0]) == (TODAY + 5, NONE, 1)


def test_members_with_numbers_of_any_size_are_told_apart() -> None:
    """Their keys do not fit into one number any more."""
    large = 2**61
    told = [entry(1, member=large + place, counterparty=giver) for place, giver in enumerate((5, large, 2**33))]
    pairs = pair_credits(columns_of([*told, entry(2, member=large, counterparty=large + 1)]), at=TODAY)
    assert pairs.member.tolist() == [large, large + 1, large + 2]
    assert list(zip(pairs.chain.tolist(), pairs.counterparty.tolist(), strict=True)) == [
        (0, 5), (0, large + 1), (1, large), (2, 2**33),
    ]  # fmt: skip
    assert pairs.credit.tolist() == [693_147, 173_286, 173_286, 693_147]
