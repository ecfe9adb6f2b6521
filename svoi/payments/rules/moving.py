"""How a payment moves: requested, pending, perhaps held, then succeeded, declined, voided or expired; never back."""

from __future__ import annotations

from datetime import datetime, timedelta

from svoi.kernel.money import Money
from svoi.payments.rules.refusals import (
    AmountDiffers,
    CaptureDecided,
    CaptureTooLarge,
    HoldNeedsCard,
    MethodUnknown,
    NotHeld,
    PaymentsClosed,
)

STATES = ("requested", "pending", "held", "succeeded", "declined", "voided", "expired")
OPEN = ("requested", "pending")
PAID = ("held", "succeeded")
FELL_AWAY = ("declined", "voided", "expired")
METHODS = ("", "card", "sbp")
_NEXT = {
    "requested": frozenset({"pending", "held", "succeeded", *FELL_AWAY}),
    "pending": frozenset({"held", "succeeded", *FELL_AWAY}),
    "held": frozenset({"succeeded", *FELL_AWAY}),
    "succeeded": frozenset[str](),
    # A bank may confirm late what it had given up: money that came is believed whatever was said before.
    "declined": frozenset({"succeeded"}),
    "voided": frozenset({"succeeded"}),
    "expired": frozenset({"succeeded"}),
}
# How long to wait before asking the provider again, by how long ago the money was asked for.
LOOK_AGAIN = (
    (timedelta(minutes=10), timedelta(seconds=20)),
    (timedelta(hours=2), timedelta(minutes=2)),
    (timedelta(days=8), timedelta(minutes=30)),
)
LOOK_AGAIN_LATER = timedelta(days=1)
# A provider keeps an idempotence key for a day; asked again after that, it would open a second payment.
KEY_LASTS = timedelta(hours=23)


def admit_request(*, provider: str, method: str = "", hold: bool = False) -> None:
    """Money is asked for through a provider, never put off until there is one; only cards can hold it."""
    if not provider:
        raise PaymentsClosed()
    if method not in METHODS:
        raise MethodUnknown(method=method)
    if hold and method == "sbp":
        raise HoldNeedsCard()


def advance(current: str, told: str, *, withdrawn: bool = False) -> str | None:
    """The state that follows from the provider's word, or None when it is old news (repeated or out of order).

    A request that only we gave up (`withdrawn`) can still be held: the buyer was quicker than our change of mind.
    """
    if told not in STATES:
        raise ValueError(f"no such payment state: {told!r}")
    if withdrawn and current == "voided" and told == "held":
        return told
    return told if told in _NEXT[current] else None


def is_last_word(told: str) -> bool:
    """May the provider still change its mind? It may while money is on its way or held."""
    return told in ("succeeded", *FELL_AWAY)


def confirm_amount(*, asked: Money, told: Money) -> None:
    """Believe a confirmation only for the sum that was asked for, in its own currency."""
    if asked != told:
        raise AmountDiffers(asked_minor=asked.minor, told_minor=told.minor, currency=told.currency)


def admit_capture(*, state: str, held_minor: int, amount_minor: int, voiding: bool, decided_minor: int | None) -> bool:
    """May held money be taken? False when this very sum was decided before, so that nothing more is to do."""
    if decided_minor == amount_minor:
        return False
    if state != "held":
        raise NotHeld(state=state)
    if voiding or decided_minor is not None:
        raise CaptureDecided()
    if not 0 < amount_minor <= held_minor:
        raise CaptureTooLarge(held_minor=held_minor)
    return True


def admit_void(*, state: str, voiding: bool, capturing: bool) -> bool:
    """May held money be let go? False when that was decided before."""
    if voiding:
        return False
    if state != "held":
        raise NotHeld(state=state)
    if capturing:
        raise CaptureDecided()
    return True


def look_again_at(*, since: datetime, at: datetime) -> datetime:
    """When to ask the provider again about money asked for at `since`: soon while it is fresh, seldom later."""
    for age, wait in LOOK_AGAIN:
        if at - since < age:
            return at + wait
    return at + LOOK_AGAIN_LATER
