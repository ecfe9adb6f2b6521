"""A balance is the sum of its explained parts, in any order of entries; nothing is gained by what should not pay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.engines.standing.balances import STEPS, Balance, shared_out
from svoi.engines.standing.entries import Entry, reversal
from svoi.engines.standing.replaying import ALONE, Circumstances, replay
from svoi.engines.standing.units import DAY_S, DELTA_MAX, POINT, Axis, Kind
from tests.engines.standing.given import TODAY, chains, circumstances, entry, patient, renumbered

UNDO = {"rule": "ruling", "version": 1, "cause": "case"}
SIZES = Circumstances(sizes={0: 2, 1: 5, 2: 9})


@given(chains(), circumstances, st.integers(-200, 400))
@patient
def test_parts_add_up_exactly(entries: list[Entry], known: Circumstances, day: int) -> None:
    balance = replay(entries, TODAY + day * DAY_S, known)
    assert sum(part.value for part in balance.parts) == balance.micro == sum(balance.by_rule().values())
    raw = {one.number: one for one in entries}
    for part in balance.parts:
        assert part.value == part.raw + sum(getattr(part, step) for step in STEPS)
        assert (part.raw, part.rule) == (raw[part.number].delta, raw[part.number].rule)
        changes = [getattr(part, step) for step in STEPS]
        if part.raw > 0:
            assert max(changes) <= 0 <= part.value
        else:
            assert (max(changes[1:]), min(changes[1:])) == (0, 0)
            assert part.raw <= part.value <= 0


@given(chains(), circumstances, st.randoms())
@patient
def test_the_order_of_entries_does_not_matter(entries: list[Entry], known: Circumstances, dice) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(entries)
    dice.shuffle(shuffled)
    assert replay(shuffled, TODAY, known) == replay(entries, TODAY, known)


@given(chains(), circumstances, st.randoms())
@patient
def test_the_order_of_arrival_does_not_matter(entries: list[Entry], known: Circumstances, dice) -> None:  # type: ignore[no-untyped-def]
    """Facts that arrive in another order get other numbers, and come to the same balance; only a reversal waits for
    what it reverses."""
    waiting, arrived = list(entries), []
    while waiting:
        one = dice.choice([one for one in waiting if not any(other.number == one.reverses for other in waiting)])
        waiting.remove(one)
        arrived.append(one)
    assert replay(renumbered(arrived), TODAY, known).micro == replay(entries, TODAY, known).micro


@given(chains(), st.data(), circumstances, st.integers(0, 400))
@patient
def test_a_reversal_brings_exactly_back(
    entries: list[Entry], data: st.DataObject, known: Circumstances, day: int
) -> None:
    number, axis = len(entries) + 1, entries[0].axis if entries else Axis.HOST
    size = data.draw(st.integers(1, DELTA_MAX))
    kind = data.draw(st.sampled_from([Kind.CREDIT, Kind.PENALTY, Kind.GRAVE]))
    counterparty = data.draw(st.none() | st.sampled_from([2, 3, 4]))
    one = entry(number, axis=axis, kind=kind, delta=size if kind is Kind.CREDIT else -size, counterparty=counterparty)
    undo = reversal(one, number=number + 1, at=TODAY + data.draw(st.integers(0, day)) * DAY_S, **UNDO)
    at = TODAY + day * DAY_S
    assert replay([*entries, one, undo], at, known) == replay(entries, at, known)
    back = replace(reversal(undo, number=number + 2, at=at, **UNDO))
    assert replay([*entries, one, undo, back], at, known) == replay([*entries, one], at, known)


@given(
    chains(), st.sampled_from([Kind.PENALTY, Kind.GRAVE]), st.integers(1, DELTA_MAX), circumstances, st.integers(0, 900)
)
@patient
def test_a_penalty_never_raises_and_no_surplus_pays_for_it(
    entries: list[Entry], kind: Kind, size: int, known: Circumstances, day: int
) -> None:
    axis = entries[0].axis if entries else Axis.HOST
    penalty = entry(len(entries) + 1, axis=axis, kind=kind, delta=-size, counterparty=None)
    at = TODAY + day * DAY_S
    before, after = replay(entries, at, known), replay([*entries, penalty], at, known)
    alone = replay([replace(penalty, number=1)], at)
    assert after.micro == before.micro + alone.micro <= before.micro


@given(chains(), circumstances, amount := st.integers(1, DELTA_MAX))
@patient
def test_a_credit_never_lowers(entries: list[Entry], known: Circumstances, size: int) -> None:
    axis = entries[0].axis if entries else Axis.HOST
    more = entry(len(entries) + 1, axis=axis, delta=size, counterparty=2)
    assert replay([*entries, more], TODAY, known).micro >= replay(entries, TODAY, known).micro


@given(st.lists(st.integers(1, 9 * POINT), min_size=1, max_size=8), st.integers(0, 300), st.integers(0, 5))
@patient
def test_a_counterparty_split_into_a_ring_does_not_pay(deals: list[int], age: int, silent: int) -> None:
    """The same deals by one counterparty, and by as many as there are deals, who were found to be a group."""
    at = TODAY + age * DAY_S
    one = replay([entry(number, delta=delta) for number, delta in enumerate(deals, 1)], at)
    ring = [entry(number, delta=delta, counterparty=number + 10, group=3) for number, delta in enumerate(deals, 1)]
    known = Circumstances(sizes={3: len(deals) + silent})
    assert replay(ring, at, known).micro <= one.micro
    later = [replace(each, group=None) for each in ring]
    found = Circumstances(sizes=known.sizes, group_of=dict.fromkeys(range(11, 11 + len(deals)), 3))
    assert replay(later, at, found).micro == replay(ring, at, known).micro


@given(chains(), st.integers(0, 9 * POINT), st.integers(0, 9 * POINT))
@patient
def test_less_trust_never_holds_more(entries: list[Entry], less: int, more: int) -> None:
    known = [replace(SIZES, capacity=capacity, given={2: capacity}) for capacity in sorted((less, less + more))]
    low, high = (replay(entries, TODAY, each).micro for each in known)
    assert low <= high <= replay(entries, TODAY, SIZES).micro
    assert sum(part.value for part in replay(entries, TODAY, known[0]).parts if part.raw > 0) <= less


def test_one_balance_by_hand() -> None:
    """Two orders of 7 a half-life ago and one of the house today, 0.5 off by a penalty today, capacity 1.2."""
    told = [
        entry(1, at=TODAY - 180 * DAY_S),
        entry(2, at=TODAY - 180 * DAY_S),
        entry(3, counterparty=None, rule="gold_case"),
        entry(4, kind=Kind.PENALTY, delta=-POINT // 2, rule="ruling", counterparty=None),
    ]
    balance = replay(told, TODAY, Circumstances(capacity=1_200_000))
    assert [(part.decay, part.repeats, part.capacity, part.value) for part in balance.parts] == [
        (-500_000, -153_427, -100_944, 245_629),
        (-500_000, -153_426, -100_943, 245_631),
        (0, 0, -291_260, 708_740),
        (0, 0, 0, -500_000),
    ]
    assert balance.micro == 700_000
    assert balance.by_rule() == {("gold_case", 1): 708_740, ("order_kept", 1): 491_260, ("ruling", 1): -500_000}


def test_what_is_no_chain_is_refused() -> None:
    with pytest.raises(ValueError, match="several chains"):
        replay([entry(1), entry(2, member=2)], TODAY)
    with pytest.raises(ValueError, match="one number"):
        replay([entry(1), entry(1, delta=5)], TODAY)
    with pytest.raises(ValueError, match="size of group 4 is not told"):
        replay([entry(group=4)], TODAY, ALONE)
    assert replay([], TODAY) == Balance(at=TODAY, micro=0)


@given(st.lists(st.integers(0, 10**9), max_size=20), st.data())
@patient
def test_a_total_is_shared_out_whole(weights: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    shares = shared_out(total, weights)
    assert sum(shares) == total
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))
