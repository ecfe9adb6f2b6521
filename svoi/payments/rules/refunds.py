"""What may go back: never more than came."""

from __future__ import annotations

from svoi.payments.rules.refusals import RefundTooLarge

REFUND_STATES = ("due", "sent", "succeeded", "failed")
_NEXT = {
    "due": frozenset({"sent", "succeeded", "failed"}),
    "sent": frozenset({"succeeded", "failed"}),
    "succeeded": frozenset[str](),
    # A bank may still do what it had refused: money that went is believed whatever was said before.
    "failed": frozenset({"succeeded"}),
}


def admit_refund(*, captured_minor: int, going_back_minor: int, amount_minor: int) -> None:
    """A refund fits into what was taken less all that went back or is on its way back."""
    left_minor = captured_minor - going_back_minor
    if not 0 < amount_minor <= left_minor:
        raise RefundTooLarge(left_minor=left_minor)


def advance_refund(current: str, told: str) -> str | None:
    """The state that follows from the provider's word about a refund, or None when it is old news."""
    if told not in REFUND_STATES:
        raise ValueError(f"no such refund state: {told!r}")
    return told if told in _NEXT[current] else None
