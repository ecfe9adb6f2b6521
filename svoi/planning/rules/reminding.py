"""Reminders of shows, training of hosts, and the secret address of a calendar."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

AHEAD_MIN = (5, 15, 30, 60, 180, 1_440)
AHEAD_MIN_DEFAULT = 15
FEED_TOKEN_BYTES = 24
# How long a shift stays in a feed after it is over, so that a calendar keeps what it had.
FEED_KEEPS_DAYS = 60


class ReminderUnfit(Refused):
    """A reminder comes one of the offered times before the show (`offered`, in minutes)."""

    code: ClassVar[str] = "reminder_unfit"


class ReminderTooLate(Refused):
    """So short before the show nobody is reminded any more."""

    code: ClassVar[str] = "reminder_too_late"


class StepConfirmedBySelf(Refused):
    """Whoever learned a step does not confirm it herself."""

    code: ClassVar[str] = "step_confirmed_by_self"


class StepNotDone(Refused):
    """Only a step that was done can be confirmed."""

    code: ClassVar[str] = "step_not_done"


def admit_reminder(*, ahead_min: int, starts_at: datetime, is_scheduled: bool, at: datetime) -> None:
    """Raise `ReminderUnfit` or `ReminderTooLate`: the moment to ring has to be ahead."""
    if ahead_min not in AHEAD_MIN:
        raise ReminderUnfit(offered=list(AHEAD_MIN))
    if not is_scheduled or rings_at(starts_at, ahead_min) <= at:
        raise ReminderTooLate()


def rings_at(starts_at: datetime, ahead_min: int) -> datetime:
    """When a reminder is due."""
    return starts_at - timedelta(minutes=ahead_min)


def admit_confirmation(*, member_id: int, by_id: int, is_done: bool) -> None:
    """Raise `StepNotDone` or `StepConfirmedBySelf`."""
    if not is_done:
        raise StepNotDone()
    if member_id == by_id:
        raise StepConfirmedBySelf()


def hash_feed(token: str) -> str:
    """What is kept of a calendar's address. Plain SHA-256 is enough: the token is random."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
