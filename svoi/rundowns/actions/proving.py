"""What is claimed in a segment, and the evidence behind it."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.models import Product
from svoi.catalog.rules import NoLongerSold
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.rundowns.actions.locking import lend_a_hand, locked_rundown, segment_in, write_down
from svoi.rundowns.models import Claim, Evidence, Rundown, Segment, SegmentClaim
from svoi.rundowns.rules import (
    CLAIM_KINDS,
    CLAIM_LENGTH_MAX,
    CLAIMS_MAX,
    EVIDENCE_KINDS,
    LINES_LENGTH_MAX,
    ClaimUnknown,
    RundownUnknown,
    TooManyClaims,
    line,
    read_reference,
    require_kind,
    required_line,
)
from svoi.shows.rules.airing import ShowEnded


@atomic
def write_claim(
    *,
    rundown_id: int,
    segment_id: int,
    product_id: int,
    kind: str,
    text: str,
    by: Member,
    at: datetime,
    text_en: str = "",
) -> Claim:
    """Say a sentence about a product in a segment. The same sentence about it is the same claim, with its evidence.

    Raises `WordsMissing`, `WordsTooLong`, `KindUnknown`, `NoLongerSold`, `TooManyClaims`, `SegmentUnknown`.
    """
    rundown = locked_rundown(rundown_id=rundown_id)
    segment = segment_in(rundown=rundown, segment_id=segment_id)
    require_kind("claim_kind", kind, CLAIM_KINDS)
    said = required_line("text", text, CLAIM_LENGTH_MAX)
    if not Product.objects.filter(pk=product_id, community_id=rundown.community_id).exists():
        raise NoLongerSold(product_id=product_id)
    claim, _ = Claim.objects.get_or_create(
        product_id=product_id,
        kind=kind,
        text=said,
        defaults={
            "community_id": rundown.community_id,
            "text_en": line("text_en", text_en, CLAIM_LENGTH_MAX),
            "written_by": by,
            "written_at": at,
        },
    )
    _say(rundown, segment, claim, by=by, at=at)
    return claim


@atomic
def say_claim(*, rundown_id: int, segment_id: int, claim_id: int, by: Member, at: datetime) -> None:
    """Say a claim that was written before; twice is once. Raises `ClaimUnknown`, `TooManyClaims`, `SegmentUnknown`."""
    rundown = locked_rundown(rundown_id=rundown_id)
    segment = segment_in(rundown=rundown, segment_id=segment_id)
    _say(rundown, segment, _claim_of(rundown, claim_id), by=by, at=at)


@atomic
def drop_claim(*, rundown_id: int, segment_id: int, claim_id: int, by: Member, at: datetime) -> None:
    """No longer say a claim in a segment; the claim and its evidence stay. Twice is once."""
    rundown = locked_rundown(rundown_id=rundown_id)
    segment = segment_in(rundown=rundown, segment_id=segment_id)
    dropped, _ = SegmentClaim.objects.filter(segment=segment, claim_id=claim_id).delete()
    if dropped:
        lend_a_hand(segments=[segment], by=by, at=at)
        write_down(rundown=rundown, deed="claimed", by=by, at=at, segment=segment)


@atomic
def add_evidence(
    *,
    rundown_id: int,
    claim_id: int,
    kind: str,
    reference: str,
    says: str,
    valid_until: datetime | None,
    by: Member,
    at: datetime,
) -> Evidence:
    """Put proof behind a claim: a link (http and https only), a document, a laboratory's report or a certificate.

    It stands behind the claim wherever it is made, so every coming plan that makes it changes. Raises `ClaimUnknown`,
    `KindUnknown`, `LinkUnsafe`, `WordsMissing`, `WordsTooLong`.
    """
    plans = _locked_plans(rundown_id, claim_id)
    claim = _claim_of(plans[rundown_id], claim_id)
    require_kind("evidence_kind", kind, EVIDENCE_KINDS)
    evidence = Evidence.objects.create(
        claim=claim,
        kind=kind,
        reference=read_reference(kind, reference),
        says=required_line("says", says, LINES_LENGTH_MAX),
        valid_until=valid_until,
        added_by=by,
        added_at=at,
    )
    _proved(plans, claim, by=by, at=at)
    return evidence


@atomic
def withdraw_evidence(*, rundown_id: int, evidence_id: int, by: Member, at: datetime) -> None:
    """Take proof back: it was the wrong one, or is no longer so. It stays on record; twice is once."""
    claim_id = Evidence.objects.filter(pk=evidence_id).values_list("claim_id", flat=True).first()
    plans = _locked_plans(rundown_id, claim_id)
    claim = _claim_of(plans[rundown_id], claim_id)
    found = Evidence.objects.select_for_update(no_key=True).get(pk=evidence_id)
    if found.withdrawn_at is not None:
        return
    found.withdrawn_at, found.withdrawn_by = at, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _proved(plans, claim, by=by, at=at)


def _claim_of(rundown: Rundown, claim_id: int | None) -> Claim:
    found = Claim.objects.filter(pk=claim_id or 0, community_id=rundown.community_id).first()
    if found is None:
        raise ClaimUnknown()
    return found


def _say(rundown: Rundown, segment: Segment, claim: Claim, *, by: Member, at: datetime) -> None:
    said = set(SegmentClaim.objects.filter(segment=segment).values_list("claim_id", flat=True))
    if claim.pk in said:
        return
    if len(said) >= CLAIMS_MAX:
        raise TooManyClaims(most=CLAIMS_MAX)
    SegmentClaim.objects.create(segment=segment, claim=claim)
    lend_a_hand(segments=[segment], by=by, at=at)
    write_down(rundown=rundown, deed="claimed", by=by, at=at, segment=segment)


def _locked_plans(rundown_id: int, claim_id: int | None) -> dict[int, Rundown]:
    """This plan and every other one still to come that makes the claim, locked in the order of their ids."""
    said = Segment.objects.filter(said__claim=claim_id, removed_at=None, rundown__show__ended_at=None)
    plans: dict[int, Rundown] = {}
    for pk in sorted({rundown_id, *said.values_list("rundown_id", flat=True)}):
        try:
            plans[pk] = locked_rundown(rundown_id=pk)
        except (ShowEnded, RundownUnknown):
            if pk == rundown_id:
                raise
            # Another show ended this moment, or a template was retired: what was proved for it then stays so.
    return plans


def _proved(plans: dict[int, Rundown], claim: Claim, *, by: Member, at: datetime) -> None:
    for rundown in plans.values():
        segments = list(Segment.objects.filter(rundown=rundown, said__claim=claim, removed_at=None))
        lend_a_hand(segments=segments, by=by, at=at)
        write_down(rundown=rundown, deed="proved", by=by, at=at)
