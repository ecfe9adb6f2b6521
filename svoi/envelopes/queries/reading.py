"""Envelopes of a place, one envelope with its shares, and what a community allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Sum

from svoi.communities.models import Community, Membership
from svoi.communities.queries import roles_of
from svoi.envelopes.models import (
    Envelope,
    EnvelopeClosing,
    EnvelopeLimits,
    EnvelopeShare,
    QuietTaker,
)
from svoi.envelopes.rules import TO_GUESTS, Limits, Sender, may_spend_budget

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from svoi.members.models import Member

PLACE_ENVELOPES_MAX = 20
LISTED_SHARES_MAX = 100


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share as others read it: `name` is None for somebody who does not want to be named."""

    position: int
    amount: int
    taken_at: datetime
    name: str | None
    is_hers: bool
    is_luckiest: bool


@dataclass(frozen=True, slots=True)
class EnvelopePage:
    """An envelope, how far it is, and what the reader has of it."""

    envelope: Envelope
    closing: EnvelopeClosing | None
    taken: int  # shares gone
    points_taken: int
    is_guest: bool  # on the list, where there is one
    hers: EnvelopeShare | None
    rows: list[ShareRow]


def limits_of(*, community_id: int) -> Limits:
    """What the community allows: its own settings, or the defaults."""
    kept = EnvelopeLimits.objects.filter(community_id=community_id).first()
    return kept.limits() if kept else Limits()


def last_sent_at(*, community_id: int, sender_id: int) -> datetime | None:
    """When she last sent an envelope of her own points here."""
    sent = Envelope.objects.filter(community_id=community_id, sender_id=sender_id, purse="own").order_by("-sent_at")
    return sent.values_list("sent_at", flat=True).first()


def sender_of(*, community: Community, member: Member) -> Sender:
    """What the rules of sending ask about her."""
    membership = Membership.objects.filter(community=community, member=member).first()
    return Sender(
        may_spend_budget=may_spend_budget(roles_of(community=community, member=member)),
        joined_at=membership.joined_at if membership else None,
        last_sent_at=last_sent_at(community_id=community.pk, sender_id=member.pk),
    )


def left_in(envelope: Envelope) -> int:
    """The points nobody took yet."""
    taken = EnvelopeShare.objects.filter(envelope=envelope).aggregate(points=Sum("amount"))["points"]
    return envelope.total - (taken or 0)


def open_envelopes(*, place: str, place_id: int, at: datetime) -> QuerySet[Envelope]:
    """The envelopes of a place that still wait, the newest first."""
    found = Envelope.objects.filter(place=place, place_id=place_id, closing__isnull=True, expires_at__gt=at)
    return found.select_related("sender").order_by("-sent_at", "-pk")[:PLACE_ENVELOPES_MAX]


def expired_envelopes(*, at: datetime, most: int) -> list[int]:
    """Envelopes whose time is over and that nobody closed yet."""
    found = Envelope.objects.filter(closing__isnull=True, expires_at__lte=at).order_by("expires_at")
    return list(found.values_list("pk", flat=True)[:most])


def envelope_page(*, reference: str, reader: Member | AnonymousUser) -> EnvelopePage | None:
    """One envelope of a community she may see, with who got what; None where she may not."""
    envelope = (
        Envelope.objects.visible_to(reader)
        .select_related("community", "sender", "closing")
        .filter(reference=reference)
        .first()
    )
    if envelope is None:
        return None
    shares = EnvelopeShare.objects.filter(envelope=envelope)
    sums = shares.aggregate(taken=Max("position"), points=Sum("amount"))
    closing = getattr(envelope, "closing", None)
    hers = shares.filter(member_id=reader.pk).first() if reader.is_authenticated else None
    return EnvelopePage(
        envelope=envelope,
        closing=closing,
        taken=sums["taken"] or 0,
        points_taken=sums["points"] or 0,
        is_guest=envelope.mode not in TO_GUESTS or _is_listed(envelope, reader),
        hers=hers,
        rows=_rows(shares, reader, is_over=closing is not None),
    )


def _is_listed(envelope: Envelope, reader: Member | AnonymousUser) -> bool:
    return reader.is_authenticated and envelope.guests.filter(member_id=reader.pk).exists()


def _rows(shares: QuerySet[EnvelopeShare], reader: Member | AnonymousUser, *, is_over: bool) -> list[ShareRow]:
    """The latest shares, and once it is over the luckiest among all of them first."""
    quiet = QuietTaker.objects.filter(member_id=OuterRef("member_id"))
    found = shares.annotate(name=F("member__name"), is_quiet=Exists(quiet))
    best = found.order_by("-amount", "position").first() if is_over else None
    latest = list(found.order_by("-position")[:LISTED_SHARES_MAX])
    if best is not None:
        latest = [best, *(one for one in latest if one.pk != best.pk)]
    return [
        ShareRow(
            one.position,
            one.amount,
            one.taken_at,
            None if one.is_quiet else one.name,
            is_hers=one.member_id == reader.pk,
            is_luckiest=best is not None and one.pk == best.pk,
        )
        for one in latest
    ]
