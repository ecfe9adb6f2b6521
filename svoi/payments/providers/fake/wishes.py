"""What can be wished for on the demo bank's page: decisions, reasons as banks give them, troubles of the notice."""

from __future__ import annotations

from typing import Literal

Decision = Literal["succeed", "decline", "abandon", "expire"]
Trouble = Literal["none", "twice", "late", "lost", "reordered"]
DECISIONS = ("succeed", "decline", "abandon", "expire")
TROUBLES = ("none", "twice", "late", "lost", "reordered")
# Codes as YooKassa tells them; the first stands where nothing was chosen.
REASONS = (
    "general_decline",
    "insufficient_funds",
    "payment_method_limit_exceeded",
    "payment_method_restricted",
    "issuer_unavailable",
    "call_issuer",
    "fraud_suspected",
    "card_expired",
    "invalid_csc",
    "3d_secure_failed",
)
# Money that comes from an account has no card to be wrong about.
OF_CARDS = ("card_expired", "invalid_csc", "3d_secure_failed")


def reasons_for(method: str) -> tuple[str, ...]:
    """Why a bank may say no to this way of paying."""
    return tuple(reason for reason in REASONS if method != "sbp" or reason not in OF_CARDS)
