"""Replay: the balance of one chain at one moment from its entries alone, explained step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from svoi.engines.standing.balances import Balance, Part, shared_out
from svoi.engines.standing.credit import divided, repeated, unreciprocated
from svoi.engines.standing.decay import faded
from svoi.engines.standing.entries import Entry, standing_entries
from svoi.engines.standing.units import DAY_S, Kind, half_life


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a recount knows beyond the chain. The defaults know nothing, and take nothing off.

    `group_of`: counterparty -> group found since; `sizes`: group -> its members, at least 1; `returned`: counterparty
    -> micro-points that she has of this member, decayed, on all axes together; `given`: counterparty -> what trust lets
    her give this member; `capacity`: what trust lets this member hold on this axis.
    """

    group_of: Mapping[int, int] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)
    returned: Mapping[int, int] = field(default_factory=dict)
    given: Mapping[int, int] | None = None
    capacity: int | None = None

    def size_of_group(self, entry: Entry) -> int:
        """Members of the group behind an entry, 1 without one; raises ValueError for a group of unknown size."""
        groups = {entry.group, self.group_of.get(entry.counterparty) if entry.counterparty is not None else None}
        try:
            return max((self.sizes[group] for group in groups if group is not None), default=1)
        except KeyError as unknown:
            raise ValueError(f"the size of group {unknown} is not told") from unknown


ALONE = Circumstances()


def replay(entries: Iterable[Entry], at: int, circumstances: Circumstances = ALONE) -> Balance:
    """The balance of one chain as it stands at `at` (seconds since 1970), the entries given in any order.

    Credits of each counterparty are decayed, summed, damped, divided by the largest group they came from, lowered where
    mutual, limited to what the giver can give; all of them together are limited to the capacity. Penalties come off
    last, so that no surplus over the capacity can pay for them. Raises ValueError for entries of several chains.
    """
    standing = standing_entries(_of_one_chain(entries), at)
    left = {entry.number: _left(entry, at) for entry in standing}
    credits_by: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in standing:
        if entry.kind is Kind.CREDIT:
            credits_by[entry.counterparty].append(entry)
    steps = {entry.number: [entry.delta, left[entry.number]] for entry in standing}
    for counterparty, given in credits_by.items():
        stages = _stages(counterparty, given, [left[entry.number] for entry in given], circumstances)
        for entry, amounts in zip(given, zip(*stages, strict=True), strict=True):
            steps[entry.number] += amounts
    _cap([steps[entry.number] for entry in standing if entry.kind is Kind.CREDIT], circumstances.capacity)
    parts = tuple(_part(entry, steps[entry.number]) for entry in standing)
    return Balance(at=at, micro=sum(part.value for part in parts), parts=parts)


def _of_one_chain(entries: Iterable[Entry]) -> list[Entry]:
    listed = list(entries)
    if len({(entry.member, entry.community, entry.axis) for entry in listed}) > 1:
        raise ValueError("these are entries of several chains")
    if len({entry.number for entry in listed}) != len(listed):
        raise ValueError("two entries have one number")
    return listed


def _left(entry: Entry, at: int) -> int:
    age_days = (at - entry.at) // DAY_S
    return faded(entry.delta, age_days=age_days, half_life_days=half_life(entry.axis, entry.kind))


def _stages(counterparty: int | None, given: list[Entry], left: list[int], known: Circumstances) -> list[list[int]]:
    """What is left of each entry after repeats, group, mutual and giver, each stage shared out in proportion."""
    if counterparty is None:  # the house itself confirmed it: there is nobody to collude with
        return [left] * 4
    received = np.array([sum(left)], dtype=np.int64)
    sizes = np.array([max(known.size_of_group(entry) for entry in given)], dtype=np.int64)
    returned = np.array([known.returned.get(counterparty, 0)], dtype=np.int64)
    totals = [repeated(received)]
    totals.append(divided(totals[-1], sizes))
    totals.append(unreciprocated(totals[-1], received, returned))
    whole = [int(total[0]) for total in totals]
    whole.append(whole[-1] if known.given is None else min(whole[-1], known.given.get(counterparty, 0)))
    stages = [left]
    for total in whole:
        stages.append(shared_out(total, stages[-1]))
    return stages[1:]


def _cap(steps: list[list[int]], capacity: int | None) -> None:
    """The last amount of each credit, within the capacity for all of them."""
    amounts = [step[-1] for step in steps]
    total = sum(amounts) if capacity is None else min(sum(amounts), capacity)
    for step, amount in zip(steps, shared_out(total, amounts), strict=True):
        step.append(amount)


def _part(entry: Entry, amounts: list[int]) -> Part:
    changes = [after - before for before, after in pairwise(amounts)]
    changes += [0] * (6 - len(changes))  # a penalty has decay alone
    decay, repeats, group, mutual, giver, capacity = changes
    return Part(
        number=entry.number,
        rule=entry.rule,
        version=entry.version,
        counterparty=entry.counterparty,
        raw=entry.delta,
        decay=decay,
        repeats=repeats,
        group=group,
        mutual=mutual,
        giver=giver,
        capacity=capacity,
    )
