"""A room with people in it: its clock, its viewers, its chat on the way to the database and back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable

from svoi.gateway.chat_store import ChatStore
from svoi.gateway.chat_writer import ChatWriter
from svoi.gateway.conversation import Message
from svoi.gateway.database import DatabaseAway
from svoi.gateway.fanout import Fanout
from svoi.gateway.frames import Cursor, line
from svoi.gateway.history import History
from svoi.gateway.inbound import Beat, Say
from svoi.gateway.presence import Count
from svoi.gateway.room import Batch, Room
from svoi.gateway.timeline import Forgotten, Stale
from svoi.gateway.viewer import CLOSE_OK, CLOSE_TRY_LATER, Viewer
from svoi.gateway.watch_log import WatchLog
from svoi.gateway.wire import Fact, Said, chat_frame, fact_frame

SAMPLE_EVERY_S = 10.0
CHANGE_SAMPLE_S = 2.0

logger = logging.getLogger(__name__)


class LiveRoom:
    """Owns one `Room` and everybody in it; runs on the event loop it was made on."""

    def __init__(
        self, room: Room, *, store: ChatStore, history: History, watch_log: WatchLog, now: Callable[[], float]
    ) -> None:
        self.room = room
        self._history = history
        self._watch_log = watch_log
        self._now = now
        self._loop = asyncio.get_running_loop()
        self._writer = ChatWriter(room, store, stored=self._hear_stored, refused=self._drop)
        self.viewers = Fanout(
            later=self._loop.call_soon, told=room.told, catch_up=self._catch_up, idle=self._pump, broke=self._give_up
        )
        self.is_broken = False
        # uvloop answers a call that is almost due with a handle that knows no time, so the time is kept here.
        self._timer: asyncio.Handle | None = None
        self._due_at = 0.0
        self._reading: dict[Viewer, asyncio.Task[None]] = {}
        self._sampled_at = float("-inf")
        self._sampled = (room.tick(at=now()), room.tally.hearts.raw, room.tally.chat.raw)
        self.empty_since: float | None = now()

    def enter(self, viewer: Viewer) -> None:
        viewer.room = self
        viewer.watch = self.room.presence.arrive(viewer.holder.viewer)
        self.empty_since = None
        self.viewers.add(viewer)

    def leave(self, viewer: Viewer) -> None:
        self.viewers.remove(viewer)
        reading = self._reading.pop(viewer, None)
        if reading is not None:
            reading.cancel()
        if viewer.watch is not None:
            self.room.presence.leave(viewer.watch)
        if not len(self.viewers):
            self.empty_since = self._now()

    def say(self, viewer: Viewer, say: Say) -> None:
        answer = self.room.say(viewer.holder, say, at=self._now())
        if isinstance(answer, Message):
            self._writer.put(answer)
        elif answer is not None:
            self._tell_one(viewer, answer)

    def beat(self, viewer: Viewer, beat: Beat) -> None:
        """Count a heartbeat, and hand out the token for the next."""
        assert viewer.watch is not None
        at = self._now()
        heard = self.room.beat(viewer.holder, viewer.watch, beat, at=at)
        if heard is not None:
            self._watch_log.note_beat(self.room.show_id, viewer.holder, heard)
        token = self.room.presence.next_token(viewer.watch, at=at)
        self._tell_one(viewer, line({"t": "beat", "token": token}))

    def react(self, viewer: Viewer) -> None:
        """A reaction; one that comes too quickly is let fall without a word."""
        taken = self.room.react(viewer.holder, at=self._now())
        if taken is not None:
            self._watch_log.note_reaction(self.room.show_id, viewer.holder, taken)

    def hear_facts(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            try:
                self.room.hear_fact(fact)
            except Exception:  # one fact that cannot be understood must not silence all that follow
                logger.exception("fact %s of show %s is not told", fact.n, self.room.show_id)
        self._pump()

    def tick(self) -> None:
        """Once a second: who watches now, told at the next flush and sampled for the record."""
        at = self._now()
        self._note_said()
        count = self.room.tick(at=at)
        if self._is_worth_a_sample(count, at):
            self._watch_log.note_count(self.room.show_id, self.room.tally, at=at)
            self._sampled_at, self._sampled = at, (count, *self._totals())
        self._pump()

    def bring_up(self, viewer: Viewer) -> None:
        self.viewers.bring_up(viewer)

    @property
    def is_quiet(self) -> bool:
        """Nothing is on its way to the database or to anybody."""
        return not self.room.conversation.waiting and not self.viewers.is_busy

    async def finish(self) -> None:
        """Wait until every admitted message is stored and told."""
        await self._writer.finish()
        self._note_said()
        self._flush(self._now())
        while self.viewers.is_busy:  # noqa: ASYNC110 - the fan-out takes its turns in this very loop
            await asyncio.sleep(0)

    def _note_said(self) -> None:
        for message, seen in self.room.weigh_said():
            self._watch_log.note_said(self.room.show_id, message, seen)

    def _is_worth_a_sample(self, count: Count, at: float) -> bool:
        """A new peak at once, a change soon, and else now and then while anybody is there."""
        passed_s = at - self._sampled_at
        sampled, *totals = self._sampled
        if count.peak > sampled.peak:
            return True
        if (count.raw, count.counted, *self._totals()) != (sampled.raw, sampled.counted, *totals):
            return passed_s >= CHANGE_SAMPLE_S
        return count.raw > 0 and passed_s >= SAMPLE_EVERY_S

    def _totals(self) -> tuple[int, int]:
        return self.room.tally.hearts.raw, self.room.tally.chat.raw

    def _give_up(self) -> None:
        """What is safe in the database is told by the room that opens in the place of this one."""
        self.is_broken = True
        for viewer in list(self.viewers):
            viewer.close(CLOSE_TRY_LATER)

    def _hear_stored(self, rows: list[Said]) -> None:
        repeats = self.room.hear_stored(rows)
        for member_id, words in repeats:
            self._tell_member(member_id, words)
        self._pump()

    def _drop(self, message: Message) -> None:
        self._tell_member(message.author.member_id, self.room.conversation.drop(message))

    def _pump(self) -> None:
        """Flush what is due; while a batch is on its way the rest waits, and goes together."""
        if self.viewers.is_busy:
            return
        now = self._loop.time()
        due_at = self.room.due_at(now, viewers=len(self.viewers))
        if due_at is None:
            return
        if due_at <= now:
            self._flush(now)
        elif self._timer is None or self._due_at > due_at:
            self._stop_timer()
            self._due_at = due_at
            self._timer = self._loop.call_at(due_at, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self._pump()

    def _flush(self, now: float) -> None:
        self._stop_timer()
        batches: list[Batch] = self.room.flush(now)
        for batch in batches:
            self.viewers.submit(batch)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _catch_up(self, viewer: Viewer) -> None:
        """Between two batches: tell her what she missed, and let her live again."""
        if viewer.left or viewer.stalled_at is not None or viewer in self._reading:
            return
        try:
            words = self.room.missed(viewer.cursor, viewer.holder)
        except Stale:
            self._send_away(viewer)
        except Forgotten:
            self._reading[viewer] = self._loop.create_task(self._read_back(viewer))
        else:
            words = [*self._greeting(viewer), *words]
            viewer.cursor, viewer.lagging = None, False
            if words:
                viewer.tell(b"\n".join(words), self.room.timeline.end)

    def _greeting(self, viewer: Viewer) -> list[bytes]:
        if viewer.greeted:
            return []
        assert viewer.watch is not None
        viewer.greeted = True
        at = self._now()
        token = self.room.presence.next_token(viewer.watch, at=at)
        return [self.room.hello(token, at=at), self.room.count_line(crew=viewer.holder.is_crew)]

    async def _read_back(self, viewer: Viewer) -> None:
        """What memory does not reach comes from the database; then she goes on from where memory begins."""
        assert viewer.cursor is not None
        upto = self.room.timeline.floor
        try:
            facts, said = await self._history.between(self.room.show_id, viewer.cursor, upto)
        except DatabaseAway:
            viewer.close(CLOSE_TRY_LATER)
            return
        finally:
            self._reading.pop(viewer, None)
        frames = [*map(chat_frame, said), *map(fact_frame, facts)]
        told = (f.said_to(crew=viewer.holder.is_crew, member_id=viewer.holder.member_id) for f in frames)
        words = [*self._greeting(viewer), *(each for each in told if each is not None)]
        viewer.cursor = Cursor(max(upto.facts, viewer.cursor.facts), max(upto.chat, viewer.cursor.chat))
        if words:
            viewer.tell(b"\n".join(words), viewer.cursor)
        self.viewers.bring_up(viewer)

    def _send_away(self, viewer: Viewer) -> None:
        viewer.tell(line({"t": "stale"}), self.room.timeline.end)
        viewer.close(CLOSE_OK)

    def _tell_one(self, viewer: Viewer, words: bytes) -> None:
        """An answer for one reader; one whose socket is full asks again by herself."""
        if viewer.stalled_at is None and not viewer.left:
            viewer.tell(words, self.room.timeline.end)

    def _tell_member(self, member_id: int, words: bytes) -> None:
        for viewer in list(self.viewers):
            if viewer.holder.member_id == member_id:
                self._tell_one(viewer, words)
