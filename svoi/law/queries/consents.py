"""Who agreed to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svoi.law.models import Consent, LegalText
from svoi.members.models import Member

HISTORY_MAX = 100


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent in a member's history."""

    kind: str
    title: str
    language: str
    version: int
    sha256: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


def consent_history(*, member: Member) -> list[ConsentLine]:
    """Everything she agreed to, the latest first."""
    found = Consent.objects.filter(member=member).select_related("text", "withdrawal").order_by("-given_at", "-pk")
    return [
        ConsentLine(
            kind=one.text.kind,
            title=one.text.title,
            language=one.text.language,
            version=one.text.version,
            sha256=one.text.sha256,
            channel=one.channel,
            given_at=one.given_at,
            withdrawn_at=one.withdrawal.withdrawn_at if hasattr(one, "withdrawal") else None,
        )
        for one in found.defer("text__body")[:HISTORY_MAX]
    ]


def standing_consent(*, member: Member, kind: str) -> Consent | None:
    """Her consent of this kind, if it was not taken back."""
    return Consent.objects.filter(member=member, text__kind=kind, withdrawal=None).order_by("-given_at").first()


def has_agreed(*, member: Member, kind: str) -> bool:
    """May the house do what this kind of consent allows?"""
    return standing_consent(member=member, kind=kind) is not None


def text_by_hash(*, sha256: str) -> LegalText | None:
    """A text that was in force at some time."""
    return LegalText.objects.filter(sha256=sha256).order_by("kept_at").first()
