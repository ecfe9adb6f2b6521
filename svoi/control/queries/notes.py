"""Lines among the crew, and incidents."""

from __future__ import annotations

from svoi.control.models import CrewNote, Incident

NOTES_SHOWN = 30


def crew_lines(*, show_id: int) -> list[CrewNote]:
    """The latest lines of the crew, notes to the host among them, the oldest first."""
    rows = CrewNote.objects.filter(show_id=show_id).select_related("by").order_by("-pk")[:NOTES_SHOWN]
    return list(rows)[::-1]


def note_to_host(*, show_id: int) -> CrewNote | None:
    """What the host should read now: the last note to her."""
    return CrewNote.objects.filter(show_id=show_id, audience="host").select_related("by").order_by("-pk").first()


def incidents_of(*, show_id: int) -> list[Incident]:
    """Everything that went wrong in a show, the latest first."""
    return list(Incident.objects.filter(show_id=show_id).select_related("by").order_by("-pk"))
