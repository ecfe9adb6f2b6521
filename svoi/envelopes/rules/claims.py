"""A claim from asking to answer: what both paths, the desk and the plain one, make of the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from svoi.envelopes.rules.taking import AlreadyOver, Claimant, EnvelopeEmpty, Sealed, admit_claimant
from svoi.kernel.refused import Refused, TryAgain

CLAIMS_MAX = 900  # in one call: a transfer has a thousand legs at most
CLAIMANTS_SQL = "select * from svoi_claimants_v1(%s::bigint[], %s::bigint[], %s)"
CLAIM_SQL = "select * from svoi_claim_shares_v2(%s::bigint[], %s::bigint[], %s::uuid[], %s::integer[], %s, %s)"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody asks for a share of an envelope; the same key is the same claim, however often it comes."""

    envelope_id: int
    member_id: int
    key: UUID


@dataclass(frozen=True, slots=True)
class Taken:
    """Her share, on record: `amount` points as the `position`th to come; `is_new` unless it was hers before."""

    position: int
    amount: int
    taken_at: datetime
    is_new: bool


class EnvelopeUnknown(Refused):
    """There is no such envelope, or not for her."""

    code: ClassVar[str] = "not_found"


Answer = Taken | Refused


def local_day(at: datetime, zone: str) -> date:
    """The day of the shop that shares are counted in."""
    return at.astimezone(ZoneInfo(zone)).date()


def sort_claims(
    claims: Sequence[Claim], rows: Sequence[Sequence[Any]], *, at: datetime
) -> tuple[list[Refused | None], list[int]]:
    """From `CLAIMANTS_SQL`'s rows: what is refused, by place, and which share of her day each other one would be.

    Somebody who has her share is let through: the statement that takes shares repeats it.
    """
    refusals: list[Refused | None] = [EnvelopeUnknown()] * len(claims)
    nths = [0] * len(claims)
    sealed: dict[int, Sealed] = {}  # by envelope: one statement saw each in one state
    for place, mode, expires_at, closed_for, age_days, most, pause_s, joined_at, today, last_at, is_guest, has in rows:
        nths[place - 1], refusals[place - 1] = today + 1, None
        if has is None:
            of = claims[place - 1].envelope_id
            if of not in sealed:
                sealed[of] = Sealed(mode, expires_at, closed_for, age_days, most, pause_s)
            refusals[place - 1] = _refused(sealed[of], Claimant(joined_at, today, last_at, is_guest), at)
    return refusals, nths


def answer_of(outcome: str, position: int | None, amount: int | None, taken_at: datetime | None) -> Answer:
    """One row of `CLAIM_SQL` as an answer."""
    if outcome in ("done", "repeated"):
        assert position is not None
        assert amount is not None
        assert taken_at is not None
        return Taken(position, amount, taken_at, is_new=outcome == "done")
    return {"empty": EnvelopeEmpty, "over": AlreadyOver, "retry": TryAgain}[outcome]()


def _refused(sealed: Sealed, claimant: Claimant, at: datetime) -> Refused | None:
    try:
        admit_claimant(sealed, claimant, at=at)
    except Refused as refused:
        return refused
    return None
