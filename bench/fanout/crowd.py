"""The crowd: the client in C, built when it is needed, with a ticket for each of its viewers."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bench.fanout.servers import SECRET, Served
from svoi.kernel.tokens import derive_key, sign

SOURCE = Path(__file__).with_name("client.c")
SHOW = 1
TICKET_S = 300


class Crowd:
    """Viewers of one server, given orders one after another."""

    def __init__(self, process: subprocess.Popen[str], served: Served) -> None:
        self._process = process
        self._served = served
        self.came = self._answer()

    def run(self, rate: float, seconds: float) -> dict[str, Any]:
        """Have so many messages said a second; what was heard, how late, and what it cost the server."""
        return self._ordered(f"run {rate} {seconds}")

    def hold(self, seconds: float) -> dict[str, Any]:
        return self._ordered(f"hold {seconds}")

    def _ordered(self, order: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        cpu = self._served.cpu_s()
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        told = self._answer()
        return {**told, "cpu_s": self._served.cpu_s() - cpu, "memory_kb": self._served.memory_kb()}

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def crowd(served: Served, viewers: int, *, stalled: int = 0) -> Iterator[Crowd]:
    """So many viewers, connected; the last `stalled` of them read nothing."""
    is_ours = served.name != "nchan"
    with tempfile.NamedTemporaryFile("w", suffix=".targets") as targets:
        targets.writelines(f"{_target(number) if is_ours else '/sub'}\n" for number in range(1, viewers + stalled + 1))
        targets.flush()
        way = ["-s"] if is_ours else ["-u", "/pub"]
        command = [str(client()), "-p", str(served.port), "-t", targets.name, "-z", str(stalled), *way]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield Crowd(process, served)
            finally:
                process.kill()


@cache
def client() -> Path:
    """The client, compiled once a run."""
    built = Path(tempfile.mkdtemp(prefix="svoi-crowd-")) / "client"
    subprocess.run(["cc", "-O2", "-o", str(built), str(SOURCE)], check=True)
    return built


def _target(number: int) -> str:
    claims = {"show": SHOW, "member": number, "name": "Vera", "role": "viewer", "chat": True, "crew": False}
    ticket = sign(
        {**claims, "viewer": f"v{number}", "jti": str(number)},
        key=derive_key(SECRET, "ticket"),
        expires_at=time.time() + TICKET_S,
    )
    return f"/rooms/{SHOW}?ticket={ticket}&facts=0&chat=0"
