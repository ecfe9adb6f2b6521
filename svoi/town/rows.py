"""Facts in columns, while the town is being made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from svoi.town.names import CODES

NONE = -1  # of the columns that may be empty

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Rows:
    """Columns of one length. `device` to `exposure` are NONE where unknown, `value` is NaN; `scheme` 0 is everyday."""

    actor: Ints
    verb: npt.NDArray[np.int8]
    target: Ints
    at_s: Floats
    device: Ints
    network: Ints
    payment: Ints
    exposure: Ints
    value: npt.NDArray[np.float32]
    scheme: npt.NDArray[np.int16]
    fake: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.actor)

    def take(self, which: npt.NDArray[Any]) -> Rows:
        """Chosen by places or by a mask."""
        return Rows(*(getattr(self, field.name)[which] for field in fields(self)))

    def in_order(self) -> Rows:
        """By time; what happens at the same moment stays as it was."""
        return self.take(np.argsort(self.at_s, kind="stable"))


DTYPES = {
    "actor": np.int64,
    "verb": np.int8,
    "target": np.int64,
    "at_s": np.float64,
    "device": np.int64,
    "network": np.int64,
    "payment": np.int64,
    "exposure": np.int64,
    "value": np.float32,
    "scheme": np.int16,
    "fake": np.bool_,
}


def rows(actor: Any, verb: Any, target: Any, at_s: Any, **more: Any) -> Rows:
    """Rows from arrays and single values; what is left out is empty. `verb` is a word, or an array of codes."""
    size = len(actor)
    given = {"device": NONE, "network": NONE, "payment": NONE, "exposure": NONE, "value": np.nan} | more
    given |= {"actor": actor, "verb": CODES[verb] if isinstance(verb, str) else verb, "target": target, "at_s": at_s}
    columns = {"scheme": 0, "fake": False} | given
    return Rows(**{name: _column(columns[name], size, dtype) for name, dtype in DTYPES.items()})


def joined(parts: Iterable[Rows]) -> Rows:
    """One after another."""
    listed = list(parts) or [rows(np.empty(0, np.int64), "view", 0, 0.0)]
    if len(listed) == 1:
        return listed[0]
    return Rows(*(np.concatenate([getattr(part, field.name) for part in listed]) for field in fields(Rows)))


def _column(values: Any, size: int, dtype: Any) -> npt.NDArray[Any]:
    array = np.asarray(values, dtype=dtype)
    return np.full(size, array, dtype=dtype) if array.ndim == 0 else array
