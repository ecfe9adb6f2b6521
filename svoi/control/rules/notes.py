"""Lines among the crew, and incidents: words that stay in the studio."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

AUDIENCES = ("crew", "host")
INCIDENT_KINDS = ("technical", "claim", "conduct", "payment")
NOTE_LENGTH_MAX = 280
INCIDENT_LENGTH_MAX = 2_000


class NoteEmpty(Refused):
    """Nothing was left to say."""

    code: ClassVar[str] = "note_empty"


class NoteTooLong(Refused):
    """Longer than `length_max` characters."""

    code: ClassVar[str] = "note_too_long"


class AudienceUnknown(Refused):
    """A note is for the crew or for the host."""

    code: ClassVar[str] = "audience_unknown"


class IncidentUnknown(Refused):
    """An incident is technical, about a claim, about conduct or about a payment."""

    code: ClassVar[str] = "incident_unknown"


def read_note(typed: str) -> str:
    """One line without stray spaces; raises `NoteEmpty`, `NoteTooLong`."""
    return _fitting(" ".join(typed.replace("\0", " ").split()), NOTE_LENGTH_MAX)


def read_report(typed: str) -> str:
    """What happened, in lines; raises `NoteEmpty`, `NoteTooLong`."""
    return _fitting(typed.replace("\0", "").replace("\r\n", "\n").strip(), INCIDENT_LENGTH_MAX)


def admit_audience(audience: str) -> None:
    if audience not in AUDIENCES:
        raise AudienceUnknown()


def admit_incident(kind: str) -> None:
    if kind not in INCIDENT_KINDS:
        raise IncidentUnknown()


def _fitting(words: str, length_max: int) -> str:
    if not words:
        raise NoteEmpty()
    if len(words) > length_max:
        raise NoteTooLong(length_max=length_max)
    return words
