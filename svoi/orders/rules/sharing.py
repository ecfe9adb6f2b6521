"""What the lines of an order stand for: each bears its share of the money and of the points, as on the receipt.

Both shares are exact: the money to the kopeck and the points to the point, by largest remainder. Pieces of a line that
come back bring their part of its share, rounded down; what rounding left comes with the last piece. Whatever comes back
in whichever order, it is never more than was paid, and all of it together is exactly what was paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svoi.payments.rules import shares_of


@dataclass(frozen=True, slots=True)
class Bought:
    """A line as far as sharing goes: so many pieces at a price."""

    pieces: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Paid:
    """Money in minor units, and points beside it."""

    minor: int
    points: int


def worth_of(pieces: Mapping[int, int], *, lines: Mapping[int, Bought], paid: Paid) -> Paid:
    """What so many pieces, by line, of an order that was paid so bring back when nothing came back before."""
    sums = [line.pieces * line.price_minor for line in lines.values()]
    parts = [(pieces.get(key, 0), line.pieces) for key, line in lines.items()]
    return Paid(_part(shares_of(sums, paid.minor), parts), _part(shares_of(sums, paid.points), parts))


def worth_now(
    *, before: Mapping[int, int], now: Mapping[int, int], given: Paid, lines: Mapping[int, Bought], paid: Paid
) -> Paid:
    """What the pieces `now` bring back, when those `before` bring `given`.

    `given` may be ahead of what those pieces are worth by what rounding brought them once; then it waits.
    """
    together = worth_of({key: before.get(key, 0) + now.get(key, 0) for key in lines}, lines=lines, paid=paid)
    return Paid(max(0, together.minor - given.minor), max(0, together.points - given.points))


def _part(shares: Sequence[int], parts: Sequence[tuple[int, int]]) -> int:
    return sum(share * some // whole for share, (some, whole) in zip(shares, parts, strict=True))
