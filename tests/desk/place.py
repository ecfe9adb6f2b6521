"""A desk on the test's own database, in this process or in one of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import aiohttp
from django.db import connection

from svoi.desk.desk import Desk
from svoi.desk.session import Session
from svoi.kernel.tokens import derive_key, sign

SECRET = "5" * 64
ZONE = "Europe/Moscow"
PATIENCE_S = 60


def database_url() -> str:
    told = connection.settings_dict
    query = urlencode({"host": told["HOST"], "port": told["PORT"] or 5432})
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?{query}"


@asynccontextmanager
async def desk(url: str, name: str = "here:1", now: Callable[[], float] = time.time) -> AsyncIterator[Desk]:
    """One that decides."""
    session, reading = Session(url, name), Session(url, "reads")
    one = Desk(session, reading, zone=ZONE, now=now)
    deciding = asyncio.create_task(one.run())
    try:
        yield one
    finally:
        deciding.cancel()
        await asyncio.gather(deciding, return_exceptions=True)
        await session.close()
        await reading.close()


def bearer(secret: str = SECRET) -> dict[str, str]:
    token = sign({"from": "gateway"}, key=derive_key(secret, "internal"), expires_at=time.time() + 86_400)
    return {"Authorization": f"Bearer {token}"}


def desk_process(url: str, port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATABASE_URL": url, "SVOI_SECRET": SECRET, "SVOI_DESK_PORT": str(port)}
    return subprocess.Popen([sys.executable, "-m", "svoi.desk"], env=environment, stderr=subprocess.DEVNULL)


async def ask_over_http(
    session: aiohttp.ClientSession, port: int, claims: Sequence[tuple[int, int, UUID]]
) -> list[dict[str, Any]] | None:
    """Their answers, or None when nobody is there."""
    asked = [["envelope", envelope, member, str(key)] for envelope, member, key in claims]
    try:
        async with session.post(f"http://127.0.0.1:{port}/claims", json=asked, headers=bearer()) as answer:
            assert answer.status == 200
            told: list[dict[str, Any]] = await answer.json()
            return told
    except (aiohttp.ClientError, OSError):
        return None
