"""Columns: entries of many chains as arrays, for a recount of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from svoi.engines.standing.credit import Amounts
from svoi.engines.standing.entries import Entry
from svoi.engines.standing.replaying import ALONE, Circumstances
from svoi.engines.standing.units import Axis, Kind

AXES, KINDS = tuple(Axis), tuple(Kind)
NONE = -1
_REVERSAL = KINDS.index(Kind.REVERSAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Entries as int64 arrays of one length n, in any order; NONE (-1) where an entry has nothing.

    `axis` and `kind` are places in AXES and KINDS; `group_size` is 1 without a group; `reverses` is the row reversed.
    """

    member: Amounts
    community: Amounts
    axis: Amounts
    kind: Amounts
    delta: Amounts
    at: Amounts
    counterparty: Amounts
    group_size: Amounts
    expires_at: Amounts
    reverses: Amounts


def columns_of(entries: Iterable[Entry], circumstances: Circumstances = ALONE) -> Columns:
    """Entries of any chains as columns, with the groups and their sizes that `circumstances` knows."""
    listed = list(entries)
    row_of = {(entry.community, entry.member, entry.axis, entry.number): row for row, entry in enumerate(listed)}
    told = [
        (
            entry.member,
            entry.community,
            AXES.index(entry.axis),
            KINDS.index(entry.kind),
            entry.delta,
            entry.at,
            _or_none(entry.counterparty),
            circumstances.size_of_group(entry),
            _or_none(entry.expires_at),
            NONE if entry.reverses is None else row_of[entry.community, entry.member, entry.axis, entry.reverses],
        )
        for entry in listed
    ]
    table = np.array(told, dtype=np.int64).reshape(len(listed), 10).T
    return Columns(**dict(zip(Columns.__slots__, table, strict=True)))


def _or_none(value: int | None) -> int:
    return NONE if value is None else value


def stands(columns: Columns, at: int) -> NDArray[np.bool_]:
    """Recorded by `at`, not expired, not reversed by a reversal that stands: settled after as many turns as reversals
    are nested."""
    known = columns.at <= at
    undoing = np.flatnonzero(known & (columns.kind == _REVERSAL))
    undone = np.zeros(len(known), dtype=np.bool_)
    while True:
        found = np.zeros_like(undone)
        found[columns.reverses[undoing[~undone[undoing]]]] = True
        if (found == undone).all():
            break
        undone = found
    unexpired = (columns.expires_at == NONE) | (at < columns.expires_at)
    standing: NDArray[np.bool_] = known & unexpired & ~undone & (columns.kind != _REVERSAL)
    return standing
