"""Who may take pieces of a deal now: one rule, for the desk that decides thousands at a time and for the plain path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.communities.rules import NotOneOfUs
from svoi.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Fired:
    """A deal as the rule sees it: when it can be taken, by whom, and how much of it by one."""

    opens_at: datetime
    ends_at: datetime
    closed_for: str  # "sold_out", "ended", "called_off", or nothing while it goes on
    age_days: int
    per_person: int


class NotYet(Refused):
    """The countdown runs: it can be taken in `wait_s` seconds."""

    code: ClassVar[str] = "flash_not_yet"


class DealOver(Refused):
    """The deal is over; what nobody took is on sale at its usual price again."""

    code: ClassVar[str] = "flash_over"


class SoldOut(Refused):
    """Every piece of the deal is taken."""

    code: ClassVar[str] = "flash_sold_out"


class OverLimit(Refused):
    """One person takes from 1 to `most` pieces."""

    code: ClassVar[str] = "flash_limit"


class TooNewToDeal(Refused):
    """Members take part from `since` on."""

    code: ClassVar[str] = "flash_too_new"


def admit_claim(deal: Fired, *, joined_at: datetime | None, quantity: int, at: datetime) -> None:
    """Raise what stands against her taking so many. A stranger learns nothing about what is left.

    Whether a piece is left while the deal runs is known only to the statement that takes it.
    """
    if joined_at is None:
        raise NotOneOfUs()
    if deal.closed_for == "sold_out":
        raise SoldOut()
    if deal.closed_for or at >= deal.ends_at:
        raise DealOver()
    if at < deal.opens_at:
        raise NotYet(wait_s=max(1, round((deal.opens_at - at).total_seconds())))
    since = joined_at + timedelta(days=deal.age_days)
    if deal.age_days and at < since:
        raise TooNewToDeal(since=since)
    if not 1 <= quantity <= deal.per_person:
        raise OverLimit(most=deal.per_person)
