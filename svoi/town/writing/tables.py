"""A town as a series of Arrow tables: facts and their truth day by day, then accounts, groups and books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from svoi.town.books import Table
from svoi.town.names import EXPOSURES, VERBS
from svoi.town.people_names import person_name
from svoi.town.rows import NONE, Rows
from svoi.town.town import Prepared

# Columns where -1 stands for unknown, and where a number stands for a word.
MAY_BE_EMPTY = {"device", "network", "payment", "exposure", "group"}
WORDS = {"verb": VERBS, "kind": EXPOSURES}


@dataclass(frozen=True, slots=True)
class Part:
    """One table, or a day of it; `day` is None for tables that have no days."""

    name: str
    day: int | None
    table: pa.Table


def parts(prepared: Prepared) -> Iterator[Part]:
    """Every table of a town, a day at a time where there are days; no more than a day is in memory."""
    first = 0
    for day, told in enumerate(prepared.days()):
        numbers = np.arange(first, first + len(told))
        first += len(told)
        yield Part("facts", day, _facts(told, numbers))
        yield Part("truth", day, _arrow({"fact": numbers, "scheme": told.scheme, "fake": told.fake}))
    yield Part("accounts", None, _accounts(prepared))
    yield Part("groups", None, _groups(prepared))
    yield Part("exposures", None, _arrow(prepared.settlement.books.table("exposures")))
    for name, table in prepared.books().items():
        yield Part(name, None, _arrow(table))


def _facts(told: Rows, numbers: npt.NDArray[np.int64]) -> pa.Table:
    names = ("actor", "verb", "target", "at_s", "device", "network", "payment", "exposure", "value")
    columns: Table = {name: getattr(told, name) for name in names}
    return _arrow({"fact": numbers, **columns})


def _accounts(prepared: Prepared) -> pa.Table:
    truth, columns = prepared.account_truth(), Table()
    columns["account"] = np.arange(len(truth.scheme))
    columns |= {"joined_s": truth.joined_s, "scheme": truth.scheme, "group": truth.group}
    names = [person_name(account) for account in range(len(truth.scheme))]
    return _arrow(columns).append_column("name", pa.array(names))


def _groups(prepared: Prepared) -> pa.Table:
    truth, groups = prepared.account_truth(), prepared.registry.groups
    return pa.table(
        {
            "group": pa.array(range(len(groups)), pa.int64()),
            "scheme": pa.array([group.code for group in groups], pa.int16()),
            "name": pa.array([truth.names[group.code] for group in groups], pa.string()),
            "intensity": pa.array([truth.intensities[group.code] for group in groups], pa.string()),
            "is_attack": pa.array([bool(truth.are_attacks[group.code]) for group in groups], pa.bool_()),
            "from_s": pa.array([group.from_s for group in groups], pa.float64()),
            "until_s": pa.array([group.until_s for group in groups], pa.float64()),
            "stake_minor": pa.array([group.stake_minor for group in groups], pa.int64()),
            "targets": pa.array([" ".join(map(str, group.targets)) for group in groups], pa.string()),
            "victims": pa.array([" ".join(map(str, group.victims)) for group in groups], pa.string()),
        }
    )


def _arrow(columns: Table) -> pa.Table:
    return pa.table({name: _column(name, column) for name, column in columns.items()})


def _column(name: str, column: npt.NDArray[Any]) -> pa.Array:
    if name in WORDS:
        return pa.DictionaryArray.from_arrays(pa.array(column), pa.array(WORDS[name]))
    if name in MAY_BE_EMPTY:
        return pa.array(column, mask=column == NONE)
    if column.dtype.kind == "f":
        return pa.array(column, mask=np.isnan(column))
    return pa.array(column)
