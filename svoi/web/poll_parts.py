"""A poll as the room shows it to one reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from svoi.control.models import Poll
from svoi.control.queries.polls import read_poll, voted_for
from svoi.shows.models import Show


def asked_in(show: Show) -> Poll | None:
    """The last poll the room was asked."""
    return Poll.objects.filter(show=show, fired_at__isnull=False).order_by("-fired_at", "-pk").first()


def poll_parts(request: HttpRequest, show: Show, poll: Poll | None, *, at: datetime) -> dict[str, Any]:
    """The poll, how it stands, and how the reader voted; `rows` are words, raw votes, counted votes and percent."""
    if poll is None:
        return {"poll": None, "show": show}
    read, english = read_poll(poll, at=at), get_language() == "en"
    member_id = request.user.pk
    return {
        "show": show,
        "poll": read,
        "rows": [(en if english else ru, raw, counted, share) for ru, en, raw, counted, share in read.rows],
        "voted": voted_for(poll_id=poll.pk, member_id=member_id) if member_id else None,
        "uncounted": read.votes > sum(read.tally.counted),
    }
