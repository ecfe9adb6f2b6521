"""What happened to money that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PaymentEvent(Event):
    """A payment and what it pays for (`order:12`)."""

    payment_id: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class PaymentRequested(PaymentEvent):
    """Money is to be asked from the provider, after commit."""


@dataclass(frozen=True, kw_only=True)
class PaymentHeld(PaymentEvent):
    """The money is held on the buyer's card and waits to be taken or let go."""

    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class CaptureDue(PaymentEvent):
    """Held money is to be taken, after commit."""

    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class VoidDue(PaymentEvent):
    """Held money is to be let go, after commit."""


@dataclass(frozen=True, kw_only=True)
class PaymentSucceeded(PaymentEvent):
    """The provider confirmed the whole sum."""

    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class PaymentDeclined(PaymentEvent):
    """No money came: the provider refused, the person went away, or the time ran out (`reason`)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentVoided(PaymentEvent):
    """Held money was let go, by us or because its time ran out (`reason`)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundEvent(PaymentEvent):
    """Money on its way back to who paid it."""

    refund_id: int
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class RefundDue(RefundEvent):
    """Money is to be given back, after commit (`reason`)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundSucceeded(RefundEvent):
    """The provider confirmed that the money went back."""


@dataclass(frozen=True, kw_only=True)
class RefundFailed(RefundEvent):
    """The provider will not give this money back (`reason`); somebody has to look."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ReceiptDue(PaymentEvent):
    """The closing receipt is to be sent, after commit."""

    receipt_id: int


@dataclass(frozen=True, kw_only=True)
class ReceiptRegistered(PaymentEvent):
    """The tax authority has the receipt."""

    receipt_id: int


@dataclass(frozen=True, kw_only=True)
class ReceiptFailed(PaymentEvent):
    """The receipt was not registered (`reason`); somebody has to look."""

    receipt_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class BankDecided(Event):
    """The buyer decided on the demo bank's page, or its time ran out; the bank sends us its notice.

    A practised delay holds the notice back until `not_before`.
    """

    bank_id: str
    notice: str
    not_before: str = ""
