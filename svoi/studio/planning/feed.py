"""Somebody's shifts as a calendar that others follow (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from svoi.planning.models import Shift
from svoi.studio.planning.words import WORK_WORDS, place_words
from svoi.studio.templatetags.crew import in_language
from svoi.ui.calendar_lines import lines, moment, words

REFRESH = "PT1H"


def shifts_feed(shifts: Iterable[Shift], *, host: str, site: str) -> str:
    """One event a shift. Its UID never changes, its SEQUENCE grows with it, and a withdrawn one says so."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Svoi//Shifts//RU",
        "CALSCALE:GREGORIAN",
        f"NAME:{words(_('Shifts'))}",
        f"X-WR-CALNAME:{words(_('Shifts'))}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
    ]
    events = (line for shift in shifts for line in _event(shift, host=host, site=site))
    return lines([*head, *events, "END:VCALENDAR"])


def _event(shift: Shift, *, host: str, site: str) -> Iterator[str]:
    slot = shift.slot
    title = in_language(slot.show, "title")
    yield "BEGIN:VEVENT"
    yield f"UID:shift-{shift.pk}@{host}"
    yield f"SEQUENCE:{shift.sequence}"
    yield f"DTSTAMP:{moment(shift.changed_at)}"
    yield f"LAST-MODIFIED:{moment(shift.changed_at)}"
    yield f"DTSTART:{moment(shift.begins_at)}"
    yield f"DTEND:{moment(shift.ends_at)}"
    yield f"STATUS:{'CANCELLED' if shift.removed_at else 'CONFIRMED'}"
    yield f"SUMMARY:{words(f'{title} ({WORK_WORDS[shift.role]})')}"
    yield f"LOCATION:{words(in_language(slot.studio, 'name'))}"
    yield f"DESCRIPTION:{words(place_words(slot))}"
    yield f"URL:{site}/studio/{slot.community.slug}/calendar/shows/{slot.pk}/"
    yield "END:VEVENT"
