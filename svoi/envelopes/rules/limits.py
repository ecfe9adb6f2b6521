"""What a community allows, and how its owner changes that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused

MAY_SET_LIMITS = frozenset({"owner"})
MAY_SPEND_BUDGET = frozenset({"owner", "producer", "host"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Each is a setting of a community, and each stands on its page of rules."""

    age_days: int = 7  # a member for so long before she may take a share
    daily_shares_max: int = 5  # taken by one member in a day of the shop
    pause_s: int = 10  # between two shares of one member
    life_hours: int = 24
    sender_age_days: int = 30  # a member for so long before she may send one of her own
    sender_pause_s: int = 600
    own_total_max: int = 5_000

    def as_columns(self) -> dict[str, int]:
        return asdict(self)


# The lowest and the highest that can be set. No age at all is allowed: a circle behind closed doors knows its people.
BOUNDS = {
    "age_days": (0, 365),
    "daily_shares_max": (1, 100),
    "pause_s": (0, 3_600),
    "life_hours": (1, 168),
    "sender_age_days": (0, 365),
    "sender_pause_s": (0, 86_400),
    "own_total_max": (1, 1_000_000),
}


class LimitUnfit(Refused):
    """`name` is a whole number from `least` to `most`."""

    code: ClassVar[str] = "limit_unfit"


def read_limits(typed: Mapping[str, str]) -> Limits:
    """All limits from a form; raises `LimitUnfit` for the first that does not fit."""
    return Limits(**{name: _read(name, typed.get(name, "")) for name in BOUNDS})


def may_spend_budget(roles: Collection[str]) -> bool:
    """Who speaks for the brand may give from its budget."""
    return bool(MAY_SPEND_BUDGET.intersection(roles))


def _read(name: str, typed: str) -> int:
    least, most = BOUNDS[name]
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and least <= int(digits) <= most):
        raise LimitUnfit(name=name, least=least, most=most)
    return int(digits)
