"""The same burst as people make it: thousands of sockets at the real gateway, which asks the real desk."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.claims.asking import Burst, burst_of
from svoi.kernel.tokens import derive_key, sign

ROOT = Path(__file__).resolve().parents[2]
SECRET = "5" * 64
SHOW = 1
TICKET_S = 600
COMING_AT_ONCE = 100
OPEN_WITHIN_S = 30.0
ANSWER_S_MAX = 60.0


class Asker(WSListener):
    """One phone: asks once, and knows when the answer came."""

    def __init__(self, answered: asyncio.Future[bool]) -> None:
        self.answered = answered
        self.came_at = 0.0

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.PING:
            transport.send_pong(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.TEXT and not self.answered.done():
            for words in frame.get_payload_as_bytes().split(b"\n"):
                told = msgspec.json.decode(words)
                if told["t"] == "claim":
                    self.came_at = time.perf_counter()
                    self.answered.set_result("amount" in told)

    def ask(self, envelope: int) -> None:
        claim = {"t": "claim", "k": str(uuid4()), "kind": "envelope", "id": envelope}
        self.transport.send(WSMsgType.TEXT, msgspec.json.encode(claim))


async def burst(port: int, envelope: int, members: Sequence[int]) -> Burst:
    """Everybody is in the room; then everybody asks in the same moment."""
    askers = await _come(port, members)
    began = time.perf_counter()
    for place, asker in enumerate(askers):
        asker.ask(envelope)
        if place % 500 == 499:
            await asyncio.sleep(0)
    async with asyncio.timeout(ANSWER_S_MAX):
        won = sum(await asyncio.gather(*(asker.answered for asker in askers)))
    took = time.perf_counter() - began
    for asker in askers:
        asker.transport.send_close(WSCloseCode.OK)
        asker.transport.disconnect()
    return burst_of(len(askers), took, [asker.came_at - began for asker in askers], won)


async def _come(port: int, members: Sequence[int]) -> list[Asker]:
    loop, askers = asyncio.get_running_loop(), []
    for first in range(0, len(members), COMING_AT_ONCE):
        some = members[first : first + COMING_AT_ONCE]
        coming = (
            ws_connect(lambda: Asker(loop.create_future()), _address(port, member), extra_headers=_HEADERS)
            for member in some
        )
        askers += [listener for _, listener in await asyncio.gather(*coming)]
    return askers


_HEADERS = {"Origin": "http://bench"}


def _address(port: int, member: int) -> str:
    told = {"show": SHOW, "member": member, "name": "Vera", "role": "viewer", "chat": True, "crew": False}
    ticket = sign(
        {**told, "viewer": f"v{member}", "jti": uuid4().hex},
        key=derive_key(SECRET, "ticket"),
        expires_at=time.time() + TICKET_S,
    )
    return f"ws://127.0.0.1:{port}/rooms/{SHOW}?ticket={ticket}&facts=0&chat=0"


@contextmanager
def gateway_and_desk(url: str) -> Iterator[int]:
    """The port of a gateway whose claims go to a desk, each a process of its own."""
    desk_port = _free_port()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SVOI_SECRET": SECRET, "DATABASE_URL": url}
    server = [sys.executable, "-m", "bench.fanout.gateway_server", SECRET, "batched", f"http://127.0.0.1:{desk_port}"]
    desk = subprocess.Popen(
        [sys.executable, "-m", "svoi.desk"], cwd=ROOT, env={**env, "SVOI_DESK_PORT": str(desk_port)}
    )
    gateway = subprocess.Popen(server, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert gateway.stdout is not None
        port = int(gateway.stdout.readline())
        _until_well(f"http://127.0.0.1:{desk_port}/healthz")
        yield port
    finally:
        for process in (gateway, desk):
            process.terminate()
            process.wait()


def _until_well(address: str) -> None:
    deadline = time.monotonic() + OPEN_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=1.0):
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, "the desk did not open"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
