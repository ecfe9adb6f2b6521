"""One room without sockets or clocks: facts, messages and counts go in, batches of frames come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from heapq import merge
from operator import itemgetter

from svoi.gateway.cadence import Cadence, Window, window_s
from svoi.gateway.conversation import Conversation, Message
from svoi.gateway.frames import Cursor, line
from svoi.gateway.inbound import Say
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.presence import Count, Presence
from svoi.gateway.tickets import Pass
from svoi.gateway.timeline import Timeline, reached
from svoi.gateway.wire import Fact, Frame, Said, chat_frame, fact_frame

BATCH_BYTES_MAX = 32 * 1024  # about what a viewer's socket takes at once


@dataclass(frozen=True, slots=True)
class Batch:
    """What is told in one write, in the words of each audience; empty words are not sent."""

    before: Cursor
    after: Cursor
    public: bytes
    crew: bytes
    personal: dict[int, bytes] = field(default_factory=dict)
    frames: tuple[Frame, ...] = ()


class Room:
    """The state of one room; the caller owns time and sockets."""

    def __init__(
        self,
        show_id: int,
        *,
        beat_key: bytes,
        policy: RoomPolicy | None = None,
        start: Cursor = Cursor(0, 0),  # noqa: B008 - a tuple never changes
        peak: int = 0,
        window: Window = window_s,
    ) -> None:
        self.show_id = show_id
        self.policy = policy or RoomPolicy()
        self.timeline = Timeline(start)
        self.conversation = Conversation(start.chat)
        self.presence = Presence(show_id, beat_key, peak=peak)
        self.facts = start.facts
        self._cadence = Cadence(window)
        self._flushed = start
        self._pending: list[Frame] = []
        self._urgent = False
        self._count = Count(0, 0, peak)
        self._told_count: Count | None = None

    def recall(self, facts: Iterable[Fact], lately: Sequence[Said]) -> None:
        """Before anybody comes: what was told in an earlier life, up to where the room goes on."""
        self.conversation.recall(lately)
        chat = [(said.said_at, chat_frame(said)) for said in lately]
        told = merge([(fact.at, fact_frame(fact)) for fact in facts], chat, key=itemgetter(0))
        self.timeline.extend(frame for _, frame in told)
        self._flushed = self.timeline.end
        self.facts, self.conversation.last = self.timeline.end

    def say(self, author: Pass, say: Say, *, at: float) -> Message | bytes | None:
        """See `Conversation.say`."""
        return self.conversation.say(author, say, self.policy, at=at)

    def hear_stored(self, rows: Iterable[Said]) -> list[tuple[int, bytes]]:
        """Messages that are safe in the database: queue the new ones, return repeats for their authors."""
        frames, repeats = self.conversation.stored(rows)
        self._pending += frames
        return repeats

    def hear_fact(self, fact: Fact) -> None:
        """A numbered fact; one heard before is ignored."""
        if fact.n <= self.facts:
            return
        self.facts = fact.n
        self.policy.follow(fact)
        frame = fact_frame(fact)
        self._urgent = self._urgent or (frame.urgent and frame.public is not None)
        self._pending.append(frame)
        if fact.kind == "message_hidden":
            self.timeline.hide(fact.payload["message_id"])

    def tick(self, *, at: float) -> Count:
        """Once a second: see who watches; the latest count is told with the next batch if it changed."""
        self._count = self.presence.count(at=at)
        return self._count

    def due_at(self, at: float, *, viewers: int) -> float | None:
        """When to flush what is pending, on the steady clock; None when there is nothing to tell."""
        if not self._pending and self._count == self._told_count:
            return None
        return self._cadence.due_at(at, viewers=viewers, urgent=self._urgent)

    def flush(self, at: float) -> list[Batch]:
        """Everything pending, in as few writes as fit a socket."""
        self._cadence.flushed(at, len(self._pending))
        pending, self._pending, self._urgent = self._pending, [], False
        public_count, crew_count = self._count_lines()
        batches: list[Batch] = []
        while pending or public_count or crew_count:
            frames = _fitting(pending)
            pending = pending[len(frames) :]
            batches.append(self._batch(frames, public_count, crew_count))
            public_count = crew_count = None
        return batches

    def told(self, batch: Batch) -> None:
        """The batch has gone out to everybody who was there."""
        self.timeline.extend(batch.frames)

    def hello(self, beat_token: str, *, at: float) -> bytes:
        """The first line a viewer reads."""
        facts, chat = self.timeline.end
        policy = asdict(self.policy.now())
        now = int(at * 1000)
        return line({"t": "hello", "facts": facts, "chat": chat, "now": now, "beat": beat_token, "policy": policy})

    def missed(self, cursor: Cursor | None, reader: Pass) -> list[bytes]:
        """What a reader missed since her cursor, in her words. Raises `Stale` or `Forgotten`."""
        if cursor is None:
            return []
        told = (f.said_to(crew=reader.is_crew, member_id=reader.member_id) for f in self.timeline.since(cursor))
        return [words for words in told if words is not None]

    def count_line(self, *, crew: bool) -> bytes:
        """The latest count, as the public or as the crew reads it."""
        if crew:
            count = self._count
            return line({"t": "count", "viewers": count.counted, "raw": count.raw, "peak": count.peak})
        return line({"t": "count", "viewers": self._count.counted})

    def _count_lines(self) -> tuple[bytes | None, bytes | None]:
        told, self._told_count = self._told_count, self._count
        public_changed = told is None or told.counted != self._count.counted
        public = self.count_line(crew=False) if public_changed else None
        return public, self.count_line(crew=True) if told != self._count else None

    def _batch(self, frames: list[Frame], public_count: bytes | None, crew_count: bytes | None) -> Batch:
        before, after = self._flushed, reached(self._flushed, frames)
        self._flushed = after
        named = {frame.member_id for frame in frames if frame.personal is not None}
        return Batch(
            before,
            after,
            public=_joined([frame.public for frame in frames], public_count),
            crew=_joined([frame.crew for frame in frames], crew_count),
            personal={
                member_id: _joined([f.said_to(crew=False, member_id=member_id) for f in frames], public_count)
                for member_id in named
            },
            frames=tuple(frames),
        )


def _fitting(frames: list[Frame]) -> list[Frame]:
    size = 0
    for place, frame in enumerate(frames):
        size += len(frame.crew or b"")
        if size > BATCH_BYTES_MAX and place:
            return frames[:place]
    return frames


def _joined(words: list[bytes | None], count: bytes | None) -> bytes:
    return b"\n".join(each for each in [*words, count] if each is not None)
