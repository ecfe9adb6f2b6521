"""What was done with a recording. Nobody follows this live: rooms hear nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReplayEvent(Event):
    """Something done with one show after it; `by_id` is who did it."""

    show_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class ClipAsked(ReplayEvent):
    """A clip is to be cut."""

    clip_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class ClipMade(Event):
    """The file of a clip is there."""

    show_id: int
    clip_id: int
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class ClipFailed(Event):
    """The recording does not give this clip (`code`)."""

    show_id: int
    clip_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class StoryDraftBegun(ReplayEvent):
    """Somebody began to write about a clip."""

    draft_id: int
    clip_id: int


@dataclass(frozen=True, kw_only=True)
class StoryDraftLeft(ReplayEvent):
    """Nothing will come of a draft."""

    draft_id: int


@dataclass(frozen=True, kw_only=True)
class StoryDraftHandedOver(ReplayEvent):
    """A draft goes on to whoever publishes; it is published nowhere by this."""

    draft_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimLogged(ReplayEvent):
    """A claim said on air stands in the log; `has_evidence` says whether any was given with it."""

    claim_id: int
    product_id: int
    said_by_id: int
    has_evidence: bool


@dataclass(frozen=True, kw_only=True)
class ClaimsForgotten(Event):
    """Claims older than the shop keeps them were removed."""

    claims: int
    older_than: str


@dataclass(frozen=True, kw_only=True)
class DebriefNoteWritten(ReplayEvent):
    """Somebody wrote down what to keep or to change."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class DebriefNoteClosed(ReplayEvent):
    """Somebody closed a note: it does not come back any more."""

    note_id: int
