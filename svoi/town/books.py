"""The books beside the facts: exposures, orders, watching, vouches, verdicts; rows are added, tables come out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Table = dict[str, npt.NDArray[Any]]

COLUMNS: dict[str, dict[str, str]] = {
    "exposures": {"exposure": "i8", "target": "i8", "at_s": "f8", "reach_n": "i8", "kind": "i1"},
    "orders": {
        "order": "i8",
        "buyer": "i8",
        "product": "i8",
        "point": "i8",
        "payment": "i8",
        "exposure": "i8",
        "amount_minor": "i8",
        "at_s": "f8",
        "paid_s": "f8",
        "collected_s": "f8",
        "returned_s": "f8",
        "refunded_s": "f8",
        "scheme": "i2",
    },
    "watches": {"show": "i8", "actor": "i8", "from_s": "f8", "until_s": "f8", "scheme": "i2"},
    "vouches": {"voucher": "i8", "newcomer": "i8", "at_s": "f8", "scheme": "i2"},
    "verdicts": {"case": "i8", "juror": "i8", "guilty": "?", "is_guilty": "?", "at_s": "f8", "scheme": "i2"},
    "edits": {"target": "i8", "verb": "i1", "added_n": "i8", "at_s": "f8", "scheme": "i2"},
}
NUMBERED = {"exposures": "exposure", "orders": "order"}


class Books:
    """Tables that grow by whole columns."""

    def __init__(self) -> None:
        self._parts: dict[str, list[Table]] = {name: [] for name in COLUMNS}
        self._next = dict.fromkeys(NUMBERED, 0)

    def add(self, name: str, size: int, **columns: Any) -> npt.NDArray[np.int64]:
        """Append `size` rows; columns left out are 0, NaN for moments. Numbered tables return their new numbers."""
        numbers = np.arange(self._next.get(name, 0), self._next.get(name, 0) + size)
        if name in NUMBERED:
            self._next[name] += size
            columns[NUMBERED[name]] = numbers
        unknown = set(columns) - set(COLUMNS[name])
        if unknown:
            raise KeyError(f"{name} has no {unknown}")
        part = {}
        for column, kind in COLUMNS[name].items():
            empty = np.nan if kind == "f8" else 0
            part[column] = np.broadcast_to(np.asarray(columns.get(column, empty)).astype(kind), size)
        self._parts[name].append(part)
        return numbers

    def table(self, name: str) -> Table:
        """All rows so far."""
        parts = self._parts[name]
        return {
            column: np.concatenate([part[column] for part in parts]) if parts else np.empty(0, kind)
            for column, kind in COLUMNS[name].items()
        }


def counters(orders: Table, edits: Table) -> Table:
    """Sales of each product that has any: as recorded by paid orders, and as shown after what hands have added."""
    sold, times = np.unique(orders["product"][~np.isnan(orders["paid_s"])], return_counts=True)
    targets = np.union1d(sold, edits["target"])
    recorded = np.zeros(len(targets), np.int64)
    recorded[np.searchsorted(targets, sold)] = times
    shown = recorded.copy()
    np.add.at(shown, np.searchsorted(targets, edits["target"]), edits["added_n"])
    return {"target": targets, "recorded_n": recorded, "shown_n": shown}


def without_silent(table: Table, silent_s: npt.NDArray[np.float64], actor: str, at: str) -> Table:
    """A book without what former owners of sold accounts would have done after the sale."""
    keeps = (table["scheme"] != 0) | (table[at] < silent_s[table[actor]])
    return {name: column[keeps] for name, column in table.items()}
