"""Who has really been in a show: members by the minutes in which they were counted."""

from __future__ import annotations

from django.db.models import Count
from django.db.models.functions import TruncMinute

from svoi.communities.models import Membership
from svoi.shows.models import Show, WatchBeat


def members_seen(*, show: Show, minutes: int) -> list[int]:
    """Members of the show's community with counted heartbeats in at least so many different minutes of it.

    Minutes, not beats: a second page or a faster one adds nothing. Who does not belong could not take a share.
    """
    belong = Membership.objects.filter(community_id=show.community_id).values("member_id")
    beats = WatchBeat.objects.filter(show=show, counted=True, member_id__in=belong)
    seen = beats.values("member_id").annotate(seen_minutes=Count(TruncMinute("at"), distinct=True))
    long_enough = seen.filter(seen_minutes__gte=max(1, minutes)).values_list("member_id", flat=True)
    return sorted(pk for pk in long_enough if pk is not None)
