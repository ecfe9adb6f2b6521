"""What the tests of standing are given: chains of any entries that may be, on few counterparties and days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from svoi.engines.standing.capacity import Vouches
from svoi.engines.standing.entries import Entry, reversal
from svoi.engines.standing.replaying import Circumstances
from svoi.engines.standing.units import DAY_S, DELTA_MAX, POINT, Axis, Kind

TODAY = 20_000 * DAY_S
# The first example compiles, or meets a busy machine; nothing here is about time.
patient = settings(deadline=None, max_examples=60)
NAMES = st.sampled_from(["order_kept", "story_helped", "gold_case", "ruling"])


def entry(number: int = 1, **said: Any) -> Entry:
    """An entry of Anna's as a buyer, one point from 7 today, but for what is said."""
    usual: dict[str, Any] = {
        "member": 1, "community": 1, "axis": Axis.BUYER, "number": number, "kind": Kind.CREDIT, "delta": POINT,
        "rule": "order_kept", "version": 1, "cause": f"event-{number}", "at": TODAY, "counterparty": 7,
    }  # fmt: skip
    return Entry(**(usual | said))


@st.composite
def chains(draw: st.DrawFn, member: int = 1, least: int = 0, most: int = 12) -> list[Entry]:
    """A chain in order, with penalties, expiries, and reversals of entries and of reversals."""
    axis = draw(st.sampled_from(Axis))
    made: list[Entry] = []
    undone: set[int] = set()
    for number in range(1, draw(st.integers(least, most)) + 1):
        at = TODAY - draw(st.integers(0, 500 * DAY_S))
        free = [one for one in made if one.number not in undone]
        if free and draw(st.integers(0, 4)) == 0:
            one = draw(st.sampled_from(free))
            undone.add(one.number)
            undone -= {one.reverses} if one.reverses else set()
            made.append(reversal(one, number=number, rule="ruling", version=1, cause=f"e{number}", at=max(at, one.at)))
            continue
        kind = draw(st.sampled_from([Kind.CREDIT, Kind.CREDIT, Kind.PENALTY, Kind.GRAVE]))
        size = draw(st.integers(1, DELTA_MAX) | st.sampled_from([POINT, POINT // 2, 3 * POINT]))
        counterparty = draw(st.none() | st.sampled_from([one for one in (1, 2, 3, 4) if one != member]))
        made.append(
            Entry(
                member=member, community=1, axis=axis, number=number, kind=kind,
                delta=size if kind is Kind.CREDIT else -size, rule=draw(NAMES), version=draw(st.integers(1, 3)),
                cause=f"e{number}", at=at, counterparty=counterparty,
                group=None if counterparty is None else draw(st.none() | st.integers(0, 2)),
                expires_at=draw(st.none() | st.integers(at, TODAY + 9)),
            )
        )  # fmt: skip
    return made


amounts = st.integers(0, 5 * POINT)
circumstances = st.builds(
    Circumstances,
    group_of=st.dictionaries(st.integers(1, 4), st.integers(0, 2)),
    sizes=st.fixed_dictionaries({group: st.integers(1, 9) for group in (0, 1, 2)}),
    returned=st.dictionaries(st.integers(1, 4), amounts),
    given=st.none() | st.dictionaries(st.integers(1, 4), amounts),
    capacity=st.none() | amounts,
)


def renumbered(entries: list[Entry]) -> list[Entry]:
    """The same facts in the order of the list, reversals still naming what they named."""
    new = {one.number: place for place, one in enumerate(entries, start=1)}
    return [replace(one, number=new[one.number], reverses=new.get(one.reverses or 0)) for one in entries]


def vouches(accounts: int, seeds: dict[int, int], edges: list[tuple[int, int, int]]) -> Vouches:
    """Trust among so many accounts: what seeds let in, and (voucher, vouched, limit) edges."""
    table = np.array(edges, dtype=np.int64).reshape(len(edges), 3)
    seeded = np.zeros(accounts, dtype=np.int64)
    for account, amount in seeds.items():
        seeded[account] = amount
    return Vouches(seeds=seeded, voucher=table[:, 0], vouched=table[:, 1], limit=table[:, 2])
