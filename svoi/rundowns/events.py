"""What happened to a show's rundown: ids only, since the stream of a room is read by everybody in it."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RundownEvent(Event):
    """Something that happened to the rundown of one show; what is planned is never part of it."""

    show_id: int

    def stream(self) -> str:
        return f"show:{self.show_id}"


@dataclass(frozen=True, kw_only=True)
class RundownChanged(RundownEvent):
    """The plan is another one now; `version` grows by one with each change."""

    rundown_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class SegmentApproved(RundownEvent):
    """A second person read a segment with its evidence and let it be said."""

    segment_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SegmentSentBack(RundownEvent):
    """A second person read a segment and wants it written anew; the reason is told in the studio."""

    segment_id: int
    by_id: int
