"""Scarce things in a burst: the desk beside a row lock, one statement a claim, and pgbench, on one database."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from statistics import median
from typing import Any

import uvloop

from bench.claims import flash
from bench.claims.asking import CLIENTS, Burst, at_the_desk, by_one_function, by_row_lock
from bench.claims.place import ROOT, delay_commits, environment, ratio_of, told_of
from bench.claims.sockets import burst, gateway_and_desk
from bench.database import shop_sized_postgres
from bench.orders.pgbench import Peer

ROUNDS, PEER_S = 3, 4.0
ASKS, SHARES = 5_000, 2_000
# The slow ways answer fewer in the same time; the share of winners is the same.
FEWER = {"function": (1_000, 400), "lock": (750, 300)}
DELAYS_MS = (0, 5)
WAYS = {"desk": at_the_desk, "function": by_one_function, "lock": by_row_lock}


def run() -> list[dict[str, Any]]:
    with shop_sized_postgres(durable=True) as url, tempfile.TemporaryDirectory() as data:
        told = _seeded(url, data)
        members, envelopes = iter(told["members"]), iter(told["envelopes"])
        peer = Peer(url)
        rows = [row for delay_ms in DELAYS_MS for row in _compare(url, peer, members, envelopes, delay_ms)]
        return [*rows, _through_sockets(url, members, envelopes), *flash.run(url, data)]


def _compare(
    url: str, peer: Peer, members: Iterator[int], envelopes: Iterator[int], delay_ms: int
) -> list[dict[str, Any]]:
    """Each way takes its turn in every round, with people and envelopes that nobody asked before."""
    delay_commits(url, delay_ms)
    rounds: list[dict[str, Burst]] = []
    limits: list[float] = []
    for _ in range(ROUNDS):
        bursts = {}
        for name, way in WAYS.items():
            asks, shares = FEWER.get(name, (ASKS, SHARES))
            bursts[name] = uvloop.run(way(url, next(envelopes), list(islice(members, asks))))
            assert bursts[name].won == shares, f"{name}: {bursts[name].won} won {shares} shares"
        rounds.append(bursts)
        limits.append(peer.transactions(clients=CLIENTS, seconds=PEER_S))
    when = f", commits delayed by {delay_ms} ms" if delay_ms else ""
    desk = [each["desk"] for each in rounds]
    figure = (
        f"{told_of([one.answers for one in desk])} answers a second; of {ASKS:,} at once p50 "
        f"{median(one.p50_ms for one in desk):.0f} ms, p99 {median(one.p99_ms for one in desk):.0f} ms"
    )
    lock, function = ([each[name].answers for each in rounds] for name in ("lock", "function"))
    peers = (
        ("a lock on the envelope's row", lock, ">= 20x"),
        ("the same statement, one claim a call", function, "reported"),
        (peer.name, limits, ">= 3x"),
    )
    return [
        {
            "path": f"envelope, {ASKS:,} ask for {SHARES:,} shares{when}" if place == 0 else "",
            "figure": figure if place == 0 else "",
            "peer": f"{name}, {CLIENTS} clients: {told_of(theirs)} a second",
            "ratio": ratio_of([one.answers for one in desk], theirs),
            "demanded": demanded,
        }
        for place, (name, theirs, demanded) in enumerate(peers)
    ]


def _through_sockets(url: str, members: Iterator[int], envelopes: Iterator[int]) -> dict[str, Any]:
    delay_commits(url, 0)
    bursts = []
    with gateway_and_desk(url) as port:
        for _ in range(ROUNDS):
            seen = uvloop.run(burst(port, next(envelopes), list(islice(members, ASKS))))
            assert seen.won == SHARES, f"{seen.won} won {SHARES} shares"
            bursts.append(seen)
    late = [one.p99_ms for one in bursts]
    return {
        "path": f"the same through the gateway, {ASKS:,} sockets",
        "figure": f"{told_of([one.answers for one in bursts])} answers a second; p50 "
        f"{median(one.p50_ms for one in bursts):.0f} ms, p99 {median(late):.0f} ms ({min(late):.0f}-{max(late):.0f})",
        "demanded": "p99 <= 1 s",
    }


def _seeded(url: str, data: str) -> dict[str, Any]:
    env = environment(url, data)
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    turns = [FEWER.get(name, (ASKS, SHARES)) for _ in DELAYS_MS for _ in range(ROUNDS) for name in WAYS]
    turns += [(ASKS, SHARES)] * ROUNDS  # through the sockets
    asked = [str(sum(asks for asks, _ in turns)), *(str(shares) for _, shares in turns)]
    command = [sys.executable, "-m", "bench.claims.seeding", *asked]
    answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(answer.splitlines()[-1]))
