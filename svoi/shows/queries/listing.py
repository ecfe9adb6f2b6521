"""Shows in the order people look for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.shows.models import Break, Ingest, Show, ShowQuerySet
from svoi.shows.rules.airing import Stage, stage_of

SHOWS_LISTED_MAX = 30


@dataclass(frozen=True, slots=True)
class ShowCard:
    """A show in a list, with its stage read along."""

    show: Show
    stage: Stage


def upcoming(*, member: Member | AnonymousUser, at: datetime) -> list[ShowCard]:
    """What this person may see and is on air or still to come, the ones on air first."""
    return _cards(Show.objects.visible_to(member).filter(ended_at=None), "went_live_at", "starts_at")


def shows_of(*, community: Community) -> list[ShowCard]:
    """All shows of a community, newest first; whoever sees the community sees them."""
    return _cards(Show.objects.standing().filter(community=community), "-starts_at")


def _cards(shows: ShowQuerySet, *order: str) -> list[ShowCard]:
    open_break = Break.objects.filter(show=OuterRef("pk"), ended_at=None)
    open_ingest = Ingest.objects.filter(show=OuterRef("pk"), offline_at=None)
    rows = (
        shows.select_related("community", "host")
        .annotate(on_break=Exists(open_break), signal=Exists(open_ingest))
        .order_by(*order, "pk")[:SHOWS_LISTED_MAX]
    )
    return [
        ShowCard(
            show,
            stage_of(
                went_live=show.went_live_at is not None,
                ended=show.ended_at is not None,
                on_break=getattr(show, "on_break", False),
                signal=getattr(show, "signal", False),
            ),
        )
        for show in rows
    ]
