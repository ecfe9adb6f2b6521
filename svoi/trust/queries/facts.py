"""A community's own facts as columns for the engine, and what was shown to whom: one statement for each source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from svoi.db.statements import load
from svoi.db.transaction import required
from svoi.trust.queries.acts import SOURCES, SQL
from svoi.trust.rules import FACTS_MAX, TooManyFacts

ROWS_A_TIME = 20_000
_FACT = np.dtype([("actor", np.int64), ("target", np.int64), ("at_s", np.float64)])
_TRACED = np.dtype([*_FACT.descr, ("device", np.int64), ("network", np.int64)])
_EXPOSURE = np.dtype([("exposure", np.int64), ("target", np.int64), ("at_s", np.float64), ("reach_n", np.int64)])
Columns = dict[str, npt.NDArray[Any]]
WITH_TRACES = frozenset({"watch", "say"})  # rooms keep device and network beside what they weigh


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """Columns as the engine reads them: actor (member id), verb, target (see `target_number`), at_s in Unix seconds.

    `device` and `network` are keyed hashes, -1 where a fact has none.
    `exposures` are exposure, target, at_s and reach_n, how many were there.
    """

    facts: Columns
    exposures: Columns

    def __len__(self) -> int:
        return len(self.facts["actor"])


def facts_of(*, community_id: int, since: datetime, until: datetime, most: int = FACTS_MAX) -> CommunityFacts:
    """Everything members did in a window (its end left out), and what they were shown. Raises `TooManyFacts`.

    Rows come through a cursor of the server's, so that only columns are kept; the caller holds a transaction.
    """
    required()
    asked = {"community": community_id, "since": since, "until": until}
    verbs: list[npt.NDArray[np.str_]] = []
    pieces: list[npt.NDArray[Any]] = []
    left = most
    for verb in SOURCES:
        rows = _with_traces(_source(verb, asked, left))
        left -= len(rows)
        pieces.append(rows)
        verbs.append(np.full(len(rows), verb))
    facts = np.concatenate(pieces)
    shown = _rows(SQL / "exposures.sql", asked, _EXPOSURE, most)
    return CommunityFacts(
        {**{name: facts[name] for name in _TRACED.names or ()}, "verb": np.concatenate(verbs)},
        {name: shown[name] for name in _EXPOSURE.names or ()},
    )


def _source(verb: str, asked: dict[str, Any], most: int) -> npt.NDArray[Any]:
    return _rows(SQL / f"{verb}.sql", asked, _TRACED if verb in WITH_TRACES else _FACT, most)


def _with_traces(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same facts with columns for traces, unknown where they had none."""
    if rows.dtype == _TRACED:
        return rows
    wide = np.full(len(rows), -1, dtype=_TRACED)
    for name in _FACT.names or ():
        wide[name] = rows[name]
    return wide


def _rows(path: Path, asked: dict[str, Any], shape: np.dtype[Any], most: int) -> npt.NDArray[Any]:
    """The rows of a statement as a structured array; one more than `most` is refused, and so is what takes too long."""
    pieces, read = [np.empty(0, dtype=shape)], 0
    try:
        with connection.chunked_cursor() as cursor:
            cursor.execute(load(path), asked)
            while rows := cursor.fetchmany(ROWS_A_TIME):
                read += len(rows)
                if read > most:
                    raise TooManyFacts(most=FACTS_MAX)
                pieces.append(np.array(rows, dtype=shape))
    except OperationalError as fault:
        if isinstance(fault.__cause__, QueryCanceled):  # few visits may still be made of too many beats
            raise TooManyFacts(most=FACTS_MAX) from fault
        raise
    return np.concatenate(pieces)
