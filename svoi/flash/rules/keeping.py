"""How long taken pieces are kept, and what must hold for them to become an order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.orders.rules import EXTENSION_S, EXTENSIONS_MAX, ExtendedEnough


class NothingTaken(Refused):
    """She took nothing of this deal."""

    code: ClassVar[str] = "flash_nothing_taken"


class ClaimRanOut(Refused):
    """Her time was over and the pieces went back on sale; they cost `offered_minor` there."""

    code: ClassVar[str] = "flash_ran_out"


class ClaimOrdered(Refused):
    """Her pieces are an order already (`number`)."""

    code: ClassVar[str] = "flash_ordered"


def admit_keeping(*, is_over: bool, until: datetime, offered: Money, at: datetime) -> None:
    """Only pieces that are still kept for her can be paid, or kept longer."""
    if is_over or at >= until:
        raise ClaimRanOut(offered_minor=offered.minor, currency=offered.currency)


def keep_until(*, until: datetime, extended: int, at: datetime) -> datetime:
    """The new end: so much from now, and never sooner than it was. As often as a time limit must be extendable."""
    if extended >= EXTENSIONS_MAX:
        raise ExtendedEnough(most=EXTENSIONS_MAX)
    return max(until, at + timedelta(seconds=EXTENSION_S))
