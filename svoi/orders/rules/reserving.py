"""How long the goods of an unpaid order are kept, and that more time can be had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

RESERVATION_S = 15 * 60
EXTENSION_S = 5 * 60
# WCAG 2.2, success criterion 2.2.1: a time limit can be extended at least ten times by a simple action.
EXTENSIONS_MAX = 10


class OrderClosed(Refused):
    """The order no longer waits for money (`stage`)."""

    code: ClassVar[str] = "order_closed"


class ExtendedEnough(Refused):
    """The time was extended `most` times; others wait for these goods."""

    code: ClassVar[str] = "extended_enough"


def reserve_until(*, at: datetime) -> datetime:
    """When an unpaid order lets its stock go."""
    return at + timedelta(seconds=RESERVATION_S)


def extend_until(*, stage: str, until: datetime, extended: int, at: datetime) -> datetime:
    """The new end of the reservation: so much from now, and never sooner than it was."""
    admit_payment(stage=stage)
    if extended >= EXTENSIONS_MAX:
        raise ExtendedEnough(most=EXTENSIONS_MAX)
    return max(until, at + timedelta(seconds=EXTENSION_S))


def admit_payment(*, stage: str) -> None:
    """Only an order that waits for money can be paid."""
    if stage != "placed":
        raise OrderClosed(stage=stage)
