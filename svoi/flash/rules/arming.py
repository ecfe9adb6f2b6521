"""What a deal may promise, and when it may be set off: the first press states it, the second makes it true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.catalog.rules import QUANTITY_MAX, OutOfStock
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused

ARMED_S = 180  # between the two presses: long enough to read aloud, short enough that what was read is still true
# The lowest and the highest that can be promised.
BOUNDS = {
    "quantity": (1, 10_000),
    "per_person": (1, QUANTITY_MAX),
    "countdown_s": (10, 300),
    "runs_s": (60, 1_200),
    "reserve_s": (120, 1_800),
    "age_days": (0, 365),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised to the room: pieces, and seconds of waiting, running and keeping."""

    quantity: int
    per_person: int = 1
    countdown_s: int = 30
    runs_s: int = 300
    reserve_s: int = 600  # how long taken pieces are kept for whoever took them
    age_days: int = 0  # a member for so long before she may take; a sale welcomes newcomers

    def as_columns(self) -> dict[str, int]:
        return asdict(self)


class TermUnfit(Refused):
    """`name` is a whole number from `least` to `most`."""

    code: ClassVar[str] = "term_unfit"


class PriceNotLower(Refused):
    """A deal's price is more than nothing and below the lowest of the last 30 days (`lowest_minor`)."""

    code: ClassVar[str] = "price_not_lower"


class LowestMoved(Refused):
    """What was stated is no longer so: the lowest price of the last 30 days is another now. Prepare the deal anew."""

    code: ClassVar[str] = "lowest_moved"


class DealUnderWay(Refused):
    """A room follows one deal at a time, and one is prepared or running."""

    code: ClassVar[str] = "deal_under_way"


class ArmedTooLong(Refused):
    """The second press came later than `most_s` seconds after the first. Prepare the deal anew."""

    code: ClassVar[str] = "armed_too_long"


class DealCalledOff(Refused):
    """The deal was called off or is over."""

    code: ClassVar[str] = "deal_called_off"


def read_terms(typed: Mapping[str, str]) -> Terms:
    """Terms from a form, what is left out by default; raises `TermUnfit` for the first that does not fit."""
    return Terms(**{name: _read(name, typed[name]) for name in BOUNDS if name in typed or name == "quantity"})


def admit_arming(terms: Terms, *, price: Money, lowest: Money, left: int, is_free: bool) -> None:
    """Raise what stands against promising this now; whether the pieces are there is decided again when it is fired."""
    if not is_free:
        raise DealUnderWay()
    for name, value in terms.as_columns().items():
        least, most = BOUNDS[name]
        if not least <= value <= most:
            raise TermUnfit(name=name, least=least, most=most)
    if terms.per_person > terms.quantity:
        raise TermUnfit(name="per_person", least=1, most=terms.quantity)
    if price.currency != lowest.currency or not 0 < price.minor < lowest.minor:
        raise PriceNotLower(lowest_minor=lowest.minor, currency=lowest.currency)
    if terms.quantity > left:
        raise OutOfStock(left=left, wanted=terms.quantity)


def admit_firing(
    *, armed_at: datetime, is_closed: bool, is_free: bool, stated: Money, lowest: Money, at: datetime
) -> None:
    """Raise what stands between the first press and the second. `stated` is the lowest price the first one named."""
    if is_closed:
        raise DealCalledOff()
    if at >= armed_until(armed_at):
        raise ArmedTooLong(most_s=ARMED_S)
    if not is_free:
        raise DealUnderWay()
    if stated != lowest:
        raise LowestMoved(lowest_minor=lowest.minor, currency=lowest.currency)


def armed_until(armed_at: datetime) -> datetime:
    """When a prepared deal falls away by itself."""
    return armed_at + timedelta(seconds=ARMED_S)


def opens_and_ends(*, countdown_s: int, runs_s: int, at: datetime) -> tuple[datetime, datetime]:
    """When a deal fired now can be taken, and until when."""
    opens_at = at + timedelta(seconds=countdown_s)
    return opens_at, opens_at + timedelta(seconds=runs_s)


def _read(name: str, typed: str) -> int:
    least, most = BOUNDS[name]
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and least <= int(digits) <= most):
        raise TermUnfit(name=name, least=least, most=most)
    return int(digits)
