"""Notes of a debrief: what to keep, what to change, and that a person closes them."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

NOTE_KINDS = ("keep", "change")
NOTE_LENGTH_MAX = 500


class NoteUnworded(Refused):
    """A note needs words, and no more than `most` letters of them."""

    code: ClassVar[str] = "note_unworded"


class NoteKindUnknown(Refused):
    """A note says what to keep or what to change."""

    code: ClassVar[str] = "note_kind_unknown"


def note_words(kind: str, text: str) -> str:
    """The text of a note as it is kept."""
    if kind not in NOTE_KINDS:
        raise NoteKindUnknown()
    kept = " ".join(text.split())
    if not kept or len(kept) > NOTE_LENGTH_MAX:
        raise NoteUnworded(most=NOTE_LENGTH_MAX)
    return kept
