"""What happened to envelopes; the room or the community they were sent to follows these."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class EnvelopeEvent(Event):
    """Something that happened to one envelope, in the place it was sent to."""

    envelope_id: int
    community_id: int
    place: str
    place_id: int

    def stream(self) -> str:
        return f"{self.place}:{self.place_id}"


@dataclass(frozen=True, kw_only=True)
class EnvelopeSent(EnvelopeEvent):
    """Points wait in it to be taken, by guests alone in the modes `tea` and `addressed`.

    `reference` is its address; `commitment` is what its deal was sealed with; `expires_at` is in Unix milliseconds.
    """

    reference: str
    sender_id: int
    name: str | None
    mode: str
    purse: str
    total: int
    shares: int
    greeting: str
    commitment: str
    expires_at: int


@dataclass(frozen=True, kw_only=True)
class SharesTaken(EnvelopeEvent):
    """So many members took so many points together, in one commit. Written by the statement that takes shares."""

    takers: int
    points: int
    shares_left: int


@dataclass(frozen=True, kw_only=True)
class EnvelopeClosed(EnvelopeEvent):
    """Every share is taken, or its time is over and `returned` points went back to the purse they came from."""

    closed_for: str
    returned: int


@dataclass(frozen=True, kw_only=True)
class EnvelopeLimitsChanged(Event):
    """The owner changed what a community allows; `limits` are all that hold from now on."""

    community_id: int
    by_id: int
    limits: dict[str, int]

    def stream(self) -> str:
        return f"community:{self.community_id}"
