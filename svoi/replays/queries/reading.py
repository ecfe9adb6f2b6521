"""Clips, drafts and claims as pages list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from svoi.communities.models import Community
from svoi.communities.rules import MAY_RUN_SHOWS
from svoi.members.models import Member
from svoi.replays.models import ClaimSaid, Clip
from svoi.replays.rules import MAY_DEBRIEF
from svoi.shows.models import Show

CLAIMS_SHOWN_MAX = 200


def clips_of(*, show_id: int) -> QuerySet[Clip]:
    """In the order of the recording, each with its draft."""
    found = Clip.objects.filter(show_id=show_id).select_related("show", "product", "asked_by", "draft")
    return found.order_by("begins_at", "pk")


def shows_debriefed_by(member: Member | AnonymousUser) -> QuerySet[Show]:
    """Shows somebody may look back at: owners and producers at all of the community's, a host at her own."""
    all_of_them = Show.objects.run_by(member, MAY_RUN_SHOWS).values("pk")
    her_own = Show.objects.run_by(member, MAY_DEBRIEF).filter(host_id=member.pk).values("pk")
    return Show.objects.filter(Q(pk__in=all_of_them) | Q(pk__in=her_own)).select_related("community", "host")


@dataclass(frozen=True, slots=True)
class ClaimsAsked:
    """Which claims of a log are wanted; dates are days of the shop's time zone, both included."""

    product_id: int | None = None
    said_by_id: int | None = None
    show_id: int | None = None
    since: date | None = None
    until: date | None = None


def claims_said(*, community: Community, asked: ClaimsAsked) -> QuerySet[ClaimSaid]:
    """The newest first."""
    found = ClaimSaid.objects.filter(show__community=community)
    wanted: dict[str, Any] = {"product_id": asked.product_id, "said_by_id": asked.said_by_id, "show_id": asked.show_id}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if asked.since is not None:
        found = found.filter(media_at__gte=_midnight(asked.since))
    if asked.until is not None and asked.until < date.max:
        found = found.filter(media_at__lt=_midnight(asked.until + timedelta(days=1)))
    return found.select_related("show", "product", "said_by", "marked_by").order_by("-media_at", "-pk")


def claimed_in(community: Community, name: str) -> Iterator[tuple[int, str]]:
    """The products (`product`) or people (`said_by`) the log of a community speaks of, by name."""
    rows = ClaimSaid.objects.filter(show__community=community).order_by(f"{name}__name", f"{name}_id")
    yield from rows.values_list(f"{name}_id", f"{name}__name").distinct()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
