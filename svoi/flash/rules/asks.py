"""An ask from coming to its answer: what both paths, the desk and the plain one, make of the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from svoi.flash.rules.taking import DealOver, Fired, NotYet, OverLimit, SoldOut, admit_claim
from svoi.kernel.refused import Refused, TryAgain

ASKS_MAX = 5_000  # in one call
ASKERS_SQL = "select * from svoi_flash_askers_v1(%s::bigint[], %s::bigint[])"
TAKE_SQL = "select * from svoi_claim_flash_v1(%s::bigint[], %s::bigint[], %s::integer[], %s::uuid[], %s)"


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asks for pieces of a deal; a member has one claim on a deal, however often she asks."""

    deal_id: int
    member_id: int
    quantity: int
    key: UUID


@dataclass(frozen=True, slots=True)
class Reserved:
    """Her pieces, on record: the last of them is the `position`th of the deal, and they are kept for her `until`.

    Whoever asks for more than is left gets what is left. `is_new` unless they were hers before.
    """

    position: int
    quantity: int
    until: datetime
    taken_at: datetime
    is_new: bool


class DealUnknown(Refused):
    """There is no such deal, or not for her, or nobody set it off yet."""

    code: ClassVar[str] = "flash_unknown"


FlashAnswer = Reserved | Refused


def sort_asks(asks: Sequence[Ask], rows: Sequence[Sequence[Any]], *, at: datetime) -> list[Refused | None]:
    """From `ASKERS_SQL`'s rows: what is refused, by place.

    Somebody who has her pieces is let through: the statement that takes them repeats it.
    """
    refusals: list[Refused | None] = [DealUnknown()] * len(asks)
    for place, opens_at, ends_at, closed_for, age_days, per_person, joined_at, has in rows:
        refusals[place - 1] = None
        if has is None:
            fired = Fired(opens_at, ends_at, closed_for, age_days, per_person)
            refusals[place - 1] = _refused(fired, joined_at, asks[place - 1].quantity, at)
    return refusals


def answer_to(outcome: str, *told: Any) -> FlashAnswer:
    """One row of `TAKE_SQL` behind its place: position, pieces, until, taken at, and the limit of a person."""
    position, quantity, until, taken_at, most = told
    if outcome in ("done", "repeated"):
        return Reserved(position, quantity, until, taken_at, is_new=outcome == "done")
    if outcome == "limit":
        return OverLimit(most=most)
    return {"sold_out": SoldOut, "over": DealOver, "not_yet": NotYet, "retry": TryAgain}[outcome](wait_s=1)


def _refused(deal: Fired, joined_at: datetime | None, quantity: int, at: datetime) -> Refused | None:
    try:
        admit_claim(deal, joined_at=joined_at, quantity=quantity, at=at)
    except Refused as refused:
        return refused
    return None
