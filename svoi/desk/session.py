"""The desk's session with PostgreSQL. It writes and it holds the leases, so that both end at the same moment."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg

CONNECT_S_MAX = 3
STATEMENT_S_MAX = 5
NAME = "svoi desk "
# Advisory locks with two keys, the kind's own and the thing's: the house's other locks have one.
# A plan kept from calls for ten is a hundred times too slow for nine hundred; a plan of one's own costs a millisecond.
_PLANS = "-c plan_cache_mode=force_custom_plan"
_TRY_SQL = "select e, pg_try_advisory_lock(%s, hashint8(e)) from unnest(%s::bigint[]) e"
_LET_GO_SQL = "select pg_advisory_unlock(%s, hashint8(e)) from unnest(%s::bigint[]) e"
_OWNER_SQL = """
select l.objid::bigint, a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.classid::bigint = %s and l.objsubid = 2 and l.granted
  and l.database = (select oid from pg_database where datname = current_database())"""

Holding = tuple[int, set[int]]  # the lease of a kind, and things of it

logger = logging.getLogger(__name__)


class DatabaseAway(Exception):
    """PostgreSQL cannot be reached or broke off; whether the last thing was done is not known."""


class Session:
    """One connection in autocommit mode: each statement is a transaction."""

    def __init__(self, url: str, address: str) -> None:
        self._url = url
        self._address = address
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None
        self._turn = asyncio.Lock()
        self.owned: defaultdict[int, set[int]] = defaultdict(set)  # by the lease of the kind

    @property
    def is_well(self) -> bool:
        return self._connection is not None and not self._connection.closed

    async def rows(
        self, statement: str, parameters: list[Any], *, holding: Holding | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one statement; raises `DatabaseAway`, and IntegrityError for what the tables refuse.

        With `holding` it runs only in a session that holds these things: one opened anew meanwhile does not.
        """
        async with self._turn:
            try:
                connection = await self._open()
                if holding and not holding[1] <= self.owned[holding[0]]:
                    raise DatabaseAway("the leases went with a session that broke")
                answer = await connection.execute(statement, parameters, prepare=True)
                return await answer.fetchall()
            except psycopg.IntegrityError:
                raise
            except (psycopg.Error, OSError) as away:
                await self.close()
                raise DatabaseAway(str(away) or type(away).__name__) from away

    async def own(self, lease: int, things: Iterable[int]) -> set[int]:
        """Take the lease of things nobody holds; those another desk holds stay his. Gives all that this one holds."""
        wanted = [thing for thing in things if thing not in self.owned[lease]]
        if wanted:
            held = await self.rows(_TRY_SQL, [lease, wanted])
            self.owned[lease].update(thing for thing, is_ours in held if is_ours)
        return set(self.owned[lease])

    async def let_go(self, lease: int, things: Iterable[int]) -> None:
        """Give up the lease of things that are decided for good."""
        owned = self.owned[lease]
        ours = sorted(owned.intersection(things))
        if ours:
            owned.difference_update(ours)
            await self.rows(_LET_GO_SQL, [lease, ours])

    async def owner_of(self, lease: int, thing: int) -> str | None:
        """The address of the desk that holds a thing; None when it was let go meanwhile."""
        ((lock,),) = await self.rows("select hashint8(%s)::bigint & 4294967295", [thing])
        for held, name in await self.rows(_OWNER_SQL, [lease]):
            if held == lock and name.startswith(NAME):
                return str(name.removeprefix(NAME))
        return None

    async def close(self) -> None:
        """Forget the connection and with it every lease, whatever state it is in."""
        connection, self._connection = self._connection, None
        self.owned.clear()
        if connection is not None:
            with suppress(Exception):
                await connection.close()

    async def _open(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self.owned.clear()
            self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                connect_timeout=CONNECT_S_MAX,
                application_name=NAME + self._address,
                options=f"-c statement_timeout={STATEMENT_S_MAX}s -c lock_timeout={STATEMENT_S_MAX}s {_PLANS}",
            )
        return self._connection
