"""Pieces of flash deals in a burst, of one product and of many: the desk beside its own statement, one ask a call."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import uuid4

import uvloop

from bench.claims.asking import CLIENTS, Burst, Connection, ask_the_desk, through_clients
from bench.claims.place import ROOT, delay_commits, environment, ratio_of, told_of
from svoi.desk.kinds import Asked
from svoi.flash.rules import TAKE_SQL

ROUNDS = 3
ASKS, PIECES = 8_000, 3_200
FEWER = 8  # one ask a call answers so many times fewer in about the same time
DELAYS_MS = (0, 5)
PRODUCTS = (1, 1_000)
DEMANDED = {1: ">= 10x", 1_000: "reported"}


def run(url: str, data: str) -> list[dict[str, Any]]:
    """On a database that has its tables and the members of the envelopes' measurement."""
    turns = len(DELAYS_MS) * ROUNDS
    asked = [str(one) for one in (PIECES, FEWER, turns, *PRODUCTS)]
    command, env = [sys.executable, "-m", "bench.claims.seeding_flash", *asked], environment(url, data)
    answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    told = json.loads(answer.splitlines()[-1])
    deals, rows = iter(told["deals"]), []
    for delay_ms in DELAYS_MS:
        delay_commits(url, delay_ms)
        rows += [_compare(url, deals, told["members"], products, delay_ms) for products in PRODUCTS]
    return rows


def _compare(
    url: str, deals: Iterator[list[int]], members: Sequence[int], products: int, delay_ms: int
) -> dict[str, Any]:
    """Both ways take their turn in every round, with deals of which nobody has taken anything."""
    desk, function = [], []
    for _ in range(ROUNDS):
        ours, theirs = next(deals), next(deals)
        desk.append(_won(uvloop.run(ask_the_desk(url, _asked(ours, members[:ASKS]))), PIECES))
        function.append(_won(uvloop.run(_one_by_one(url, _asked(theirs, members[: ASKS // FEWER]))), PIECES // FEWER))
    when = f", commits delayed by {delay_ms} ms" if delay_ms else ""
    of = "one product" if products == 1 else f"{products:,} products"
    return {
        "path": f"flash deal, {ASKS:,} ask for {PIECES:,} pieces of {of}{when}",
        "figure": f"{told_of([one.answers for one in desk])} answers a second; of {ASKS:,} at once p50 "
        f"{median(one.p50_ms for one in desk):.0f} ms, p99 {median(one.p99_ms for one in desk):.0f} ms",
        "peer": f"the same statement, one ask a call, {CLIENTS} clients: "
        f"{told_of([one.answers for one in function])} a second",
        "ratio": ratio_of([one.answers for one in desk], [one.answers for one in function]),
        "demanded": DEMANDED[products],
    }


async def _one_by_one(url: str, asked: Sequence[Asked]) -> Burst:
    async def take(connection: Connection, one: Asked) -> bool:
        parameters = [[one.thing_id], [one.member_id], [1], [one.key], datetime.now(UTC)]
        answer = await (await connection.execute(TAKE_SQL, parameters, prepare=True)).fetchone()
        assert answer is not None
        return bool(answer[1] == "done")

    return await through_clients(url, take, asked)


def _asked(deals: Sequence[int], members: Sequence[int]) -> list[Asked]:
    """Everybody asks for one piece, of one deal after the other."""
    return [Asked("flash", deals[n % len(deals)], member, uuid4()) for n, member in enumerate(members)]


def _won(burst: Burst, pieces: int) -> Burst:
    assert burst.won == pieces, f"{burst.won} won {pieces} pieces"
    return burst
