"""Notes of a debrief: written by somebody, closed by somebody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.replays.events import DebriefNoteClosed, DebriefNoteWritten
from svoi.replays.models import DebriefNote
from svoi.replays.rules import RecordingNotOver, note_words
from svoi.shows.actions.locking import locked_show


@atomic
def write_note(*, show_id: int, kind: str, text: str, key: UUID, by: Member, at: datetime) -> DebriefNote:
    """Write what to keep or to change; the same key is the same note. Raises `RecordingNotOver`, `NoteUnworded`."""
    show = locked_show(show_id)
    known = DebriefNote.objects.filter(author=by, key=key).first()
    if known is not None:
        return known
    if show.ended_at is None:
        raise RecordingNotOver()
    note = DebriefNote.objects.create(
        show=show, kind=kind, text=note_words(kind, text), author=by, key=key, written_at=at
    )
    record(DebriefNoteWritten(show_id=show_id, by_id=by.pk, note_id=note.pk))
    return note


@atomic
def close_note(*, note_id: int, by: Member, at: datetime) -> None:
    """It was heeded, or is no longer wanted: it comes back no more. Closing twice is closing once."""
    note = DebriefNote.objects.select_for_update().get(pk=note_id)
    if note.closed_at is not None:
        return
    note.closed_at, note.closed_by = at, by
    note.save(update_fields=["closed_at", "closed_by"])
    record(DebriefNoteClosed(show_id=note.show_id, by_id=by.pk, note_id=note_id))
