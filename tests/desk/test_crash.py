"""A desk that is killed in the middle of a burst: nothing answered is lost, nothing is doubled, every retry agrees."""

from __future__ import annotations

import asyncio
import random
import subprocess
import time
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
from django.utils import timezone

from svoi.communities.models import Community
from svoi.envelopes.models import EnvelopeShare
from svoi.ledger.queries import check_ledger
from svoi.members.models import Member
from tests.desk.place import PATIENCE_S, ask_over_http, database_url, desk_process
from tests.envelopes.purse import balance, crowd, fund, send
from tests.gateway.test_crash import free_port

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, SHARES, KILLS = 300, 120, 3


async def persist(port: int, claim: tuple[int, int, UUID], heard: list[dict[str, Any]]) -> None:
    """Ask until a final answer came, then ask once more; each answer is kept."""
    deadline = time.monotonic() + PATIENCE_S
    async with aiohttp.ClientSession() as session:
        final = 0
        while final < 2:
            assert time.monotonic() < deadline, "no answer came"
            told = await ask_over_http(session, port, [claim])
            if told is None or told[0].get("code") == "try_again":
                await asyncio.sleep(random.uniform(0.02, 0.1))
                continue
            heard.append(told[0])
            final += 1


async def burst(url: str, port: int, claims: list[tuple[int, int, UUID]]) -> list[list[dict[str, Any]]]:
    """Everybody asks, while the desk is killed and comes back; claims trickle in, so that each life decides some."""
    heard: list[list[dict[str, Any]]] = [[] for _ in claims]
    running: list[subprocess.Popen[bytes]] = [desk_process(url, port)]

    async def late(place: int) -> None:
        await asyncio.sleep(place * 0.01)
        await persist(port, claims[place], heard[place])

    asking = [asyncio.create_task(late(place)) for place in range(len(claims))]
    try:
        for _ in range(KILLS):
            await asyncio.sleep(random.uniform(0.6, 1.2))
            running[-1].kill()
            running[-1].wait()
            running.append(desk_process(url, port))
        await asyncio.gather(*asking)
    finally:
        running[-1].terminate()
        running[-1].wait()
    return heard


def test_killed_in_the_middle_of_a_burst(table: Community, anna: Member) -> None:
    fund(table, 10_000)
    envelope, people = send(table, anna, total=1_000, shares=SHARES, at=timezone.now()), crowd(table, PEOPLE)
    claims = [(envelope.pk, person.pk, uuid4()) for person in people]
    heard = asyncio.run(burst(database_url(), free_port(), claims))
    assert {len(answers) for answers in heard} == {2}
    told = {}
    for (_, member, _), (first, again) in zip(claims, heard, strict=True):
        assert first.get("amount") == again.get("amount")
        assert first.get("code") == again.get("code")
        if "amount" in first:
            told[member] = first["amount"]
    assert told == dict(EnvelopeShare.objects.values_list("member_id", "amount"))
    assert (len(told), sum(told.values()), balance(envelope.pot)) == (SHARES, 1_000, 0)
    assert check_ledger() == []
