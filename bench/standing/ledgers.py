"""A year of a large community's entries, recounted by the engine and by a loop; chains verified, and bytes hashed."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict

import numpy as np

from svoi.engines.standing.chains import chain, encoded, verify
from svoi.engines.standing.columns import AXES, KINDS, Columns
from svoi.engines.standing.entries import Entry
from svoi.engines.standing.recounting import balances, pair_credits
from svoi.engines.standing.units import DAY_S, POINT, Axis, Kind, half_life

ENTRIES, MEMBERS, CHAINS, LENGTH = 1_000_000, 50_000, 2_000, 20
TODAY = 20_000 * DAY_S
Row = tuple[int, int, int, int, int, int, int]
Chain = tuple[list[Entry], list[bytes]]


def town() -> tuple[Columns, list[Row]]:
    """The same invented entries as columns and as rows; a hundredth are penalties, a tenth from groups of four."""
    dice = np.random.default_rng(7)
    member, other = dice.integers(0, MEMBERS, ENTRIES), dice.integers(0, MEMBERS, ENTRIES)
    other = np.where(dice.random(ENTRIES) < 0.5, member // 20 * 20 + other % 20, other)  # half within a circle of 20
    other = np.where(other == member, -1, other)
    kind = np.where(dice.random(ENTRIES) < 0.01, KINDS.index(Kind.PENALTY), KINDS.index(Kind.CREDIT))
    delta = dice.integers(POINT // 10, 3 * POINT, ENTRIES)
    columns = Columns(
        member=member,
        community=np.ones(ENTRIES, dtype=np.int64),
        axis=dice.integers(0, len(AXES), ENTRIES),
        kind=kind,
        delta=np.where(kind == KINDS.index(Kind.PENALTY), -delta, delta),
        at=TODAY - dice.integers(0, 365, ENTRIES) * DAY_S,
        counterparty=other,
        group_size=np.where(other % 10 == 0, 4, 1),
        expires_at=np.full(ENTRIES, -1),
        reverses=np.full(ENTRIES, -1),
    )
    kept = ("member", "axis", "kind", "delta", "at", "counterparty", "group_size")
    return columns, list(zip(*(getattr(columns, name).tolist() for name in kept), strict=True))


def recount(columns: Columns) -> dict[tuple[int, int], int]:
    pairs = pair_credits(columns, at=TODAY)
    found = balances(pairs).tolist()
    return dict(zip(zip(pairs.member.tolist(), pairs.axis.tolist(), strict=True), found, strict=True))


def recount_plainly(rows: list[Row]) -> dict[tuple[int, int], float]:
    """What one would write first: dictionaries, floats, the same formulas."""
    lives = [[half_life(axis, kind) for kind in KINDS] for axis in AXES]
    credit = KINDS.index(Kind.CREDIT)
    received: dict[tuple[int, int, int], float] = defaultdict(float)
    between: dict[tuple[int, int], float] = defaultdict(float)
    size: dict[tuple[int, int, int], int] = {}
    held: dict[tuple[int, int], float] = defaultdict(float)
    for member, axis, kind, delta, at, other, group in rows:
        left = delta * 2.0 ** (-((TODAY - at) // DAY_S) / lives[axis][kind])
        if kind == credit and other >= 0:
            received[member, axis, other] += left
            between[member, other] += left
            size[member, axis, other] = max(size.get((member, axis, other), 1), group)
        else:
            held[member, axis] += left
    for (member, axis, other), amount in received.items():
        mutual = min(amount, between.get((other, member), 0.0))
        damped = POINT * math.log1p(amount / POINT) / size[member, axis, other]
        held[member, axis] += damped * (1 - 0.75 * mutual / amount)
    return held


def agree(columns: Columns, rows: list[Row]) -> bool:
    """Whether both find the same, to the micro-points that floors and floats may differ by."""
    ours, plain = recount(columns), recount_plainly(rows)
    return ours.keys() == plain.keys() and all(abs(amount - plain[key]) < 200 for key, amount in ours.items())


def sealed() -> tuple[list[Chain], list[list[bytes]]]:
    """Chains with their hashes, and the bytes of their entries for who only hashes."""
    chains = []
    for member in range(CHAINS):
        entries = [
            Entry(
                member=member, community=1, axis=Axis.AUTHOR, number=number, kind=Kind.CREDIT, delta=POINT,
                rule="story_helped", version=1, cause=f"{member:08x}-{number:04x}", at=TODAY,
                counterparty=CHAINS + number,
            )
            for number in range(1, LENGTH + 1)
        ]  # fmt: skip
        chains.append((entries, chain(entries)))
    return chains, [[encoded(entry) for entry in entries] for entries, _ in chains]


def verify_all(chains: list[Chain]) -> None:
    assert all(verify(entries, hashes) is None for entries, hashes in chains)


def hash_all(encoded_chains: list[list[bytes]]) -> None:
    for texts in encoded_chains:
        before = bytes(32)
        for text in texts:
            before = hashlib.sha256(before + text).digest()
