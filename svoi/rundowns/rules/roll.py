"""The time roll: when each segment begins, whether all of them fit the slot, and another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from svoi.kernel.refused import Refused
from svoi.rundowns.rules.words import SEGMENTS_MAX


class TooManySegments(Refused):
    """A rundown has `most` segments at most."""

    code: ClassVar[str] = "rundown_full"


class TooManyProducts(Refused):
    """A show lays out `most` products at most, so no more can be planned."""

    code: ClassVar[str] = "rundown_too_many_products"


class SegmentUnknown(Refused):
    """The rundown has no such segment (any more)."""

    code: ClassVar[str] = "segment_unknown"


@dataclass(frozen=True, slots=True)
class Roll:
    """Seconds after the start of the show at which each segment begins, and how the whole fits."""

    starts_s: tuple[int, ...]
    total_s: int
    slot_s: int

    @property
    def over_s(self) -> int:
        """How much longer than the slot the plan is; below zero when there is room left."""
        return self.total_s - self.slot_s


def roll(lengths_s: Sequence[int], *, slot_s: int) -> Roll:
    """One segment after the other, without gaps: the start of each is the sum of those before it."""
    ends = list(accumulate(lengths_s, initial=0))
    return Roll(starts_s=tuple(ends[:-1]), total_s=ends[-1], slot_s=slot_s)


def reorder(order: Sequence[int], *, moved: int, before: int | None) -> tuple[int, ...]:
    """The same ids with `moved` in front of `before`, or at the end; raises `SegmentUnknown`.

    In front of itself is where it is.
    """
    if moved not in order or (before is not None and before not in order):
        raise SegmentUnknown()
    if moved == before:
        return tuple(order)
    others = [one for one in order if one != moved]
    place = len(others) if before is None else others.index(before)
    return (*others[:place], moved, *others[place:])


def step(order: Sequence[int], *, moved: int, places: int) -> int | None:
    """In front of whom `moved` stands after so many places down (below zero: up); None at the end."""
    if moved not in order:
        raise SegmentUnknown()
    others = [one for one in order if one != moved]
    place = max(0, min(len(others), order.index(moved) + places))
    return others[place] if place < len(others) else None


def duplicates(products: Mapping[int, int | None]) -> frozenset[int]:
    """Segments (by id) whose product is planned more than once: allowed, and worth a look."""
    times = Counter(product for product in products.values() if product is not None)
    return frozenset(segment for segment, product in products.items() if product is not None and times[product] > 1)


def admit_segment(*, segments: int, products: int, products_max: int) -> None:
    """Raise when one more segment, or its product, is more than a show can take; both counts include the new one."""
    if segments > SEGMENTS_MAX:
        raise TooManySegments(most=SEGMENTS_MAX)
    if products > products_max:
        raise TooManyProducts(most=products_max)
