"""Who may take a share now: one rule, for the desk that decides thousands at a time and for the plain path alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.communities.rules import NotOneOfUs
from svoi.envelopes.rules.sending import TO_GUESTS
from svoi.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope as the rule sees it: its terms of taking, and whether anything is left."""

    mode: str
    expires_at: datetime
    closed_for: str  # "empty", "expired", or nothing while it is open
    age_days: int
    daily_shares_max: int
    pause_s: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """What the record says of one who asks: when she joined, what she took today, and whether she is on the list."""

    joined_at: datetime | None
    taken_today: int
    last_taken_at: datetime | None
    is_guest: bool


class NotAGuest(Refused):
    """This one is for those on its list: who was there, or who is named."""

    code: ClassVar[str] = "not_a_guest"


class TooNewToTake(Refused):
    """Members take part from `since` on: what joins in crowds for an envelope gets nothing."""

    code: ClassVar[str] = "too_new_to_take"


class CapReached(Refused):
    """`most` shares a day, and she has them."""

    code: ClassVar[str] = "cap_reached"


class TakenTooSoon(Refused):
    """The next share may follow in `wait_s` seconds."""

    code: ClassVar[str] = "taken_too_soon"


class EnvelopeEmpty(Refused):
    """Every share is taken."""

    code: ClassVar[str] = "envelope_empty"


class AlreadyOver(Refused):
    """The envelope's time is over; what was left went back."""

    code: ClassVar[str] = "envelope_over"


def admit_claimant(envelope: Sealed, claimant: Claimant, *, at: datetime) -> None:
    """Raise what stands against a share for her. A stranger learns nothing about what is left.

    Whether a share is left while the envelope is open is known only to the statement that takes it.
    """
    if claimant.joined_at is None:
        raise NotOneOfUs()
    if envelope.mode in TO_GUESTS and not claimant.is_guest:
        raise NotAGuest()
    if envelope.closed_for == "empty":
        raise EnvelopeEmpty()
    if envelope.closed_for or at >= envelope.expires_at:
        raise AlreadyOver()
    since = claimant.joined_at + timedelta(days=envelope.age_days)
    if at < since:
        raise TooNewToTake(since=since)
    if claimant.taken_today >= envelope.daily_shares_max:
        raise CapReached(most=envelope.daily_shares_max)
    if claimant.last_taken_at is not None:
        wait_s = envelope.pause_s - (at - claimant.last_taken_at).total_seconds()
        if wait_s > 0:
            raise TakenTooSoon(wait_s=max(1, round(wait_s)))
