"""Tables of facts and of exposures as the engine reads them: checked once, sorted by time, ids as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

NONE = -1  # an absent device, network, payment or exposure
TRACES = ("device", "network", "payment", "exposure")
_ID_END = 2**63
_VERB_LEAST = -(2**63)  # a verb may be a rating below nought
_SECONDS_MAX = 1e11  # the year 5138: beyond it a column holds milliseconds, or nonsense


class FactsBroken(ValueError):
    """A table that cannot be read; the sentence names the column and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts sorted by time (stable); every array has shape (n,). `verb` holds places in `verbs`.

    `at_s` is unix time in seconds. In `device`, `network`, `payment` and `exposure` -1 means that the fact has none;
    the whole array is None where the table has no such column.
    """

    actor: Ints
    verb: Codes
    verbs: tuple[str | int, ...]
    target: Ints
    at_s: Floats
    device: Ints | None = None
    network: Ints | None = None
    payment: Ints | None = None
    exposure: Ints | None = None

    def __len__(self) -> int:
        return len(self.actor)


@dataclass(frozen=True, slots=True)
class Exposures:
    """What was shown (`exposure`, `target`), when (`at_s`) and to how many (`reach_n`); shape (n,), sorted by time."""

    exposure: Ints
    target: Ints
    at_s: Floats
    reach_n: Ints

    def __len__(self) -> int:
        return len(self.exposure)


def read_facts(facts: Any) -> Facts:
    """Facts of a pyarrow Table or a mapping of columns: actor, verb, target, at_s; device, network, payment, exposure.

    The last four may be absent. Ids are whole numbers from 0 to 2^63 - 1; verbs are strings or whole numbers.
    Raises FactsBroken.
    """
    if isinstance(facts, Facts):
        return facts
    columns = _columns(facts, ("actor", "verb", "target", "at_s"), TRACES)
    at_s = _seconds(columns["at_s"], "at_s")
    order = np.argsort(at_s, kind="stable")
    verb, verbs = _verbs(columns["verb"])
    traces = {name: _ids(columns[name], name, may_be_null=True)[order] if name in columns else None for name in TRACES}
    return Facts(
        actor=_ids(columns["actor"], "actor")[order],
        verb=verb[order],
        verbs=verbs,
        target=_ids(columns["target"], "target")[order],
        at_s=at_s[order],
        **traces,
    )


def read_exposures(exposures: Any) -> Exposures:
    """Exposures of a pyarrow Table or of a mapping of columns; None gives an empty table. Raises FactsBroken."""
    if isinstance(exposures, Exposures):
        return exposures
    if exposures is None:
        nothing = np.empty(0, dtype=np.int64)
        return Exposures(nothing, nothing, np.empty(0), nothing)
    columns = _columns(exposures, ("exposure", "target", "at_s", "reach_n"), ())
    at_s = _seconds(columns["at_s"], "at_s")
    order = np.argsort(at_s, kind="stable")
    exposure, target, reach_n = (_ids(columns[name], name)[order] for name in ("exposure", "target", "reach_n"))
    return Exposures(exposure, target, at_s[order], reach_n)


def _columns(table: Any, needed: tuple[str, ...], possible: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    """The known columns as arrays of one length; nulls of a pyarrow column are None in an array of objects."""
    names = table.column_names if hasattr(table, "column_names") else table
    try:
        missing = [name for name in needed if name not in names]
        found = {name: _array(table[name], name) for name in (*needed, *possible) if name in names}
    except (TypeError, IndexError, KeyError) as fault:
        raise FactsBroken("the table is neither a pyarrow Table nor a mapping of columns") from fault
    if missing:
        raise FactsBroken(f"the column {missing[0]} is missing")
    rows = len(found[needed[0]])
    for name, values in found.items():
        if len(values) != rows:
            raise FactsBroken(f"the column {name} has {len(values)} rows, {needed[0]} has {rows}")
    return found


def _array(column: Any, name: str) -> npt.NDArray[Any]:
    if hasattr(column, "null_count") and hasattr(
        column, "to_pylist"
    ):  # pyarrow turns whole numbers with nulls to floats
        values = np.array(column.to_pylist(), dtype=object) if column.null_count else np.asarray(column)
    else:
        try:
            values = np.asarray(column)
        except ValueError as fault:
            raise FactsBroken(f"the column {name} is not a plain row of values") from fault
    if values.ndim != 1:
        raise FactsBroken(f"the column {name} has {values.ndim} dimensions instead of one")
    return values


def _seconds(values: npt.NDArray[Any], name: str) -> Floats:
    seconds = _floats(values, name)
    if not np.isfinite(seconds).all():
        raise FactsBroken(f"the column {name} has moments that are not finite numbers")
    if len(seconds) and float(np.abs(seconds).max()) > _SECONDS_MAX:
        raise FactsBroken(f"the column {name} is not in seconds: {np.abs(seconds).max():.3g} is too far away")
    return seconds


def _floats(values: npt.NDArray[Any], name: str) -> Floats:
    if values.dtype.kind not in "biufO":
        raise FactsBroken(f"the column {name} does not hold numbers")
    try:
        return values.astype(np.float64)
    except (TypeError, ValueError, OverflowError) as fault:
        raise FactsBroken(f"the column {name} does not hold numbers only") from fault


def _ids(values: npt.NDArray[Any], name: str, *, may_be_null: bool = False, least: int = 0) -> Ints:
    """Whole numbers below 2^63; floats and booleans are taken where they are whole; -1 and null are NONE if allowed."""
    if values.dtype.kind == "O":
        return _ids_of_objects(values, name, may_be_null=may_be_null, least=least)
    if values.dtype.kind not in "biuf":
        raise FactsBroken(f"the column {name} does not hold numbers")
    if may_be_null and values.dtype.kind == "f":
        values = np.where(np.isnan(values), float(NONE), values)
    if values.dtype.kind == "f" and not (np.isfinite(values).all() and (values == np.floor(values)).all()):
        raise FactsBroken(f"the column {name} has values that are not whole numbers")
    least = NONE if may_be_null else least
    is_outside = len(values) > 0 and bool(values.min() < least)
    if len(values) and values.dtype.kind in "uf":
        is_outside = is_outside or int(values.max()) >= _ID_END
    if is_outside:
        raise FactsBroken(f"the column {name} has values below {least} or from 2^63 on")
    return values.astype(np.int64)


def _ids_of_objects(values: npt.NDArray[Any], name: str, *, may_be_null: bool, least: int) -> Ints:
    is_null = np.fromiter((value is None or value != value for value in values), dtype=bool, count=len(values))
    if is_null.any() and not may_be_null:
        raise FactsBroken(f"the column {name} has empty values")
    try:
        plain = [NONE if null else int(value) for value, null in zip(values, is_null, strict=True)]
        whole = all(null or value == number for value, number, null in zip(values, plain, is_null, strict=True))
        ids = np.array(plain, dtype=np.int64)
    except (TypeError, ValueError, OverflowError) as fault:
        raise FactsBroken(f"the column {name} does not hold whole numbers below 2^63") from fault
    if not whole:
        raise FactsBroken(f"the column {name} has values that are not whole numbers")
    return _ids(ids, name, may_be_null=may_be_null, least=least)


def _verbs(values: npt.NDArray[Any]) -> tuple[Codes, tuple[str | int, ...]]:
    """Each verb as a place in the sorted tuple of distinct ones."""
    if values.dtype.kind == "O":
        kinds = {type(value) for value in values}
        if not (kinds <= {str} or kinds <= {int, bool, np.int64, np.int32}):
            raise FactsBroken("the column verb holds neither strings nor whole numbers only")
        values = values.astype(str) if kinds == {str} else _ids(values, "verb", least=_VERB_LEAST)
    elif values.dtype.kind != "U":
        values = _ids(values, "verb", least=_VERB_LEAST)
    distinct, codes = np.unique(values, return_inverse=True)
    return codes.astype(np.int32).reshape(-1), tuple(distinct.tolist())
