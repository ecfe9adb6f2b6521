"""Claims of segments with the evidence that stood behind them at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from svoi.rundowns.models import Claim, Evidence, SegmentClaim
from svoi.rundowns.queries.records import ClaimRead, EvidenceRead
from svoi.rundowns.rules import Proof, Said, lasts

KNOWN_MAX = 50


@dataclass(frozen=True, slots=True)
class Moments:
    """`begins`: until when evidence has to last (a template has no such moment). `ended`: the end of what is over.

    What stood behind a claim when its show ended is what stands behind it for good.
    """

    begins: datetime | None = None
    ended: datetime | None = None


def claims_by_segment(moments: Mapping[int, Moments]) -> dict[int, tuple[ClaimRead, ...]]:
    """Claims of segments (by id, each with the moments of its show) in the order they were written; two queries."""
    said = SegmentClaim.objects.filter(segment__in=list(moments)).select_related("claim").order_by("pk")
    rows = list(said)
    proofs = _evidence_by_claim({row.claim_id for row in rows})
    found: dict[int, list[ClaimRead]] = {}
    for row in rows:
        claim = _claim(row.claim, proofs.get(row.claim_id, []), moments[row.segment_id])
        found.setdefault(row.segment_id, []).append(claim)
    return {segment_id: tuple(claims) for segment_id, claims in found.items()}


def claims_known(*, product_id: int, at: datetime) -> tuple[ClaimRead, ...]:
    """Claims ever written about a product, the latest first, to be said again."""
    rows = list(Claim.objects.filter(product_id=product_id).order_by("-pk")[:KNOWN_MAX])
    proofs = _evidence_by_claim({row.pk for row in rows})
    return tuple(_claim(row, proofs.get(row.pk, []), Moments(begins=at)) for row in rows)


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


def _evidence_by_claim(claim_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(claim__in=list(claim_ids)).select_related("added_by").order_by("pk"):
        found.setdefault(row.claim_id, []).append(row)
    return found


def _claim(row: Claim, evidence: Iterable[Evidence], moments: Moments) -> ClaimRead:
    stands = tuple(_evidence(one, moments.begins) for one in evidence if _stands(one, moments.ended))
    return ClaimRead(
        id=row.pk,
        text=row.text,
        text_en=row.text_en,
        kind=row.kind,
        product_id=row.product_id,
        evidence=stands,
        proven=any(one.lasts for one in stands),
    )


def _stands(row: Evidence, ended: datetime | None) -> bool:
    if ended is None:
        return row.withdrawn_at is None
    return row.added_at <= ended and (row.withdrawn_at is None or row.withdrawn_at > ended)


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
