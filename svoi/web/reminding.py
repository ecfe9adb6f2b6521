"""What the page of a show to come offers somebody who wants to be reminded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.members.models import Member
from svoi.planning.queries.calendar import reminder_of
from svoi.planning.rules.reminding import AHEAD_MIN, AHEAD_MIN_DEFAULT, rings_at
from svoi.shows.models import Show

AHEAD_WORDS: dict[int, str | Promise] = {
    5: _("5 minutes before"),
    15: _("15 minutes before"),
    30: _("half an hour before"),
    60: _("an hour before"),
    180: _("3 hours before"),
    1_440: _("a day before"),
}


def reminder_parts(show: Show, reader: Member | AnonymousUser, *, at: datetime) -> dict[str, Any]:
    """Times that are still ahead, and what she asked for. A letter needs an address, so others get the file alone."""
    if not isinstance(reader, Member) or not reader.email:
        return {}
    reminder = reminder_of(show_id=show.pk, member_id=reader.pk)
    offered = [(minutes, AHEAD_WORDS[minutes]) for minutes in AHEAD_MIN if rings_at(show.starts_at, minutes) > at]
    return {
        "reminder": reminder,
        "reminder_words": AHEAD_WORDS[reminder.ahead_min] if reminder else "",
        "reminder_offered": offered,
        "reminder_first": AHEAD_MIN_DEFAULT,
    }
