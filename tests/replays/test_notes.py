"""Notes after a show on a real database: written once, closed by a person, refused is unchanged."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError

from svoi.replays.actions import close_note, write_note
from svoi.replays.models import DebriefNote
from svoi.replays.rules import NoteKindUnknown, NoteUnworded, RecordingNotOver
from tests import cast
from tests.cast import NOON, recorded
from tests.replays.stage import LATER, refuses


def test_a_note_is_written_once_and_closed_by_a_person(show, anna, boris):
    key = uuid4()
    for _ in range(2):
        note = write_note(show_id=show.pk, kind="change", text=" Свет  слева ", key=key, by=anna, at=LATER)
    for closer in (boris, anna):
        close_note(note_id=note.pk, by=closer, at=LATER + timedelta(days=1))
    kept = DebriefNote.objects.get()
    assert (kept.text, kept.author, kept.closed_by) == ("Свет слева", anna, boris)
    assert [kind for kind, _ in recorded()] == ["debrief_note_written", "debrief_note_closed"]


def test_a_note_needs_a_kind_words_and_a_show_that_is_over(show, table, anna, mug):
    for refusal, kind, text in (
        (NoteKindUnknown, "praise", "Да"),
        (NoteUnworded, "keep", " "),
        (NoteUnworded, "keep", "x" * 501),
    ):
        with refuses(refusal):
            write_note(show_id=show.pk, kind=kind, text=text, key=uuid4(), by=anna, at=LATER)
    live = cast.live_show(table, anna, mug)
    with refuses(RecordingNotOver):
        write_note(show_id=live.pk, kind="keep", text="Рано", key=uuid4(), by=anna, at=LATER)
    assert DebriefNote.objects.count() == 0


def test_a_note_closed_by_nobody_is_not_closed(show, anna):
    note = write_note(show_id=show.pk, kind="keep", text="Да", key=uuid4(), by=anna, at=LATER)
    for half in ({"closed_at": LATER}, {"closed_by": anna}, {"closed_by": anna, "closed_at": NOON}):
        with refuses(IntegrityError):
            DebriefNote.objects.filter(pk=note.pk).update(**half)
