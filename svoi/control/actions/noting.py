"""Lines among the crew, and incidents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.control.events import IncidentReported, NoteLeft
from svoi.control.models import CrewNote, Incident
from svoi.control.rules.notes import admit_audience, admit_incident, read_note, read_report
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_show


@atomic
def leave_note(*, show_id: int, audience: str, text: str, by: Member, key: UUID, at: datetime) -> CrewNote:
    """Leave a line for the crew, or for the host alone. The same key is the same line.

    Raises `AudienceUnknown`, `NoteEmpty`, `NoteTooLong`.
    """
    admit_audience(audience)
    words = read_note(text)
    show = locked_show(show_id)
    note, new = CrewNote.objects.get_or_create(
        by=by, key=key, defaults={"show": show, "audience": audience, "text": words, "at": at}
    )
    if new:
        record(NoteLeft(show_id=show_id, by_id=by.pk, note_id=note.pk, audience=audience))
        wake_relay()
    return note


@atomic
def report_incident(*, show_id: int, kind: str, note: str, by: Member, key: UUID, at: datetime) -> Incident:
    """Put on record that something went wrong; owners are written to. The same key is the same report.

    Raises `IncidentUnknown`, `NoteEmpty`, `NoteTooLong`.
    """
    admit_incident(kind)
    words = read_report(note)
    show = locked_show(show_id)
    incident, new = Incident.objects.get_or_create(
        by=by, key=key, defaults={"show": show, "kind": kind, "note": words, "at": at}
    )
    if new:
        record(IncidentReported(show_id=show_id, by_id=by.pk, incident_id=incident.pk, about=kind))
        wake_relay()
    return incident
