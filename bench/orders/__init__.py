"""Orders a second through the whole shop, of one product and of a thousand, beside pgbench on the same cluster."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import Any

from bench.orders.books import add_up, until_quiet
from bench.orders.buyers import Buyers
from bench.orders.pgbench import Peer
from bench.orders.shop import ROOT, Shop, open_shop

CLIENTS, ROUNDS, SECONDS = 16, 3, 5.0
IDLE_S = 4.0
TASKS = {"one product": 1, "1,000 products": 1_000}
MEMBERS = 1_500
PROGRAMS = ("web", "postgres", "worker")


def run() -> list[dict[str, Any]]:
    with open_shop() as shop:
        told = _seeded(shop)
        buyers, peer = Buyers(shop.port, told), Peer(shop.database)
        buyers.buy(goods=1_000, clients=CLIENTS, seconds=1.0)  # everything is loaded and warm
        idle = _idle(shop)
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in TASKS}
        for _ in range(ROUNDS):
            for name, goods in TASKS.items():
                until_quiet(shop.database)
                rounds[name].append(_round(shop, buyers, peer, goods, idle))
        until_quiet(shop.database)
        add_up(shop.database, placed=buyers.placed, stock=told["stock"], price_minor=told["price_minor"])
        return [_row(name, rounds[name], peer.name) for name in TASKS]


def _idle(shop: Shop) -> dict[str, float]:
    """Processor seconds a second of each program when nobody orders: it looks for work all the time."""
    until_quiet(shop.database)
    before = shop.cpu_s()
    time.sleep(IDLE_S)
    return {name: (cpu - before[name]) / IDLE_S for name, cpu in shop.cpu_s().items()}


def _round(shop: Shop, buyers: Buyers, peer: Peer, goods: int, idle: dict[str, float]) -> dict[str, float]:
    """The buyers, then the peer when the worker has caught up: a busy moment of the machine falls on both.

    What an order costs includes what follows from it, such as asking the bank for its page.
    """
    before, began = shop.cpu_s(), time.monotonic()
    taken = buyers.buy(goods=goods, clients=CLIENTS, seconds=SECONDS)
    until_quiet(shop.database)
    after, lasted = shop.cpu_s(), time.monotonic() - began
    used = {name: 1000 * (after[name] - before[name] - idle[name] * lasted) / len(taken) for name in PROGRAMS}
    theirs = peer.transactions(clients=CLIENTS, seconds=SECONDS)
    cuts = quantiles(taken, n=100)
    return {"ours": len(taken) / SECONDS, "theirs": theirs, "p50": cuts[49] * 1000, "p99": cuts[98] * 1000, **used}


def _row(name: str, rounds: list[dict[str, float]], peer: str) -> dict[str, Any]:
    ratios = [each["ours"] / each["theirs"] for each in rounds]
    cost = ", ".join(f"{program} {median(each[program] for each in rounds):.1f}" for program in PROGRAMS)
    late = f"p50 {median(each['p50'] for each in rounds):.0f} ms, p99 {median(each['p99'] for each in rounds):.0f} ms"
    return {
        "path": f"orders over HTTP, {name}, {CLIENTS} buyers",
        "figure": f"{_told([each['ours'] for each in rounds])} a second, {late}; ms of a core each: {cost}",
        "peer": f"{peer}: {_told([each['theirs'] for each in rounds])} a second",
        "ratio": f"{median(ratios):.3f}x ({min(ratios):.3f}-{max(ratios):.3f})",
        "demanded": ">= 20 a second; stock, orders and payments add up",
    }


def _told(figures: list[float]) -> str:
    return f"{median(figures):,.0f} ({min(figures):,.0f}-{max(figures):,.0f})"


def _seeded(shop: Shop) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.orders.seeding", str(max(TASKS.values())), str(MEMBERS)]
    env = {**shop.env, "SVOI_POOL": "0"}
    answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(answer.splitlines()[-1]))
