"""What a search looks at, and how what it finds is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

ENGINE = "groups-1"  # a new number when what it finds in the same facts may differ
RECENT = timedelta(hours=48)
SEASON = timedelta(days=90)
DAYS_MAX = 400
FACTS_MAX = 3_000_000
ALONE_MAX = 10_000  # nats
SAME_GROUP = 0.5  # of the smaller one's members, and of its targets: the same people at the same thing
# The place in this list is part of target numbers in stored evidence: kinds are only ever added at its end.
TARGET_KINDS = ("community", "show", "product", "envelope", "deal")
KINDS_MAX = 16


class TooManyFacts(Refused):
    """The window holds more than `most` facts; a shorter one can be searched."""

    code: ClassVar[str] = "too_many_facts"


class WindowUnfit(Refused):
    """A window begins before it ends, and lasts `days_max` days at most."""

    code: ClassVar[str] = "window_unfit"


class SearchingIsOff(Refused):
    """The owner has switched the rule off; a dry run is still possible."""

    code: ClassVar[str] = "searching_is_off"


class LimitOnlyTried(Refused):
    """Another limit than the engine's own, from 1 to `most` nats, is only tried in a dry run."""

    code: ClassVar[str] = "limit_only_tried"


def admit_search(*, since: datetime, until: datetime, mode: str, is_dry: bool, alone: int | None = None) -> None:
    """Raise what stands against a search of this window while the rule is in this mode.

    `alone` is how many nats lockstep needs alone, where that is tried; None is the engine's own.
    """
    if not since < until <= since + timedelta(days=DAYS_MAX):
        raise WindowUnfit(days_max=DAYS_MAX)
    if alone is not None and not (is_dry and 1 <= alone <= ALONE_MAX):
        raise LimitOnlyTried(most=ALONE_MAX)
    if mode == "off" and not is_dry:
        raise SearchingIsOff()


def target_number(kind: str, own_id: int) -> int:
    """One number for things of several kinds; `TARGET_KINDS` in SQL by the same arithmetic."""
    return own_id * KINDS_MAX + TARGET_KINDS.index(kind)


def target_of(number: int) -> tuple[str, int]:
    """The kind and the id behind a number."""
    return TARGET_KINDS[number % KINDS_MAX], number // KINDS_MAX


def thing_of(targets: Collection[int]) -> str:
    """How a sentence calls the targets: by their kind where all are of one kind that it has a word for."""
    kinds = {target_of(number)[0] for number in targets}
    return kinds.pop() if kinds in ({"product"}, {"show"}) else "target"


def group_key(member_ids: Collection[int], targets: Collection[int]) -> str:
    """The same members at the same targets are the same group, whichever search finds them."""
    told = f"{sorted(member_ids)}|{sorted(targets)}"
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def pseudonyms(key: str, member_ids: Collection[int]) -> list[int]:
    """Members in the order of their numbers: the first is member 1. It follows from nothing that a reader knows."""
    return sorted(member_ids, key=lambda member_id: hashlib.sha256(f"{key}|{member_id}".encode("ascii")).digest())


def is_same_group(
    members: Collection[int], targets: Collection[int], other_members: Collection[int], other_targets: Collection[int]
) -> bool:
    """Has a group only grown or shrunk since it was found before?"""
    return _overlap(members, other_members) >= SAME_GROUP and _overlap(targets, other_targets) >= SAME_GROUP


def _overlap(some: Collection[int], others: Collection[int]) -> float:
    smaller = min(len(set(some)), len(set(others)))
    return len(set(some) & set(others)) / smaller if smaller else 0.0
