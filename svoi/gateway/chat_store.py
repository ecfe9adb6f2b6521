"""Messages in PostgreSQL: stored in batches with numbers without gaps, and read back in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import psycopg

from svoi.gateway.conversation import Message
from svoi.gateway.database import Connection, Lane, statement
from svoi.gateway.wire import Said

EVERY_NUMBER = 2**62


class StoreRefused(Exception):
    """The database refused the rows themselves; trying again would not help."""


class ChatStore(Protocol):
    """Where admitted messages are made safe."""

    async def store(self, show_id: int, messages: Sequence[Message], *, after: int) -> list[Said]:
        """Store what is new; return every message of the show after that number, and those stored before."""
        ...


class PostgresChat:
    """`svoi_chatmessage`, in one transaction a batch."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes

    async def store(self, show_id: int, messages: Sequence[Message], *, after: int) -> list[Said]:
        """See `ChatStore`. Raises `DatabaseAway` or `StoreRefused`."""
        said = {
            "show_id": show_id,
            "authors": [message.author.member_id for message in messages],
            "keys": [message.key for message in messages],
            "texts": [message.text for message in messages],
            "media_ats": [message.media_at for message in messages],
            "said_ats": [message.said_at for message in messages],
            "after": after,
            "upto": EVERY_NUMBER,
        }
        async with self._lanes[show_id % len(self._lanes)].borrow() as connection:
            try:
                async with connection.pipeline(), connection.transaction():
                    await connection.execute(
                        "select pg_advisory_xact_lock(hashtextextended('svoi_chat', %s))", [show_id]
                    )
                    await connection.execute(statement("store_messages_v1"), said)
                    answer = await connection.execute(statement("said_v1"), said)
                return [_said(row) for row in await answer.fetchall()]
            except (psycopg.DataError, psycopg.IntegrityError) as refused:
                raise StoreRefused(str(refused)) from refused


async def messages_between(connection: Connection, show_id: int, after: int, upto: int) -> list[Said]:
    """The messages numbered after one number and up to another."""
    asked = {"show_id": show_id, "after": after, "upto": upto, "authors": [], "keys": []}
    answer = await connection.execute(statement("said_v1"), asked)
    return [_said(row) for row in await answer.fetchall()]


async def last_message(connection: Connection, show_id: int) -> int:
    """The number of the last message of a show."""
    answer = await connection.execute(statement("last_message_v1"), {"show_id": show_id})
    row = await answer.fetchone()
    return int(row[0]) if row else 0


def _said(row: tuple[object, ...]) -> Said:
    seq, message_id, author_id, name, role, text, said_at, media_at, key, hidden = row
    return Said(seq, message_id, author_id, name, role, text, said_at, media_at, key, hidden)  # type: ignore[arg-type]
