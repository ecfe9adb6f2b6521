"""What a claim said on air must be to stand in the log, and for how long it stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from svoi.kernel.refused import Refused

CLAIM_LENGTH_MAX = 500
EVIDENCE_BYTES_MAX = 16 << 10
KEPT_DAYS_MIN = 365  # the database removes nothing younger, whatever the setting says
MEDIA_AHEAD = timedelta(seconds=5)


class ClaimUnworded(Refused):
    """A claim needs words, and no more than `most` letters of them."""

    code: ClassVar[str] = "claim_unworded"


class ClaimNotOnAir(Refused):
    """Nothing was on air at the moment the claim is said to have been made."""

    code: ClassVar[str] = "claim_not_on_air"


class EvidenceUnfit(Refused):
    """The evidence is not a set of named values, or too large to be kept with a claim."""

    code: ClassVar[str] = "evidence_unfit"


class SpeakerUnknown(Refused):
    """Whoever said it is neither the host nor of the crew."""

    code: ClassVar[str] = "speaker_unknown"


class NotOfThisShow(Refused):
    """The product was neither laid out nor shown in this show."""

    code: ClassVar[str] = "product_not_of_show"


def admit_claim(
    *,
    media_at: datetime,
    began_at: datetime | None,
    ended_at: datetime | None,
    at: datetime,
    speaks: bool,
    of_show: bool,
) -> None:
    """A claim was said while the show was on air, by somebody who speaks there, about something shown there."""
    if not of_show:
        raise NotOfThisShow()
    if not speaks:
        raise SpeakerUnknown()
    latest = min(ended_at or at + MEDIA_AHEAD, at + MEDIA_AHEAD)
    if began_at is None or not began_at <= media_at <= latest:
        raise ClaimNotOnAir()


def claim_words(text: str) -> str:
    """The claim as it is kept: one line."""
    kept = " ".join(text.split())
    if not kept or len(kept) > CLAIM_LENGTH_MAX:
        raise ClaimUnworded(most=CLAIM_LENGTH_MAX)
    return kept


def evidence_kept(evidence: Mapping[str, Any] | None) -> dict[str, Any]:
    """A snapshot of the evidence as JSON values; an empty one says that there was none."""
    try:
        told = json.dumps(dict(evidence or {}), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        raise EvidenceUnfit() from None
    if len(told.encode("utf-8", "surrogatepass")) > EVIDENCE_BYTES_MAX or "\\u0000" in told:
        raise EvidenceUnfit()
    kept: dict[str, Any] = json.loads(told)
    return kept


def kept_since(*, at: datetime, kept_days: int) -> datetime:
    """What was marked before this may go."""
    return at - timedelta(days=max(kept_days, KEPT_DAYS_MIN))
