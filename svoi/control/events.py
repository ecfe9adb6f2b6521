"""What the crew did in a show's control room; ids, moments and counts only, since a room's stream has many readers."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ControlEvent(Event):
    """Something somebody of the crew (`by_id`) did in one show."""

    show_id: int
    by_id: int

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class SegmentCued(ControlEvent):
    """A segment of the rundown began."""

    cue_id: int
    segment_id: int


@dataclass(frozen=True, kw_only=True)
class ControlTaken(ControlEvent):
    """Somebody steers from now on; `from_id` is who steered until this moment, if anybody still did."""

    hold_id: int
    from_id: int | None


@dataclass(frozen=True, kw_only=True)
class ControlReleased(ControlEvent):
    """Whoever steered let go; the next step of anybody who may takes control."""

    hold_id: int


@dataclass(frozen=True, kw_only=True)
class DutiesSet(Event):
    """What somebody who keeps order may do was stated anew, in a whole community or (`show_id`) in one show."""

    community_id: int
    show_id: int | None
    member_id: int
    by_id: int
    acts: list[str]

    def stream(self) -> str:
        return f"show:{self.show_id}" if self.show_id else f"community:{self.community_id}"


@dataclass(frozen=True, kw_only=True)
class IncidentReported(ControlEvent):
    """Something went wrong; what was noted of it stands in the incident itself."""

    incident_id: int
    about: str


@dataclass(frozen=True, kw_only=True)
class NoteLeft(ControlEvent):
    """A line for the crew, or for the host alone; its words are told by the studio, never by the room."""

    note_id: int
    audience: str


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(ControlEvent):
    """A question of the chat was answered, on air or in writing."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessagePinned(ControlEvent):
    """A message stands above the chat; its words are those of the message."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageUnpinned(ControlEvent):
    """The message above the chat was taken down."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class PollArmed(ControlEvent):
    """A poll was written; the room does not know yet."""

    poll_id: int


@dataclass(frozen=True, kw_only=True)
class PollFired(ControlEvent):
    """Members vote until `closes_at` (Unix milliseconds). `options` is [[ru, en], …]."""

    poll_id: int
    question_ru: str
    question_en: str
    options: list[list[str]]
    closes_at: int


@dataclass(frozen=True, kw_only=True)
class PollClosed(ControlEvent):
    """Nobody votes any more: `raw` and `counted` votes by option. `by_id` is who closed it, or asked when time did."""

    poll_id: int
    raw: list[int]
    counted: list[int]
