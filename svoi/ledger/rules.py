"""What a sound transfer is, and which kinds of account there are.

The convention, for the whole house: a credit raises an account's balance, a debit lowers it. `due:order:12` stands at
what we owe its buyer; `provider:x` stands below zero by what the provider holds for us.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused

KINDS_OF_TRANSFER = ("transfer", "hold", "posting", "voiding")
ENDINGS = ("posting", "voiding")
LAYERS = ("posted", "held", "released")
ACCOUNT_KEY_LENGTH_MAX = 80
KEY_LENGTH_MAX = 120
WORD_LENGTH_MAX = 40
LEGS_MAX = 1_000
ENDED = ":ended"


@dataclass(frozen=True, slots=True)
class Kind:
    """How accounts whose key begins with a word behave; a floor needs a stored balance to stand on."""

    may_go_negative: bool
    keeps_balance: bool


NEVER_NEGATIVE = Kind(may_go_negative=False, keeps_balance=True)
COLLECTING = Kind(may_go_negative=True, keeps_balance=False)
KINDS = {
    "provider": COLLECTING,  # money that a payment provider holds for us
    "shop": COLLECTING,  # sales, returns and what else the shop counts as its own
    "issued": COLLECTING,  # where points of a community come from
    "due": NEVER_NEGATIVE,  # what we owe the buyer of a subject, in goods or money
    "points": NEVER_NEGATIVE,  # what a member has
    "pot": NEVER_NEGATIVE,  # an envelope, a pool
    "budget": NEVER_NEGATIVE,  # what may be spent on rites and envelopes
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger that cannot be so, and what it is about: a key, an id or the name of a guard."""

    code: str
    about: str


@dataclass(frozen=True, slots=True)
class Leg:
    """What one account gets (positive, a credit) or gives (negative, a debit)."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A transfer or a hold before it is on record; both are checked when they are made."""

    key: str
    legs: tuple[Leg, ...]
    reason: str
    subject: str = ""
    held: bool = False

    def __post_init__(self) -> None:
        check_key(self.key)
        check_legs(self.legs)
        if self.held and len(self.legs) != 2:
            raise ValueError("a hold is between two accounts")
        if not 0 < len(self.reason) <= WORD_LENGTH_MAX or len(self.subject) > WORD_LENGTH_MAX:
            raise ValueError("a transfer has a reason, and reason and subject are short words")


class TransferDiffers(Refused):
    """The key stands for another transfer already."""

    code: ClassVar[str] = "transfer_differs"


class AccountShort(Refused):
    """An account does not have that much to give; what is promised to others does not count."""

    code: ClassVar[str] = "account_short"


class CurrencyDiffers(Refused):
    """The account is kept in another currency."""

    code: ClassVar[str] = "currency_differs"


class HoldUnknown(Refused):
    """Nothing was ever held under this key."""

    code: ClassVar[str] = "hold_unknown"


class HoldOver(Refused):
    """The hold was posted or voided already, the other way."""

    code: ClassVar[str] = "hold_over"


class MoreThanHeld(Refused):
    """Not more can be posted than is held."""

    code: ClassVar[str] = "more_than_held"


REFUSALS = {
    refusal.code: refusal
    for refusal in (TransferDiffers, AccountShort, CurrencyDiffers, HoldUnknown, HoldOver, MoreThanHeld)
}


def two_legs(*, debit: str, credit: str, amount: Money) -> tuple[Leg, Leg]:
    """The legs of the plain transfer: `debit` gives, `credit` gets."""
    if amount.minor <= 0:
        raise ValueError(f"a transfer moves more than nothing, not {amount.minor}")
    return Leg(debit, -amount), Leg(credit, amount)


def kind_of(account: str) -> Kind:
    """The kind of an account by the first word of its key; ValueError for one the house does not know."""
    word, colon, rest = account.partition(":")
    if word not in KINDS or not colon or not rest or len(account) > ACCOUNT_KEY_LENGTH_MAX:
        raise ValueError(f"not a key of an account: {account!r}")
    return KINDS[word]


def check_key(key: str) -> None:
    """A transfer's key is a short text; one ending in `:ended` is kept for what ends a hold."""
    if not 0 < len(key) <= KEY_LENGTH_MAX or key.endswith(ENDED):
        raise ValueError(f"not a key of a transfer: {key!r}")


def check_legs(legs: Sequence[Leg]) -> None:
    """Two accounts or more, each once, each moved by something, of one currency, all together by nothing."""
    if not 2 <= len(legs) <= LEGS_MAX or len({leg.account for leg in legs}) != len(legs):
        raise ValueError("a transfer has two legs or more, each on an account of its own")
    if not all(leg.amount for leg in legs) or _sum(leg.amount for leg in legs):
        raise ValueError("each leg moves something, and all together come to zero")


def _sum(amounts: Iterable[Money]) -> Money:
    first, *others = amounts
    for amount in others:
        first = first + amount
    return first
