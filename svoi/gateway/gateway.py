"""All rooms of this process: opened when somebody comes, followed while they last, closed when nobody is left."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from svoi.engines.integrity.live import RoomHabit
from svoi.gateway.cadence import Window, window_s
from svoi.gateway.chat_store import ChatStore
from svoi.gateway.database import DatabaseAway
from svoi.gateway.desk_line import DeskLine, reach_refused
from svoi.gateway.frames import Cursor
from svoi.gateway.history import History, stream_of
from svoi.gateway.inbound import Reach
from svoi.gateway.live_room import LiveRoom
from svoi.gateway.policy import RoomPolicy
from svoi.gateway.room import Room
from svoi.gateway.viewer import CLOSE_POLICY, CLOSE_TRY_LATER, Viewer
from svoi.gateway.watch_log import WatchLog
from svoi.gateway.web_rooms import RoomUnknown, WebAway, WebRooms
from svoi.gateway.wire import Fact
from svoi.kernel.tokens import derive_key
from svoi.shows.rules.habit import Habit
from svoi.shows.rules.weighing import Scales

OPENING_S_MAX = 10.0
OPENING_RETRY_S = 0.3
EMPTY_ROOM_KEPT_S = 60.0

logger = logging.getLogger(__name__)


class Gateway:
    """The rooms, and what they all share."""

    def __init__(
        self,
        *,
        secret: str,
        web: WebRooms,
        store: ChatStore,
        history: History,
        watch_log: WatchLog,
        desk: DeskLine | None = None,
        now: Callable[[], float] = time.time,
        window: Window = window_s,
    ) -> None:
        self.rooms: dict[int, LiveRoom] = {}
        self._beat_key = derive_key(secret, "beat")
        self._web = web
        self._store = store
        self._history = history
        self._watch_log = watch_log
        self._desk = desk
        self._now = now
        self._window = window
        self._lobbies: dict[int, list[Viewer]] = {}
        self._openings: dict[int, asyncio.Task[None]] = {}

    def enter(self, viewer: Viewer) -> None:
        """Let a viewer into her room, or have her wait in the lobby until it is open."""
        show_id = viewer.holder.show_id
        room = self.rooms.get(show_id)
        if room is not None and not room.is_broken:
            room.enter(viewer)
            return
        self._lobbies.setdefault(show_id, []).append(viewer)
        if show_id not in self._openings:
            self._openings[show_id] = asyncio.get_running_loop().create_task(self._open(show_id))

    def leave(self, viewer: Viewer) -> None:
        if viewer.room is not None:
            viewer.room.leave(viewer)
        else:
            viewer.left = True
            lobby = self._lobbies.get(viewer.holder.show_id, [])
            if viewer in lobby:
                lobby.remove(viewer)

    def reach(self, viewer: Viewer, reach: Reach) -> None:
        """A claim on its way to the desk, and the answer back to whoever asked, if she is still there."""
        if self._desk is None or not viewer.holder.member_id:
            viewer.answer(reach_refused(reach, "try_again" if viewer.holder.member_id else "not_one_of_us"))
        else:
            self._desk.put(reach, viewer.holder.member_id, viewer.answer)

    def following(self) -> Mapping[str, int]:
        """The streams of the open rooms and the last fact each heard."""
        return {stream_of(show_id): room.room.facts for show_id, room in self.rooms.items()}

    def hear(self, stream: str, facts: Iterable[Fact]) -> None:
        """New facts of one stream."""
        room = self.rooms.get(int(stream.rpartition(":")[2]))
        if room is not None:
            room.hear_facts(facts)

    def viewers(self) -> Iterable[Viewer]:
        for room in self.rooms.values():
            yield from room.viewers
        for lobby in self._lobbies.values():
            yield from lobby

    def tick(self) -> None:
        """Once a second."""
        now = self._now()
        for show_id, room in list(self.rooms.items()):
            room.tick()
            if room.empty_since is not None and now - room.empty_since > EMPTY_ROOM_KEPT_S and room.is_quiet:
                del self.rooms[show_id]

    async def finish(self) -> None:
        """Stop letting rooms open, and wait until every admitted message is stored."""
        for opening in self._openings.values():
            opening.cancel()
        await asyncio.gather(*(room.finish() for room in self.rooms.values()))

    async def _open(self, show_id: int) -> None:
        try:
            async with asyncio.timeout(OPENING_S_MAX):
                room = await self._try_to_open(show_id)
        except RoomUnknown:
            self._close_lobby(show_id, CLOSE_POLICY)
        except TimeoutError:
            logger.warning("room %s did not open: the web or the database is away", show_id)
            self._close_lobby(show_id, CLOSE_TRY_LATER)
        else:
            self.rooms[show_id] = room
            for viewer in self._lobbies.pop(show_id, []):
                room.enter(viewer)
        finally:
            self._openings.pop(show_id, None)

    async def _try_to_open(self, show_id: int) -> LiveRoom:
        while True:
            try:
                return await self._described(show_id)
            except (WebAway, DatabaseAway) as away:
                logger.info("room %s waits: %s", show_id, away)
                await asyncio.sleep(OPENING_RETRY_S)

    async def _described(self, show_id: int) -> LiveRoom:
        told = await self._web.room(show_id)
        start, facts, said = await self._history.lately(show_id, int(told["facts"]))
        beaten = await self._history.counted_lately(show_id, at=self._now())
        reacted = await self._history.reacted(show_id)
        talked = await self._history.talked(show_id, said[-1].n if said else start.chat)
        peak, reach = int(told.get("peak") or 0), float(told.get("reach") or 0)
        room = Room(
            show_id,
            beat_key=self._beat_key,
            policy=RoomPolicy.read(told),
            start=Cursor(*start),
            peak=peak,
            window=self._window,
            reacted=reacted,
            talked=talked,
            scales=Scales(show_id, reach=reach),
            habit=Habit(_habit_of(told)),
        )
        # Whoever was here before, or may hear that the room is open again, may all come back at this very moment.
        room.scales.expect(max(2.0 * peak, reach), at_s=self._now())
        room.recall(facts, said)
        room.welcome_back(beaten)
        return LiveRoom(room, store=self._store, history=self._history, watch_log=self._watch_log, now=self._now)

    def _close_lobby(self, show_id: int, code: int) -> None:
        for viewer in self._lobbies.pop(show_id, []):
            viewer.close(code)


def _habit_of(told: dict[str, Any]) -> RoomHabit:
    """What the community's rooms did before, as the web read it; nothing where it does not say."""
    habit = told.get("habit") or {}
    return RoomHabit(float(habit.get("low") or 0), int(habit.get("stretches") or 0))
