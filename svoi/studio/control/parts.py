"""What the parts of the control room show, read where they are drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest

from svoi.control.queries import Standing, standing_of
from svoi.control.queries.duties import acts_of
from svoi.control.queries.notes import crew_lines, incidents_of
from svoi.control.queries.polls import latest_poll
from svoi.control.queries.steering import standing_hold
from svoi.control.queries.triage import pinned_message, triage_of
from svoi.control.rules.steering import RENEW_S, is_heard
from svoi.shows.models import Show
from svoi.shows.queries.pin import standing_pin
from svoi.studio.control.emergencies import hands_of
from svoi.studio.control.words import INCIDENT_WORDS, drift_words
from svoi.studio.doors import may_cue, may_run, member_of
from svoi.studio.playbill import ON_AIR


def control_parts(request: HttpRequest, show: Show, *, at: datetime) -> dict[str, Any]:
    """Who steers, what runs, what comes next, how late it is, and what the running segment wants to be pinned."""
    stage = show.stage()
    stands = standing_of(show_id=show.pk, at=at)
    return {
        **hold_parts(request, show, at=at),
        "stage": stage,
        "on_air": stage in ON_AIR,
        "runs": may_run(request, show),
        "cues": may_cue(request, show),
        "stands": stands,
        "drift": drift_words(stands) if stands else "",
        "to_pin": _to_pin(show, stands),
    }


def hold_parts(request: HttpRequest, show: Show, *, at: datetime) -> dict[str, Any]:
    """Who steers, whether it is the reader, and the hold a taker has seen."""
    holder = standing_hold(show_id=show.pk)
    heard = holder if is_heard(holder, at=at) else None
    return {
        "show": show,
        "holder": heard,
        "seen_hold": holder.hold_id if holder else "",
        "mine": heard is not None and heard.member_id == member_of(request).pk,
        "renew_s": RENEW_S,
    }


def question_parts(request: HttpRequest, show: Show) -> dict[str, Any]:
    """Open questions by group, and the message that stands above the chat."""
    acts = acts_of(show=show, member=member_of(request))
    pinned = pinned_message(show_id=show.pk)
    return {"show": show, "triage": triage_of(show_id=show.pk), "pinned_message": pinned, "acts": acts}


def note_parts(request: HttpRequest, show: Show) -> dict[str, Any]:
    """Lines among the crew, with an empty form whose key makes a second press the same line."""
    return {"show": show, "lines": crew_lines(show_id=show.pk), "key": uuid4(), "runs": may_run(request, show)}


def incident_parts(request: HttpRequest, show: Show, *, at: datetime) -> dict[str, Any]:
    """What went wrong, what can be done at once, and an empty report."""
    told = [(one, INCIDENT_WORDS[one.kind]) for one in incidents_of(show_id=show.pk)]
    acts = acts_of(show=show, member=member_of(request))
    kinds = list(INCIDENT_WORDS.items())
    hands = hands_of(request, show, at=at)
    reports = {"incidents": told, "kinds": kinds, "key": uuid4(), "reports": "incident" in acts}
    return {"show": show, "hands": hands, **reports}


def poll_parts(request: HttpRequest, show: Show, *, at: datetime) -> dict[str, Any]:
    """The poll prepared last, how far it is, and an empty form for the next."""
    stage = show.stage()
    return {
        "show": show,
        "runs": may_run(request, show),
        "on_air": stage in ON_AIR,
        "read": latest_poll(show_id=show.pk, at=at),
        "places": range(5),
        "key": uuid4(),
    }


def _to_pin(show: Show, stands: Standing | None) -> int | None:
    """The product of the running segment while it is laid out and not pinned: one press shows it."""
    product_id = stands.current.product_id if stands and stands.current else None
    if product_id is None or not show.tray.filter(product_id=product_id).exists():
        return None
    pin = standing_pin(show.pk)
    return None if pin is not None and pin.product_id == product_id else product_id
