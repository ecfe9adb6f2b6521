"""Which barcodes are numbers of world trade (GTIN), and which a shop or a till gave out for itself."""

from __future__ import annotations

LENGTHS = frozenset({8, 12, 13, 14})
# Ranges of GS1 for use inside a company and for coupons; no goods of the world bear them.
_INSIDE = ("02", "04", "2", "05", "981", "982", "983", "984", "99")
_INSIDE_OF_EIGHT = ("0", "2")


def trade_number(barcode: str) -> str:
    """The barcode if it is a sound GTIN that anybody may look up, else nothing."""
    if len(barcode) not in LENGTHS or not (barcode.isascii() and barcode.isdigit()):
        return ""
    return barcode if _adds_up(barcode) and not _is_inside(barcode) else ""


def _adds_up(digits: str) -> bool:
    """Every second digit from the right, after the check digit, counts three times; the whole ends in zero."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


def _is_inside(digits: str) -> bool:
    if len(digits) == 8:
        return digits.startswith(_INSIDE_OF_EIGHT)
    # A prefix is read from thirteen digits: the first of fourteen counts the packing, the first of twelve is a zero.
    thirteen = digits.zfill(14)[1:]
    return thirteen.startswith(_INSIDE) or not int(thirteen)
