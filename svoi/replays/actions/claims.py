"""The log of claims: a line is written once, and goes only when its years are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from svoi.communities.queries import roles_of
from svoi.communities.rules import MAY_KEEP_ORDER
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.replays.events import ClaimLogged, ClaimsForgotten
from svoi.replays.models import ClaimSaid
from svoi.replays.rules import admit_claim, claim_words, evidence_kept, kept_since
from svoi.shows.models import Show


@atomic
def log_claim(
    *,
    show_id: int,
    product_id: int,
    text: str,
    evidence: Mapping[str, Any] | None,
    said_by: Member,
    media_at: datetime,
    by: Member,
    at: datetime,
) -> ClaimSaid:
    """Write down that `said_by` claimed `text` of a product at a media time; `evidence` is kept as it is now.

    The same claim for the same moment is one line, whoever marks it again. Raises `NotOfThisShow`, `SpeakerUnknown`,
    `ClaimNotOnAir`, `ClaimUnworded`, `EvidenceUnfit`.
    """
    show = Show.objects.select_related("community").get(pk=show_id)
    words, kept = claim_words(text), evidence_kept(evidence)
    admit_claim(
        media_at=media_at, began_at=show.went_live_at, ended_at=show.ended_at, at=at,
        speaks=said_by.pk == show.host_id or bool(MAY_KEEP_ORDER & roles_of(community=show.community, member=said_by)),
        of_show=show.tray.filter(product_id=product_id).exists() or show.pins.filter(product_id=product_id).exists(),
    )  # fmt: skip
    claim, is_new = ClaimSaid.objects.get_or_create(
        show=show,
        product_id=product_id,
        said_by=said_by,
        media_at=media_at,
        text=words,
        defaults={"evidence": kept, "marked_by": by, "marked_at": at},
    )
    if is_new:
        told = {"claim_id": claim.pk, "product_id": product_id, "said_by_id": said_by.pk}
        record(ClaimLogged(show_id=show_id, by_id=by.pk, has_evidence=bool(kept), **told))
    return claim


@atomic
def forget_claims(*, kept_days: int, at: datetime) -> int:
    """Remove claims older than the shop keeps them, never younger than a year; how many went."""
    before = kept_since(at=at, kept_days=kept_days)
    gone = ClaimSaid.objects.filter(marked_at__lt=before).delete()[0]
    if gone:
        record(ClaimsForgotten(claims=gone, older_than=before.isoformat()))
    return gone
