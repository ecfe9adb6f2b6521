"""A burst at one envelope through the real gateway and desk while a process dies: answers stand, nothing is doubled."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from svoi.doors.folder import Folder
from svoi.doors.surroundings import left_note
from svoi.kernel.tokens import derive_key, sign
from tests.journeys.house import ROOT, House

# SVOI_TEST_KILLS=20 kills each process so many times, one burst each.
KILLS = int(os.environ.get("SVOI_TEST_KILLS", "1"))
PEOPLE, SHARES = 150, 60
EVERY_S = 0.01
PATIENCE_S = 90
ANSWER_S = 4


def crowd(house: House, *asked: object) -> dict[str, Any]:
    env = {**os.environ, **(left_note(Folder(house.data)) or {}), "SVOI_POOL": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.journeys.crowd", *map(str, asked)]
    answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(answer.splitlines()[-1]))


def address(house: House, secret: str, member: int) -> str:
    told = {"show": 1, "member": member, "name": "M", "role": "", "chat": True, "crew": False}
    ticket = sign(
        {**told, "viewer": f"v{member}", "jti": uuid4().hex},
        key=derive_key(secret, "ticket"),
        expires_at=time.time() + 60,
    )
    return f"ws://127.0.0.1:{house.port + 1}/rooms/1?ticket={ticket}"  # no cursor: told only what comes


async def ask_once(session: aiohttp.ClientSession, url: str, origin: str, claim: dict[str, Any]) -> dict[str, Any]:
    """One connection, one claim; raises when nobody answers."""
    async with asyncio.timeout(ANSWER_S), session.ws_connect(url, origin=origin) as socket:
        await socket.send_json(claim)
        async for message in socket:
            for line in str(message.data).split("\n"):
                told = json.loads(line)
                if told["t"] == "claim":
                    return dict(told)
    raise ConnectionError("the room closed")


async def persist(house: House, secret: str, member: int, envelope: int, heard: list[dict[str, Any]]) -> None:
    """Ask until a final answer came, then once more with the same key."""
    claim = {"t": "claim", "k": str(uuid4()), "kind": "envelope", "id": envelope}
    deadline = time.monotonic() + PATIENCE_S
    async with aiohttp.ClientSession() as session:
        while len(heard) < 2:
            assert time.monotonic() < deadline, f"no answer came to {member}"
            try:
                told = await ask_once(session, address(house, secret, member), house.address, claim)
            except (aiohttp.ClientError, OSError, ValueError, TypeError):
                await asyncio.sleep(random.uniform(0.1, 0.4))
                continue
            if told.get("code") == "try_again":
                await asyncio.sleep(random.uniform(0.1, 0.4))
            else:
                heard.append(told)


async def burst(house: House, process: str, told: dict[str, Any]) -> list[list[dict[str, Any]]]:
    secret = (left_note(Folder(house.data)) or {})["SVOI_SECRET"]
    heard: list[list[dict[str, Any]]] = [[] for _ in told["members"]]

    async def late(place: int) -> None:
        await asyncio.sleep(place * EVERY_S)
        await persist(house, secret, told["members"][place], told["envelope"], heard[place])

    asking = [asyncio.create_task(late(place)) for place in range(len(heard))]
    await asyncio.sleep(PEOPLE * EVERY_S * random.uniform(0.3, 0.6))
    house.kill(process)
    await asyncio.gather(*asking)
    return heard


@pytest.mark.parametrize("process", ["desk", "gateway", "web", "postgres"])
def test_nothing_answered_is_lost(house: House, process: str) -> None:
    for _ in range(KILLS):
        told = crowd(house, "open", PEOPLE, SHARES)
        heard = asyncio.run(burst(house, process, told))
        for first, again in heard:
            assert (first.get("amount"), first.get("code")) == (again.get("amount"), again.get("code"))
        won = {
            member: first["amount"]
            for member, (first, _) in zip(told["members"], heard, strict=True)
            if "amount" in first
        }
        house.wait_well()
        books = crowd(house, "books", told["envelope"])
        assert {first.get("code", "taken") for first, _ in heard} == {"taken", "envelope_empty"}
        assert won == dict(books["shares"])
        assert (len(won), sum(won.values()), books["left"], books["faults"]) == (SHARES, told["total"], 0, [])
