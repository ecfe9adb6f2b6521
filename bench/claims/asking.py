"""Three ways to give out the same shares: the desk, the same statement one by one, and a lock on the envelope's row."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from svoi.desk.desk import Desk
from svoi.desk.kinds import Asked
from svoi.desk.session import Session
from svoi.envelopes.rules import CLAIM_SQL, local_day
from svoi.gateway.desk_line import CLAIMS_A_REQUEST_MAX
from svoi.kernel.refused import Refused

ZONE = "Europe/Moscow"
CLIENTS = 16
Asker = TypeVar("Asker")
Connection = psycopg.AsyncConnection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Burst:
    """What one way did: answers a second over the whole burst, how late they were, and how many won."""

    answers: float
    p50_ms: float
    p99_ms: float
    won: int


async def at_the_desk(url: str, envelope: int, members: Sequence[int]) -> Burst:
    """Everybody asks at the same moment."""
    return await ask_the_desk(url, [Asked("envelope", envelope, member, uuid4()) for member in members])


async def ask_the_desk(url: str, asked: Sequence[Asked]) -> Burst:
    """The same for any kind of things, in requests as the gateway sends them; each ends with its last answer."""
    session, reading = Session(url, "bench"), Session(url, "reads")
    desk = Desk(session, reading, zone=ZONE)
    for one in (session, reading):
        await one.rows("select 1", [])
    deciding = asyncio.create_task(desk.run())
    late: list[float] = []
    began = time.perf_counter()

    async def put(together: Sequence[Asked]) -> int:
        answers = await desk.ask(together)
        late.extend([time.perf_counter() - began] * len(answers))
        return sum(not isinstance(answer, Refused) for answer in answers)

    requests = [asked[first : first + CLAIMS_A_REQUEST_MAX] for first in range(0, len(asked), CLAIMS_A_REQUEST_MAX)]
    won = sum(await asyncio.gather(*map(put, requests)))
    took = time.perf_counter() - began
    deciding.cancel()
    for one in (session, reading):
        await one.close()
    return burst_of(len(asked), took, late, won)


async def by_one_function(url: str, envelope: int, members: Sequence[int]) -> Burst:
    """The statement of the plain path, a claim at a time."""

    async def claim(connection: Connection, member: int) -> bool:
        at = datetime.now(UTC)
        parameters = [[envelope], [member], [uuid4()], [1], local_day(at, ZONE), at]
        answer = await (await connection.execute(CLAIM_SQL, parameters, prepare=True)).fetchone()
        assert answer is not None
        return bool(answer[1] == "done")

    return await through_clients(url, claim, members)


async def by_row_lock(url: str, envelope: int, members: Sequence[int]) -> Burst:
    """As shops do it: lock the row, look, write the share, move the points, tell it, commit."""

    async def claim(connection: Connection, member: int) -> bool:
        async with connection.transaction():
            return await _under_lock(connection, envelope, member)

    return await through_clients(url, claim, members)


async def _under_lock(connection: Connection, envelope: int, member: int) -> bool:
    at = datetime.now(UTC)
    asked = await connection.execute(
        "select community_id, shares from svoi_envelope where id = %s for no key update", [envelope]
    )
    community, shares = await asked.fetchone() or (0, 0)
    asked = await connection.execute(
        "select coalesce(max(position), 0), coalesce(bool_or(member_id = %s), false)"
        " from svoi_envelopeshare where envelope_id = %s",
        [member, envelope],
    )
    gone, has = await asked.fetchone() or (0, True)
    if has or gone >= shares:
        return False
    asked = await connection.execute(
        "insert into svoi_envelopeshare"
        " (envelope_id, position, member_id, amount, key, community_id, day, nth, taken_at)"
        " select %s, %s, %s, amounts[%s], %s, %s, %s, 1, %s from svoi_envelopedeal"
        " where envelope_id = %s returning amount",
        [envelope, gone + 1, member, gone + 1, uuid4(), community, local_day(at, ZONE), at, envelope],
    )
    ((amount,),) = await asked.fetchall()
    points, pot = f"points:{community}:{member}", f"pot:envelope:{envelope}"
    wanted = {"key": f"envelope:{envelope}:from:{gone + 1}", "kind": "transfer", "reason": "envelope_share"}
    wanted |= {"subject": f"envelope:{envelope}", "currency": "PTS"}
    account = {"key": points, "currency": "PTS", "may_go_negative": False, "keeps_balance": True}
    legs = Jsonb([{**wanted, "legs": [[points, amount], [pot, -amount]]}])
    await connection.execute("select * from svoi_ledger_post_v1(%s, %s, %s)", [legs, Jsonb([account]), at])
    await connection.execute(
        "insert into svoi_event (event_id, kind, stream, payload) values (%s, 'share_taken', '', '{}')", [uuid4()]
    )
    return True


async def through_clients(
    url: str, claim: Callable[[Connection, Asker], Awaitable[bool]], askers: Sequence[Asker]
) -> Burst:
    """Sixteen connections take the next in line until nobody is left."""
    line: Iterator[Asker] = iter(askers)
    late: list[float] = []
    wins: list[bool] = []
    connections = [await psycopg.AsyncConnection.connect(url, autocommit=True) for _ in range(CLIENTS)]
    began = time.perf_counter()

    async def client(connection: Connection) -> None:
        for asker in line:
            wins.append(await claim(connection, asker))
            late.append(time.perf_counter() - began)

    await asyncio.gather(*map(client, connections))
    took = time.perf_counter() - began
    for connection in connections:
        await connection.close()
    return burst_of(len(askers), took, late, sum(wins))


def burst_of(asked: int, took: float, late: list[float], won: int) -> Burst:
    """Answers a second, and how late they came; seconds in, milliseconds out."""
    cuts = quantiles(late, n=100)
    return Burst(asked / took, cuts[49] * 1000, cuts[98] * 1000, won)
