"""Claims of segments with the evidence that stood behind them at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from svoi.rundowns.models import Claim, Evidence, SegmentClaim
from svoi.rundowns.queries.records import ClaimRead, EvidenceRead
from svoi.rundowns.rules import Proof, Said, lasts


def claims_by_segment(
    segment_ids: Sequence[int], *, begins: datetime | None, ended: datetime | None
) -> dict[int, tuple[ClaimRead, ...]]:
    """Two queries. `begins`: until when evidence has to last (a template has no such moment).

    `ended`: the end of a show that is over. What stood behind its claims then is what stands behind them for good.
    """
    said = SegmentClaim.objects.filter(segment__in=segment_ids).select_related("claim").order_by("pk")
    rows = list(said)
    proofs = evidence_by_claim({row.claim_id for row in rows}, begins=begins, ended=ended)
    found: dict[int, list[ClaimRead]] = {}
    for row in rows:
        found.setdefault(row.segment_id, []).append(_claim(row.claim, proofs.get(row.claim_id, ())))
    return {segment_id: tuple(claims) for segment_id, claims in found.items()}


def evidence_by_claim(
    claim_ids: Iterable[int], *, begins: datetime | None, ended: datetime | None
) -> dict[int, tuple[EvidenceRead, ...]]:
    """Evidence that is not withdrawn, or was not yet when the show ended, in the order it was added."""
    stands = Q(withdrawn_at=None)
    if ended is not None:
        stands = Q(added_at__lte=ended) & (stands | Q(withdrawn_at__gt=ended))
    rows = Evidence.objects.filter(stands, claim__in=list(claim_ids)).select_related("added_by").order_by("pk")
    found: dict[int, list[EvidenceRead]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(_evidence(row, begins))
    return {claim_id: tuple(all_of) for claim_id, all_of in found.items()}


def claims_known(*, product_id: int, at: datetime) -> tuple[ClaimRead, ...]:
    """Claims ever written about a product, the latest first, to be said again."""
    rows = list(Claim.objects.filter(product_id=product_id).order_by("-pk")[:50])
    proofs = evidence_by_claim([row.pk for row in rows], begins=at, ended=None)
    return tuple(_claim(row, proofs.get(row.pk, ())) for row in rows)


def said_of(claims: Iterable[ClaimRead]) -> tuple[Said, ...]:
    """Claims as the rules weigh them."""
    return tuple(
        Said(
            claim_id=claim.id,
            text=claim.text,
            text_en=claim.text_en,
            kind=claim.kind,
            product_id=claim.product_id,
            proofs=tuple(Proof(one.kind, one.reference, one.says, one.valid_until) for one in claim.evidence),
        )
        for claim in claims
    )


def _claim(row: Claim, evidence: tuple[EvidenceRead, ...]) -> ClaimRead:
    return ClaimRead(
        id=row.pk,
        text=row.text,
        text_en=row.text_en,
        kind=row.kind,
        product_id=row.product_id,
        evidence=evidence,
        proven=any(one.lasts for one in evidence),
    )


def _evidence(row: Evidence, begins: datetime | None) -> EvidenceRead:
    return EvidenceRead(
        id=row.pk,
        kind=row.kind,
        reference=row.reference,
        says=row.says,
        valid_until=row.valid_until,
        lasts=begins is None or lasts(row.valid_until, starts_at=begins),
        added_by=row.added_by.name,
    )
