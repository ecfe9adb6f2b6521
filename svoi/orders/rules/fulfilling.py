"""How a paid order goes on: packed, collected, kept; or withdrawn with all its money going back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused

Stage = Literal["placed", "held", "paid", "collected", "kept", "returned", "cancelled", "withdrawn"]
WITHDRAWAL_REASONS = ("buyer", "shop", "not_collected")


class OrderNotPaid(Refused):
    """Only what was paid for, or is held on a card, goes on (`stage`)."""

    code: ClassVar[str] = "order_not_paid"


class AlreadySent(Refused):
    """The parcel left the shop, so the order can no longer be called off; it can be left at the point or returned."""

    code: ClassVar[str] = "already_sent"


def order_named(order_id: int) -> str:
    """How payments, parcels and the ledger name an order as their subject."""
    return f"order:{order_id}"


def order_id_in(subject: str) -> int:
    """The order a subject names; 0 for a subject of another kind."""
    kind, _, number = subject.partition(":")
    return int(number) if kind == "order" and number.isascii() and number.isdigit() else 0


def stage_of(
    *,
    held: bool,
    paid: bool,
    collected: bool,
    kept: bool,
    returned: bool,
    cancelled: bool,
    withdrawn: bool,
) -> Stage:
    """The one word for an order's moments; the last that happened counts."""
    if cancelled:
        return "cancelled"
    if withdrawn:
        return "withdrawn"
    if returned:
        return "returned"
    if kept:
        return "kept"
    if collected:
        return "collected"
    if paid:
        return "paid"
    return "held" if held else "placed"


def admit_packing(*, stage: Stage) -> bool:
    """May it be packed? True when held money has to be taken for it first."""
    if stage not in ("held", "paid"):
        raise OrderNotPaid(stage=stage)
    return stage == "held"


def admit_sending(*, stage: Stage) -> None:
    """Nothing leaves before its money is there; held money may still fail to come."""
    if stage != "paid":
        raise OrderNotPaid(stage=stage)


def admit_withdrawal(*, stage: Stage, sent_at: datetime | None) -> None:
    """Raise unless the order can be called off now."""
    if stage != "paid":
        raise OrderNotPaid(stage=stage)
    if not may_withdraw(stage=stage, sent_at=sent_at):
        raise AlreadySent()


def may_withdraw(*, stage: Stage, sent_at: datetime | None) -> bool:
    """A paid order can be called off until its parcel leaves."""
    return stage == "paid" and sent_at is None
