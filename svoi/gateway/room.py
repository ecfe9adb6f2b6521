"""One room without sockets or clocks: facts, messages and counts go in, batches of frames come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import merge
from operator import itemgetter

from svoi.gateway.cadence import Cadence, Window, window_s
from svoi.gateway.conversation import Conversation, Message
from svoi.gateway.frames import Cursor, line
from svoi.gateway.inbound import Beat, Say
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.presence import Beaten, Count, Heard, Presence, Watch
from svoi.gateway.reactions import Reacted, Reactions
from svoi.gateway.tally import Tally
from svoi.gateway.tickets import Pass
from svoi.gateway.timeline import Timeline, reached
from svoi.gateway.totals import Before, RunningTotal
from svoi.gateway.wire import Fact, Frame, Said, chat_frame, fact_frame
from svoi.shows.rules.habit import Bearing, Habit
from svoi.shows.rules.weighing import Scales

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


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction that was taken, with the reasons it weighs less for; None when nothing was weighed."""

    viewer: str
    at: float
    seen: int | None


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
        reacted: Reacted | None = None,
        talked: Before | None = None,
        scales: Scales | None = None,
        habit: Habit | None = None,
    ) -> None:
        self.show_id = show_id
        self.policy = policy or RoomPolicy()
        self.timeline = Timeline(start)
        self.conversation = Conversation(start.chat)
        self.presence = Presence(show_id, beat_key, peak=peak)
        self.reactions = Reactions(reacted)
        self.talk = RunningTotal(talked)
        self.scales = scales or Scales(show_id)
        self.habit = habit or Habit()
        self.facts = start.facts
        self._cadence = Cadence(window)
        self._flushed = start
        self._pending: list[Frame] = []
        self._unweighed: list[Message] = []
        self._urgent = False
        self.tally = Tally(Count(0, 0, peak), mode=self.policy.weights)
        self._told_tally: Tally | None = None

    def recall(self, facts: Iterable[Fact], lately: Sequence[Said]) -> None:
        """Before anybody comes: what was told in an earlier life, up to where the room goes on."""
        facts = list(facts)
        self.conversation.recall(lately)
        chat = [(said.said_at, chat_frame(said)) for said in lately]
        told = merge([(fact.at, fact_frame(fact)) for fact in facts], chat, key=itemgetter(0))
        self.timeline.extend(frame for _, frame in told)
        for fact in facts:
            self.scales.hear_fact(fact.kind, fact.payload, at_s=fact.at.timestamp())
        self._flushed = self.timeline.end
        self.facts, self.conversation.last = self.timeline.end

    def welcome_back(self, beaten: Mapping[str, Beaten]) -> None:
        """Before anybody comes: who counted when an earlier life of this process ended."""
        self.presence.recall({viewer: last.at for viewer, last in beaten.items()})
        for viewer, last in beaten.items():
            if self.is_weighing:
                self.scales.recall(viewer, last.traces, at_s=last.at, seen=last.seen)
                self.presence.note_weight(viewer, last.seen)

    def say(self, author: Pass, say: Say, *, at: float) -> Message | bytes | None:
        """See `Conversation.say`."""
        return self.conversation.say(author, say, self.policy, at=at)

    def weigh_said(self) -> list[tuple[Message, int | None]]:
        """The messages stored since the last call, counted, and what each weighs less for (None: not weighed).

        A message is told in full before: nobody waits for this, and many at once cost less.
        """
        said, self._unweighed = self._unweighed, []
        return [(one, self._weigh_message(one)) for one in said]

    def _weigh_message(self, message: Message) -> int | None:
        author, at_s = message.author, message.said_at.timestamp()
        seen = self.scales.say(author.viewer, author.traces, at_s=at_s) if self.is_weighing else None
        self.talk.add(author.viewer, seen)
        if not seen:
            self.habit.act(author.viewer, at_s=at_s)
        return seen

    def beat(self, holder: Pass, watch: Watch, beat: Beat, *, at: float) -> Heard | None:
        """Take a heartbeat, weighed; see `Presence.hear`."""
        heard = self.presence.hear(watch, beat, at=at)
        if heard is None or not self.is_weighing:
            return heard
        seen = self.scales.watch(heard.viewer, holder.traces, at_s=at, counts=heard.counted)
        self.presence.note_weight(heard.viewer, seen)
        return replace(heard, seen=seen)

    def react(self, holder: Pass, *, at: float) -> Reaction | None:
        """A reaction, weighed; None when it came too quickly or after the end. The total goes with the next count."""
        if self.policy.ended or not self.reactions.take(holder.viewer, at=at):
            return None
        seen = self.scales.react(holder.viewer, holder.traces, at_s=at) if self.is_weighing else None
        self.reactions.add(holder.viewer, seen)
        if not seen:
            self.habit.act(holder.viewer, at_s=at)
        return Reaction(holder.viewer, at, seen)

    @property
    def is_weighing(self) -> bool:
        return self.policy.weights != "off"

    @property
    def weighing_bytes(self) -> int:
        """The most that the rules of counting will ever hold of this room."""
        return self.scales.memory_bytes + self.habit.memory_bytes

    def hear_stored(self, rows: Iterable[Said]) -> list[tuple[int, bytes]]:
        """Messages that are safe in the database: queue the new ones, return repeats for their authors."""
        stored = self.conversation.stored(rows)
        self._pending += stored.frames
        for message in stored.fresh:
            if message is not None:
                self._unweighed.append(message)
            else:  # admitted by an earlier life of this process: on record, and weighed by nobody
                self.talk.add("", None)
        return stored.repeats

    def hear_fact(self, fact: Fact) -> None:
        """A numbered fact; one heard before is ignored."""
        if fact.n <= self.facts:
            return
        self.facts = fact.n
        self._follow(fact)
        frame = fact_frame(fact)
        self._urgent = self._urgent or (frame.urgent and frame.public is not None)
        self._pending.append(frame)
        if fact.kind == "message_hidden":
            self.timeline.hide(fact.payload["message_id"])

    def tick(self, *, at: float) -> Count:
        """Once a second: see who watches; the latest count is told with the next batch if it changed."""
        mode = self.policy.weights
        count = self.presence.count(at=at, by_weight=mode == "live")
        weights, hearts, chat = self.presence.weighed, self.reactions.now, self.talk.now
        self.tally = Tally(count, weights, mode, hearts, chat, self._bearing(weights.weighed, at))
        return count

    def _bearing(self, watching: int, at: float) -> Bearing:
        if self.policy.habit == "off":
            self.habit.forget()
            return Bearing()
        return self.habit.look(watching, led_here=self.scales.led_here(at), at_s=at)

    def due_at(self, at: float, *, viewers: int) -> float | None:
        """When to flush what is pending, on the steady clock; None when there is nothing to tell."""
        if not self._pending and self.tally == self._told_tally:
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
        return self.tally.crew_line() if crew else self.tally.public_line()

    def _count_lines(self) -> tuple[bytes | None, bytes | None]:
        told, self._told_tally = self._told_tally, self.tally
        public_changed = told is None or told.public != self.tally.public
        public = self.count_line(crew=False) if public_changed else None
        return public, self.count_line(crew=True) if told != self.tally else None

    def _follow(self, fact: Fact) -> None:
        was_weighing = self.is_weighing
        self.policy.follow(fact)
        at_s = fact.at.timestamp()
        if self.is_weighing and not was_weighing:  # those who are here did not all come at this moment
            self.scales.expect(2.0 * self.tally.viewers.raw, at_s=at_s)
        elif was_weighing and not self.is_weighing:
            self.presence.forget_weights()
        self.scales.hear_fact(fact.kind, fact.payload, at_s=at_s)

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
