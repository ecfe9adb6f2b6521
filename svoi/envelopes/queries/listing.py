"""Envelopes of a community and of a room, one line each, and who takes part unnamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from svoi.envelopes.models import Envelope, QuietTaker
from svoi.members.models import Member

LISTED_ENVELOPES_MAX = 20


@dataclass(frozen=True, slots=True)
class EnvelopeList:
    """Those that wait, the newest first, and one page of those that are over; `more_before` begins the next page."""

    waiting: list[Envelope]
    past: list[Envelope]
    more_before: int | None


def envelopes_of(*, community_id: int, at: datetime, before: int | None = None) -> EnvelopeList:
    """Envelopes of a community, those sent into its shows included, each with `gone`, its shares taken."""
    found = _with_taken(Envelope.objects.filter(community_id=community_id)).select_related("sender", "closing")
    waits = Q(closing__isnull=True, expires_at__gt=at)
    past = found.exclude(waits) if before is None else found.exclude(waits).filter(pk__lt=before)
    rows = list(past.order_by("-pk")[: LISTED_ENVELOPES_MAX + 1])
    shown = rows[:LISTED_ENVELOPES_MAX]
    return EnvelopeList(
        waiting=list(found.filter(waits).order_by("-pk")[:LISTED_ENVELOPES_MAX]) if before is None else [],
        past=shown,
        more_before=shown[-1].pk if len(rows) > LISTED_ENVELOPES_MAX else None,
    )


def unclosed_envelopes(*, place: str, place_id: int) -> QuerySet[Any]:
    """Every envelope of a place that nobody closed yet, though its time may be over; with `gone`, its shares taken."""
    found = Envelope.objects.filter(place=place, place_id=place_id, closing__isnull=True)
    return _with_taken(found).select_related("sender").order_by("pk")


def is_quiet(*, member: Member) -> bool:
    """Does she take part without being named?"""
    return QuietTaker.objects.filter(member=member).exists()


def _with_taken(found: QuerySet[Envelope]) -> QuerySet[Any]:
    return found.annotate(gone=Coalesce(Max("taken__position"), 0))
