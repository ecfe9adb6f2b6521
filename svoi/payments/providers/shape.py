"""The one shape of a payment provider: ask, read again, take or let go what is held, give back, print receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from svoi.kernel.money import Money
from svoi.payments.rules.receipts import ReceiptItem


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt as the provider prints it: `mode` is one of `svoi.payments.rules.receipts.MODES`."""

    customer: str
    mode: str
    lines: tuple[ReceiptItem, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for money. The same `key` asked twice is one payment at the provider."""

    key: UUID
    amount: Money
    purpose: str
    return_url: str
    method: str = ""
    hold: bool = False
    receipt: Printed | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider says of a payment now.

    `state` is one of `svoi.payments.rules.STATES`, `receipt` one of RECEIPT_STATES or empty when it has none. `key` is
    the one it was asked for under, where the provider gives it back.
    """

    provider_id: str
    state: str
    amount_minor: int
    page_url: str = ""
    reason: str = ""
    held_until: datetime | None = None
    receipt: str = ""
    currency: str = "RUB"
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class GivingBack:
    """A request to return a part of a payment."""

    key: UUID
    provider_id: str
    amount: Money
    reason: str = ""
    receipt: Printed | None = None


@dataclass(frozen=True, slots=True)
class RefundTold:
    """What the provider says of a refund now: `state` is one of REFUND_STATES, `key` the one it was asked for under."""

    provider_id: str
    payment_provider_id: str
    state: str
    amount_minor: int
    reason: str = ""
    receipt: str = ""
    currency: str = "RUB"
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A receipt of its own: the goods were handed over for money that had come before."""

    key: UUID
    provider_id: str
    amount: Money
    receipt: Printed


@dataclass(frozen=True, slots=True)
class ReceiptTold:
    """What the provider says of a receipt of its own."""

    provider_id: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a notice names: itself, and what it is about."""

    notice_id: str
    about: Literal["payment", "refund", "nothing"]
    provider_id: str = ""


class Provider(Protocol):
    """What every provider module offers.

    Each call may be repeated under its key, as long as the provider remembers it (`KEY_LASTS`). It raises
    `ProviderAway` when the answer is not known, and `ProviderRefused` when the provider understood and said no; reading
    raises `PaymentUnknown` for what is not there. What cannot be repeated any more is looked for by `find_…`.
    """

    def ask(self, asking: Asking) -> Told:
        """Open a payment, or find the one opened under the same key."""

    def read(self, provider_id: str) -> Told:
        """Read the payment's present state at the provider."""

    def capture(self, provider_id: str, amount: Money, key: UUID, receipt: Printed | None = None) -> Told:
        """Take held money, or a part of it; the rest is let go."""

    def void(self, provider_id: str, key: UUID) -> Told:
        """Let held money go."""

    def refund(self, giving: GivingBack) -> RefundTold:
        """Return a part of what was taken; repeating it with the same key returns it once."""

    def read_refund(self, provider_id: str) -> RefundTold:
        """Read the refund's present state at the provider."""

    def find_refund(self, giving: GivingBack) -> RefundTold | None:
        """The refund that was made of this request, however long ago; None when there is none."""

    def close_receipt(self, closing: Closing) -> ReceiptTold:
        """Print the receipt of the hand-over."""

    def read_receipt(self, provider_id: str) -> ReceiptTold:
        """Read how far that receipt is."""

    def find_receipt(self, closing: Closing) -> ReceiptTold | None:
        """The receipt of the hand-over that was printed for this payment; None when there is none."""

    def subject_of_notice(self, body: dict[str, Any]) -> Noticed:
        """What a webhook body speaks of; ValueError when it cannot be read."""

    def believes(self, address: str) -> bool:
        """May a notice come from this address?"""
