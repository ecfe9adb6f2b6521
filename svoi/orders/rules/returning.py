"""What may come back and until when: seven days are the buyer's right, whatever the shop thinks of it.

The right to return goods bought at a distance: law of the Russian Federation on consumer protection, article 26.1
(seven days from the hand-over); claims about quality: article 19 (two years where no term was set).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused

RETURN_DAYS_MIN = 7
QUALITY_DAYS = 730
BRING_DAYS = 14
RETURN_REASONS = ("changed_mind", "does_not_fit", "wrong_item", "defect", "damaged")
OF_QUALITY = frozenset({"wrong_item", "defect", "damaged"})
UNSELLABLE = frozenset({"defect", "damaged"})
WORDS_LENGTH_MAX = 500
ReturnStage = Literal["asked", "accepted", "declined", "dropped", "received"]


class ReturnTooLate(Refused):
    """The days to change one's mind ended at `until`; what is wrong with the goods can still be claimed."""

    code: ClassVar[str] = "return_too_late"


class NothingToReturn(Refused):
    """Nothing of this order can be returned: not collected yet, back already, or more pieces than there are."""

    code: ClassVar[str] = "nothing_to_return"


class ReturnClosed(Refused):
    """The return was decided, received or given up before (`stage`)."""

    code: ClassVar[str] = "return_closed"


class ReturnIsRight(Refused):
    """Asked for within the days of the buyer's right (until `until`): the shop cannot decline it."""

    code: ClassVar[str] = "return_is_right"


class ReturnUnworded(Refused):
    """The shop declines with its reason in words, `length_max` letters at most."""

    code: ClassVar[str] = "return_unworded"


def returnable_until(*, collected_at: datetime, days: int) -> datetime:
    """The end of the last day of the right to return, by the clock `collected_at` is told in; never below the law."""
    last = collected_at + timedelta(days=max(days, RETURN_DAYS_MIN))
    return last.replace(hour=23, minute=59, second=59, microsecond=0)


def admit_return_request(
    *,
    wanted: Mapping[int, int],
    left: Mapping[int, int],
    reason: str,
    collected_at: datetime | None,
    until: datetime | None,
    at: datetime,
) -> bool:
    """Whether the return is accepted at once, as a right; False when the shop has to look.

    `wanted` and `left` are pieces by line. Raises `NothingToReturn`, `ReturnTooLate`.
    """
    if reason not in RETURN_REASONS or collected_at is None or until is None or not wanted:
        raise NothingToReturn()
    if any(not 1 <= pieces <= left.get(line, 0) for line, pieces in wanted.items()):
        raise NothingToReturn()
    if at <= until:
        return True
    if reason not in OF_QUALITY or at > collected_at + timedelta(days=QUALITY_DAYS):
        raise ReturnTooLate(until=until)
    return False


def return_stage(*, accepted: bool, declined: bool, dropped: bool, received: bool) -> ReturnStage:
    """The one word for a return's moments."""
    if received:
        return "received"
    if dropped:
        return "dropped"
    if declined:
        return "declined"
    return "accepted" if accepted else "asked"


def admit_decision(*, stage: ReturnStage, accept: bool, words: str, is_right: bool, until: datetime | None) -> str:
    """The shop's words, when it may decide so. Raises `ReturnIsRight`, `ReturnClosed`, `ReturnUnworded`."""
    if is_right and not accept:
        raise ReturnIsRight(until=until)
    if stage != "asked":
        raise ReturnClosed(stage=stage)
    told = read_words(words)
    if not accept and not 1 <= len(told) <= WORDS_LENGTH_MAX:
        raise ReturnUnworded(length_max=WORDS_LENGTH_MAX)
    return told[:WORDS_LENGTH_MAX]


def read_words(typed: str) -> str:
    """What somebody wrote about a return, as one paragraph."""
    return " ".join(typed.replace("\0", " ").split())


def bring_until(*, accepted_at: datetime) -> datetime:
    """An accepted return that nobody brings is over by then."""
    return accepted_at + timedelta(days=BRING_DAYS)


def may_still_bring(stage: ReturnStage) -> bool:
    """Can the goods be given in at the point now?"""
    return stage == "accepted"


def goes_back_on_sale(reason: str) -> bool:
    """What is broken is not sold to the next person."""
    return reason not in UNSELLABLE
