"""Who steers a show."""

from __future__ import annotations

from datetime import datetime

from svoi.control.models import Hold
from svoi.control.rules.steering import Holder, is_heard


def standing_hold(*, show_id: int) -> Holder | None:
    """The hold nobody ended, however long it has been silent."""
    hold = Hold.objects.filter(show_id=show_id, ended_at=None).select_related("member").first()
    return holder_read(hold) if hold else None


def steering(*, show_id: int, at: datetime) -> Holder | None:
    """Who steers now; None when nobody does, or whoever did went silent."""
    holder = standing_hold(show_id=show_id)
    return holder if is_heard(holder, at=at) else None


def holder_read(hold: Hold) -> Holder:
    return Holder(hold.pk, hold.member_id, hold.member.name, hold.taken_at, hold.seen_at)
