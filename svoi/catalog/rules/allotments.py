"""How much of the stock one show may sell: stated from what there is, tightened by the host, kept to by every sale."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

DEEDS = ("set", "tightened")
# The plan of the show, a count made anew, goods in doubt, pieces kept for others.
REASONS = ("plan", "recount", "quality", "keep")
PIECES_MAX = 1_000_000


class AllotmentSoldOut(Refused):
    """Of a product (`product_id`) this show may sell fewer pieces (`left`) than were asked for (`wanted`)."""

    code: ClassVar[str] = "allotment_sold_out"


class AllotmentUnfit(Refused):
    """An allotment is a whole number from what is taken already (`least`) to all that could be sold (`most`)."""

    code: ClassVar[str] = "allotment_unfit"


class AllotmentOnlyTightens(Refused):
    """A host lowers the allotment that stands (`stands`), and never raises it."""

    code: ClassVar[str] = "allotment_only_tightens"


class AllotmentUnstated(Refused):
    """Nothing was allotted of this product, so there is nothing to tighten."""

    code: ClassVar[str] = "allotment_unstated"


class AllotmentReasonUnknown(Refused):
    """Why it changes is said by one of `REASONS`."""

    code: ClassVar[str] = "allotment_reason_unknown"


def take_allotted(*, pieces: int, taken: int, wanted: int, product_id: int) -> int:
    """How many are taken afterwards; raise `AllotmentSoldOut` rather than go beyond the allotment."""
    if wanted > pieces - taken:
        raise AllotmentSoldOut(left=pieces - taken, wanted=wanted, product_id=product_id)
    return taken + wanted


def admit_allotment(*, pieces: int, taken: int, free: int) -> None:
    """A producer allots what really is there: not less than is taken, not more than that and free stock together."""
    if not taken <= pieces <= taken + free:
        raise AllotmentUnfit(least=taken, most=taken + free)


def tighten_to(*, wanted: int, stands: int, taken: int) -> int:
    """What a host may leave. What is taken stays taken, so asking for less than that stops the selling."""
    if wanted > stands:
        raise AllotmentOnlyTightens(stands=stands)
    return max(wanted, taken)


def read_reason(typed: str) -> str:
    """One of `REASONS`, or `AllotmentReasonUnknown`."""
    if typed not in REASONS:
        raise AllotmentReasonUnknown()
    return typed
