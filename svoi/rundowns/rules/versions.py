"""Nobody writes over somebody else's work: a change carries the version it saw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from svoi.kernel.refused import Refused

DEEDS = ("opened", "added", "edited", "moved", "removed", "claimed", "proved", "slotted", "copied")
# What makes another order, or another set, of segments.
OF_ORDER = frozenset({"added", "moved", "removed", "copied"})
# What changes the words of one segment.
OF_WORDS = frozenset({"edited", "removed"})


class RundownStale(Refused):
    """Somebody changed the same meanwhile: `changes` are dicts with deed, title, names, by and at."""

    code: ClassVar[str] = "rundown_stale"


class RundownUnknown(Refused):
    """There is no such plan or template in this community."""

    code: ClassVar[str] = "rundown_unknown"


class RundownNotEmpty(Refused):
    """Something is planned here already; nothing is copied over it."""

    code: ClassVar[str] = "rundown_not_empty"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a rundown; `names` are the columns it touched."""

    version: int
    deed: str
    segment_id: int | None
    names: tuple[str, ...]
    by_name: str
    at: datetime


def changes_of_words(changes: Iterable[Change], *, seen: int, segment_id: int) -> tuple[Change, ...]:
    """What happened to the words of one segment after version `seen`."""
    return tuple(one for one in changes if one.version > seen and one.segment_id == segment_id and one.deed in OF_WORDS)


def changes_of_order(changes: Iterable[Change], *, seen: int) -> tuple[Change, ...]:
    """What happened to the order of segments after version `seen`."""
    return tuple(one for one in changes if one.version > seen and one.deed in OF_ORDER)
