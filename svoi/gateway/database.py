"""Connections to PostgreSQL that are opened when needed and replaced after a failure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

CONNECT_S_MAX = 3
STATEMENT_S_MAX = 5
_SQL = Path(__file__).with_name("sql")

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class DatabaseAway(Exception):
    """PostgreSQL cannot be reached or broke off; whether the work was done is not known."""


class Lane:
    """One connection, used by one task at a time."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._turn = asyncio.Lock()
        self._connection: Connection | None = None

    @asynccontextmanager
    async def borrow(self) -> AsyncIterator[Connection]:
        """The connection, in autocommit mode.

        Raises `DatabaseAway` for what another try may mend; only DataError and IntegrityError speak of the rows.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(CONNECT_S_MAX + STATEMENT_S_MAX):
                    yield await self._open()
            except (psycopg.DataError, psycopg.IntegrityError):
                await self.drop()
                raise
            except (psycopg.Error, OSError, TimeoutError) as away:
                await self.drop()
                raise DatabaseAway(str(away) or type(away).__name__) from away
            except BaseException:
                await self.drop()
                raise

    async def open(self) -> Connection:
        """The connection for a task that keeps it to itself."""
        return await self._open()

    async def drop(self) -> None:
        """Forget the connection, whatever state it is in."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                await connection.close()

    async def _open(self) -> Connection:
        if self._connection is None or self._connection.closed:
            connecting = asyncio.ensure_future(self._connect())
            try:
                self._connection = await asyncio.shield(connecting)
            except asyncio.CancelledError:
                # Cut in the middle, a connection would belong to nobody and its session would stay.
                with suppress(Exception):
                    await (await connecting).close()
                raise
        return self._connection

    async def _connect(self) -> Connection:
        return await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=CONNECT_S_MAX,
            application_name=f"svoi gateway {self._name}",
            options=f"-c statement_timeout={STATEMENT_S_MAX}s -c lock_timeout={STATEMENT_S_MAX}s",
        )


@cache
def statement(name: str) -> bytes:
    """The text of a named statement."""
    return (_SQL / f"{name}.sql").read_bytes()
