"""What the gateway asks when it opens a room."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone

from svoi.api.doors import internal
from svoi.shows.models import Show
from svoi.shows.queries.habit import habit_before
from svoi.shows.queries.room import chat_place, chat_policy, facts_place, muted_members
from svoi.shows.queries.strip import live_strip
from svoi.trust.queries import rule_mode


@internal("GET")
@transaction.atomic
def room(request: HttpRequest, show_id: int) -> HttpResponse:
    """The policy to admit messages by, who is muted, where the sequences stand, and by what viewers are counted."""
    show = Show.objects.filter(pk=show_id).first()
    if show is None:
        return HttpResponseNotFound()
    now = timezone.now()
    muted, habit = muted_members(show_id, at=now), habit_before(show)
    return JsonResponse(
        {
            "reach": show.community.memberships.count(),
            "policy": chat_policy(show),
            "muted": [row["member"] for row in muted],
            "muted_until": {str(row["member"]): row["until"] for row in muted},
            "state": show.stage(),
            "facts": facts_place(show_id),
            "chat": chat_place(show_id),
            "peak": live_strip(show_id=show_id, at=now).peak_counted,
            "integrity": rule_mode(community_id=show.community_id, rule="live_weights"),
            "habit_mode": rule_mode(community_id=show.community_id, rule="room_habit"),
            "habit": {"low": habit.low, "stretches": habit.stretches},
        }
    )
