"""The same weighing over columns, compiled: it works in the very memory of the watch, event by event, in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.live import regularity
from svoi.engines.integrity.live.kernel import Ints, Memory, Numbers, weigh_rows
from svoi.engines.integrity.live.reasons import VERDICTS

if TYPE_CHECKING:
    from svoi.engines.integrity.live.watch import LiveWatch

NONE = -1
PART = 1 << 16
FILL_MAX = 0.5
_WEIGHTS = np.array([weight for weight, _ in VERDICTS])
_IDS = ("actor", "target", "device", "network", "payment", "exposure")

Verdicts = tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]


def weigh_batch(watch: LiveWatch, columns: Mapping[str, npt.ArrayLike]) -> Verdicts:
    """See `LiveWatch.weigh_many`. Raises ValueError where columns are missing or of different lengths."""
    at_s = np.ascontiguousarray(columns["at_s"], dtype=np.float64)
    ids = [_ids(columns, name, len(at_s)) for name in _IDS]
    seen = np.zeros(len(at_s), dtype=np.uint8)
    begin = 0
    while begin < len(at_s):
        if at_s[begin] >= watch.until_s or watch.pairs >= FILL_MAX * watch.limits.pairs_max:
            watch.turn(float(at_s[begin]))
        places = _places(watch, ids[1][begin : begin + PART])
        end = begin + len(places)
        part = [column[begin:end] for column in ids]
        done, watch.pairs = weigh_rows(
            at_s[begin:end], part[0], part[1], places, part[2], part[3], part[4], part[5], seen[begin:end],
            *_memory(watch), _numbers(watch), watch.pairs,
        )  # fmt: skip
        begin += done
    return _WEIGHTS[seen], seen


def _ids(columns: Mapping[str, npt.ArrayLike], name: str, rows: int) -> Ints:
    if name not in columns and name not in ("actor", "target"):
        return np.full(rows, NONE, dtype=np.int64)
    column = np.ascontiguousarray(columns[name], dtype=np.int64)
    if len(column) != rows:
        raise ValueError(f"{name} has {len(column)} rows, at_s has {rows}")
    return column


def _places(watch: LiveWatch, target: Ints) -> Ints:
    """Places of the targets, for no more events than name as many as can be seated: none gives way within a part."""
    names, which = np.unique(target, return_inverse=True)
    if len(names) > watch.limits.targets_max:
        names, which = np.unique(target[: watch.limits.targets_max], return_inverse=True)
    last = np.zeros(len(names), dtype=np.int64)
    last[which] = np.arange(len(which))  # who is heard of last is seated last, as when events come singly
    found = np.zeros(len(names), dtype=np.int64)
    for name in np.argsort(last).tolist():
        found[name] = watch.targets.place_of(int(names[name]))
    return found[which]


def _memory(watch: LiveWatch) -> Memory:
    held, pauses = watch.targets, watch.pauses
    return (
        np.frombuffer(watch.came.cells, dtype=np.uint8),
        np.frombuffer(watch.devices.cells, dtype=np.uint8),
        np.frombuffer(watch.networks.cells, dtype=np.uint8),
        np.frombuffer(watch.payments.cells, dtype=np.uint8),
        np.frombuffer(held.rates, dtype=np.float64),
        np.frombuffer(held.registers, dtype=np.uint8),
        np.frombuffer(held.harmonic, dtype=np.float64),
        np.frombuffer(pauses.who, dtype=np.uint64),
        np.frombuffer(pauses.at, dtype=np.float64),
        np.frombuffer(pauses.gap, dtype=np.float64),
        np.frombuffer(pauses.seen, dtype=np.uint8),
        np.frombuffer(pauses.alike, dtype=np.uint8),
        np.frombuffer(regularity.SURPRISING, dtype=np.uint8),
    )


def _numbers(watch: LiveWatch) -> Numbers:
    limits = watch.limits
    return Numbers(
        surge_least=limits.surge_least,
        surge_deviations=limits.surge_deviations,
        shown_fade_s=limits.shown_fade_s,
        device_accounts_max=limits.device_accounts_max,
        network_accounts_max=limits.network_accounts_max,
        payment_accounts_max=limits.payment_accounts_max,
        pairs_max=FILL_MAX * limits.pairs_max,
        until_s=watch.until_s,
    )
