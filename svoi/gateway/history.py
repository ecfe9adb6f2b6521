"""What a room was told before this process remembers: read back from the database for those who missed it."""

from __future__ import annotations

from datetime import UTC, datetime

from svoi.gateway.chat_store import last_message, messages_between
from svoi.gateway.database import Lane, statement
from svoi.gateway.frames import Cursor
from svoi.gateway.presence import Beaten
from svoi.gateway.reactions import PACED_MAX, SHOW_MAX, Reacted
from svoi.gateway.totals import REMEMBERED_MAX, Before
from svoi.gateway.wire import Fact, Said
from svoi.shows.rules.weighing import COUNTED_FOR_S, Traces

REMEMBERED_FRAMES = 300  # of each sequence, when a room opens


class History:
    """Facts and messages of a show by their numbers. Raises `DatabaseAway`."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def between(self, show_id: int, after: Cursor, upto: Cursor) -> tuple[list[Fact], list[Said]]:
        """What was told after one cursor and up to another."""
        async with self._lane.borrow() as connection:
            asked = {"stream": stream_of(show_id), "after": after.facts, "upto": upto.facts}
            answer = await connection.execute(statement("facts_v1"), asked)
            facts = [Fact(*row) for row in await answer.fetchall()]
            return facts, await messages_between(connection, show_id, after.chat, upto.chat)

    async def lately(self, show_id: int, facts: int) -> tuple[Cursor, list[Fact], list[Said]]:
        """The last of what was told up to fact number `facts`, and the cursor just before it."""
        async with self._lane.borrow() as connection:
            chat = await last_message(connection, show_id)
        start = Cursor(max(0, facts - REMEMBERED_FRAMES), max(0, chat - REMEMBERED_FRAMES))
        told_facts, said = await self.between(show_id, start, Cursor(facts, chat))
        return start, told_facts, said

    async def counted_lately(self, show_id: int, *, at: float) -> dict[str, Beaten]:
        """Viewers whose last counted heartbeat still holds."""
        since = datetime.fromtimestamp(at - COUNTED_FOR_S, UTC)
        async with self._lane.borrow() as connection:
            asked = {"show_id": show_id, "since": since}
            answer = await connection.execute(statement("counted_lately_v2"), asked)
            return {
                viewer: Beaten(beaten_at.timestamp(), Traces(device, network), seen)
                for viewer, beaten_at, device, network, seen in await answer.fetchall()
            }

    async def reacted(self, show_id: int) -> Reacted:
        """The reactions of a show so far."""
        async with self._lane.borrow() as connection:
            answer = await connection.execute(statement("reactions_v1"), {"show_id": show_id})
            raw, halves = (await answer.fetchone()) or (0, 0)
            asked = {"show_id": show_id, "most": REMEMBERED_MAX}
            answer = await connection.execute(statement("reactions_lowered_v1"), asked)
            lowered = dict(await answer.fetchall())
            asked = {"show_id": show_id, "least": SHOW_MAX // 4, "most": PACED_MAX}
            answer = await connection.execute(statement("reactions_given_v1"), asked)
            return Reacted(raw, halves, lowered, dict(await answer.fetchall()))

    async def talked(self, show_id: int, upto: int) -> Before:
        """The messages of a show up to this number; what was not weighed counts in full."""
        async with self._lane.borrow() as connection:
            answer = await connection.execute(statement("messages_v1"), {"show_id": show_id, "upto": upto})
            raw, halves = (await answer.fetchone()) or (0, 0)
            asked = {"show_id": show_id, "most": REMEMBERED_MAX}
            answer = await connection.execute(statement("messages_lowered_v1"), asked)
            return Before(raw, halves, dict(await answer.fetchall()))


def stream_of(show_id: int) -> str:
    """The name of a show's stream of facts."""
    return f"show:{show_id}"
