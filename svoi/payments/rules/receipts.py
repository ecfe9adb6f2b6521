"""Receipts by 54-FZ: lines whose sums are exact to the kopeck, with discounts spread over them.

A receipt prints a price for one piece, and the pieces must add up to what was paid. A sum that does not divide by
its quantity is therefore printed as two lines, a kopeck apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from svoi.payments.rules.refusals import ReceiptImpossible

NAME_LENGTH_MAX = 128
LINES_MAX = 80
KINDS = ("prepayment", "closing", "refund")
MODES = ("full_prepayment", "full_payment")
RECEIPT_STATES = ("due", "sent", "registered", "failed", "dropped")
VAT_CODES = range(1, 13)
VAT_NONE = 1
# Of money taken before the goods are handed over, VAT is reckoned from inside the sum: 22 % (11) becomes 22/122 (12).
VAT_INSIDE = {3: 5, 4: 6, 7: 9, 8: 10, 11: 12}
_NEXT = {
    "due": frozenset({"sent", "registered", "failed", "dropped"}),
    "sent": frozenset({"registered", "failed", "dropped"}),
    "failed": frozenset({"registered"}),  # the till may have printed it after all
    "dropped": frozenset({"sent", "registered", "failed"}),  # its money came after all
}


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """So many pieces under one name at one price; `vat_code` 0 stands for the shop's own."""

    name: str
    quantity: int
    price_minor: int
    vat_code: int = 0
    about: str = "commodity"

    @property
    def sum_minor(self) -> int:
        return self.quantity * self.price_minor


@dataclass(frozen=True, slots=True)
class Receiptable:
    """Whom the receipt goes to (an e-mail or a phone number), and for what."""

    customer: str
    lines: tuple[ReceiptItem, ...]


def spread(lines: Sequence[ReceiptItem], *, amount_minor: int, vat_code: int = VAT_NONE) -> tuple[ReceiptItem, ...]:
    """The lines of a receipt for exactly `amount_minor`, what is missing from their sum being a discount.

    Each line bears its share by largest remainder. Raises `ReceiptImpossible` when there is nothing to print or more
    to pay than the lines cost.
    """
    whole_minor = sum(line.sum_minor for line in lines)
    if any(line.quantity < 1 or line.price_minor < 0 or not line.name for line in lines):
        raise ReceiptImpossible(reason="line")
    if not 0 < amount_minor <= whole_minor:
        raise ReceiptImpossible(reason="sum")
    shares = shares_of([line.sum_minor for line in lines], amount_minor)
    printed = [
        part for line, share in zip(lines, shares, strict=True) for part in _whole_kopecks(_own(line, vat_code), share)
    ]
    if len(printed) > LINES_MAX:
        raise ReceiptImpossible(reason="length")
    return tuple(printed)


def shares_of(sums: Sequence[int], amount_minor: int) -> list[int]:
    """Parts of `amount_minor` in proportion to `sums`: floors, then a kopeck to each largest remainder."""
    whole = sum(sums)
    shares = [amount_minor * one // whole for one in sums]
    remainders = sorted(range(len(sums)), key=lambda place: (-(amount_minor * sums[place] % whole), place))
    for place in remainders[: amount_minor - sum(shares)]:
        shares[place] += 1
    return shares


def before_hand_over(lines: Sequence[ReceiptItem]) -> tuple[ReceiptItem, ...]:
    """The same lines with the VAT rates of money that came before the goods went."""
    return tuple(replace(line, vat_code=VAT_INSIDE.get(line.vat_code, line.vat_code)) for line in lines)


def at_hand_over(lines: Sequence[ReceiptItem]) -> tuple[ReceiptItem, ...]:
    """The lines of a prepayment at the rates of the goods themselves: 22/122 back to 22 %."""
    outside = {inside: rate for rate, inside in VAT_INSIDE.items()}
    return tuple(replace(line, vat_code=outside.get(line.vat_code, line.vat_code)) for line in lines)


def advance_receipt(current: str, told: str) -> str | None:
    """The state that follows from the provider's word about a receipt, or None when it is old news."""
    if told not in RECEIPT_STATES:
        raise ValueError(f"no such receipt state: {told!r}")
    return told if told in _NEXT.get(current, frozenset()) else None


def _own(line: ReceiptItem, vat_code: int) -> ReceiptItem:
    code = line.vat_code or vat_code
    if code not in VAT_CODES:
        raise ReceiptImpossible(reason="vat")
    return replace(line, name=line.name[:NAME_LENGTH_MAX], vat_code=code)


def _whole_kopecks(line: ReceiptItem, sum_minor: int) -> list[ReceiptItem]:
    """The line at prices in whole kopecks: all alike, or some a kopeck dearer. What costs nothing is left out."""
    price, dearer = divmod(sum_minor, line.quantity)
    parts = [(line.quantity - dearer, price), (dearer, price + 1)]
    return [replace(line, quantity=pieces, price_minor=each) for pieces, each in parts if pieces and each]
