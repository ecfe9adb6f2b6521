"""What a person may say of a found group. No verdict does anything by itself: there is no sanction to follow it."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from svoi.kernel.refused import Refused

VERDICTS = ("dismissed", "confirmed")
REASON_LENGTH_MAX = 500


class ReasonMissing(Refused):
    """What is decided about others, or for everybody, is decided for a reason that stays on record."""

    code: ClassVar[str] = "reason_missing"


class ReasonTooLong(Refused):
    """A reason has `length_max` letters at most."""

    code: ClassVar[str] = "reason_too_long"


class OwnCase(Refused):
    """Nobody rules on a group that she is herself found in."""

    code: ClassVar[str] = "own_case"


class VerdictStands(Refused):
    """The last `verdict` on this group says the same."""

    code: ClassVar[str] = "verdict_stands"


def read_reason(typed: str) -> str:
    """A reason without stray spaces; raises `ReasonMissing` and `ReasonTooLong`."""
    words = " ".join(typed.replace("\0", " ").split())
    if not words:
        raise ReasonMissing()
    if len(words) > REASON_LENGTH_MAX:
        raise ReasonTooLong(length_max=REASON_LENGTH_MAX)
    return words


def admit_verdict(*, verdict: str, stands: str, by_id: int, member_ids: Collection[int]) -> None:
    """Raise what stands against this verdict; `stands` is the last one on the group, or nothing."""
    assert verdict in VERDICTS
    if by_id in member_ids:
        raise OwnCase()
    if verdict == stands:
        raise VerdictStands(verdict=verdict)
