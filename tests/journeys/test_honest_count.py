"""People and a farm in a show of a running house: the farm counts for less, the crew reads why, a switch gives back."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import aiohttp
import psycopg
from playwright.sync_api import Page, expect

from svoi.doors.folder import Folder
from svoi.doors.surroundings import left_note
from svoi.kernel.tokens import derive_key, sign
from tests.journeys.conftest import Visitors
from tests.journeys.house import ROOT, House, until
from tests.journeys.steps import sign_in

PEOPLE, FARM = 8, 36
ADDRESS = "203.0.113.7"  # of the whole farm; people come from one each
BEAT_S = 8.4
HALF = FARM // 2
COUNTING = "/studio/kromka/honest-count/"


def in_house(house: House, *asked: object) -> dict[str, Any]:
    """A verb of `farm`, carried out beside the house."""
    note = left_note(Folder(house.data)) or {}
    env = {**os.environ, **note, "SVOI_POOL": "0", "SVOI_SHADOW_DAYS": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.journeys.farm", *map(str, asked)]
    answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(answer.splitlines()[-1]))


@contextmanager
def books(house: House) -> Iterator[psycopg.Connection[Any]]:
    own = json.loads((house.data / "run" / "env.json").read_text(encoding="utf-8"))
    with psycopg.connect(own["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def latest(house: House, show: int) -> dict[str, Any]:
    """The latest sample: (counted, raw) of each number, and the mode."""
    names = "mode, counted, raw, reactions_counted, reactions_raw, messages_counted, messages_raw"
    asked = f"select {names} from svoi_watchsample where show_id = %s order by at desc limit 1"
    with books(house) as connection:
        mode, *told = connection.execute(asked, [show]).fetchone()
    return {"mode": mode, "viewers": tuple(told[:2]), "reactions": tuple(told[2:4]), "messages": tuple(told[4:])}


def halves_of_people(house: House, show: int) -> dict[str, set[int]]:
    """With which weights (2 is in full) everything that people did went on record."""
    tables = ("svoi_watchbeat", "svoi_reaction", "svoi_messageweight")
    asked = " union ".join(f"select viewer, weight from {table} where show_id = %(show)s" for table in tables)
    found: dict[str, set[int]] = {}
    with books(house) as connection:
        for viewer, weight in connection.execute(asked, {"show": show}).fetchall():
            if viewer.startswith("person"):
                found.setdefault(viewer, set()).add(weight)
    return found


class Viewer:
    """A socket that watches until it is told to leave, sends hearts and says one thing."""

    def __init__(self, house: House, secret: str, show: int, member: int, number: int) -> None:
        self.is_farm = number >= PEOPLE
        self.name = f"{'farm' if self.is_farm else 'person'}-{number}"
        device = 77 if self.is_farm else 1_000 + number
        told = {"show": show, "member": member, "name": "Гость", "role": "", "chat": True, "crew": False}
        ticket = sign(
            {**told, "viewer": self.name, "device": device, "jti": uuid4().hex},
            key=derive_key(secret, "ticket"),
            expires_at=time.time() + 60,
        )
        self.url = f"ws://127.0.0.1:{house.port + 1}/rooms/{show}?ticket={ticket}"
        self.address = ADDRESS if self.is_farm else f"198.51.100.{number + 1}"
        self.origin = house.address
        self.dice = random.Random(number)

    async def stay(self, session: aiohttp.ClientSession, leave: threading.Event) -> None:
        headers = {"X-Forwarded-For": self.address}
        async with session.ws_connect(self.url, origin=self.origin, headers=headers) as socket:
            acting = asyncio.create_task(self._act(socket))
            while not leave.is_set():
                try:
                    message = await socket.receive(timeout=0.5)
                except TimeoutError:
                    continue
                if message.type is not aiohttp.WSMsgType.TEXT:
                    raise ConnectionError(f"{self.name} was sent away: {message}")
                for line in str(message.data).split("\n"):
                    told = json.loads(line)
                    if told["t"] in ("hello", "beat"):
                        token = told["beat"] if told["t"] == "hello" else told["token"]
                        asyncio.get_running_loop().call_later(
                            BEAT_S + (0 if self.is_farm else self.dice.random()),
                            lambda token=token: asyncio.ensure_future(self._beat(socket, token)),
                        )
            acting.cancel()

    async def _beat(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        if not socket.closed:
            beat = {"t": "beat", "token": token, "playing": True, "visible": True, "media": int(time.time() * 1000)}
            await socket.send_json(beat)

    async def _act(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Three hearts and some words: a farm's to the tenth of a second, and always the same."""
        await asyncio.sleep(2 * BEAT_S + 2)
        await self._say(socket)
        for _ in range(3):
            await asyncio.sleep(0.5 if self.is_farm else self.dice.uniform(0.2, 1.0))
            await socket.send_json({"t": "react"})

    async def _say(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        words = "Лучший эфир!!!" if self.is_farm else f"А какой у чашки объём? {self.name}"
        await socket.send_json({"t": "say", "k": str(uuid4()), "text": words, "media": None})


@contextmanager
def everybody(house: House, show: int, members: list[int]) -> Iterator[None]:
    """People and the farm watch, apart from this thread, until the block ends; whatever went wrong is raised then."""
    secret = (left_note(Folder(house.data)) or {})["SVOI_SECRET"]
    leave, faults = threading.Event(), []

    async def stay() -> None:
        async with aiohttp.ClientSession() as session:
            viewers = [Viewer(house, secret, show, member, number) for number, member in enumerate(members)]
            await asyncio.gather(*(viewer.stay(session, leave) for viewer in viewers))

    def run() -> None:
        try:
            asyncio.run(stay())
        except BaseException as fault:
            faults.append(fault)

    apart = threading.Thread(target=run)  # the browser holds a loop on this thread
    apart.start()
    try:
        yield
    finally:
        leave.set()
        apart.join(20)
    assert faults == []


def shows(page: Page, name: str, counted: int, raw: int) -> None:
    """The console's figure, after checks and before."""
    expect(page.locator(f'#strip [data-live="{name}"]')).to_have_text(str(counted), timeout=25_000)
    expect(page.locator(f'#strip [data-live="{name}-raw"]')).to_have_text(str(raw))


def says_why(page: Page, name: str, *, people: int) -> None:
    """The words behind a figure, opened as the crew opens them: so many of a device, and of a network beside it.

    The words stand open until all are named: on a slow machine a heartbeat is late, and its viewer is away for a while.
    """
    page.click(f'#strip [popovertarget="why-{name}"]')
    words = page.locator(f"#why-{name}")
    for said in (str(people), "устройств", "сети"):
        expect(words).to_contain_text(said, timeout=25_000)
    page.keyboard.press("Escape")


def test_a_farm_counts_for_less_and_people_in_full(house: House, visitors: Visitors) -> None:
    opened = in_house(house, "open", PEOPLE + FARM)
    show, everyone = opened["show"], PEOPLE + FARM
    owner = visitors.come(desktop=True)
    with everybody(house, show, opened["members"]):
        sign_in(owner, "anna", then=f"/studio/shows/{show}/")
        shows(owner, "viewers", PEOPLE + HALF, everyone + 1)  # the console is connected, and watches nothing
        shows(owner, "reactions", 3 * (PEOPLE + HALF), 3 * everyone)
        shows(owner, "messages", PEOPLE + HALF, everyone)
        for name in ("viewers", "reactions", "messages"):
            says_why(owner, name, people=FARM)
        halved = {
            "mode": "live",
            "viewers": (PEOPLE + HALF, everyone + 1),
            "reactions": (3 * (PEOPLE + HALF), 3 * everyone),
            "messages": (PEOPLE + HALF, everyone),
        }
        until(lambda: latest(house, show) == halved, within_s=25, what="a sample of all that was seen")
        assert halves_of_people(house, show) == {f"person-{number}": {2} for number in range(PEOPLE)}

        owner.goto(COUNTING)
        card = owner.locator(".count-shows > li").filter(has_text="Честный счёт")
        for place, name in enumerate(("viewers", "reactions", "messages")):
            counted, raw = halved[name]
            pair = card.locator("dd").nth(place)
            expect(pair.locator(".count-number")).to_have_text(str(counted))
            expect(pair).to_contain_text(str(raw))
        expect(card).to_contain_text("устройств")

        rule = owner.locator("article", has=owner.locator("#rule-live_weights"))
        rule.locator("summary").click()
        rule.locator("[name=why]").fill("Пересчитаем спокойно")
        rule.locator("button[value=off]").click()
        expect(owner.locator("body")).to_contain_text("Пересчитаем спокойно")
        given_back = {
            "mode": "off",
            "viewers": (everyone, everyone),
            "reactions": (3 * everyone, 3 * everyone),
            "messages": (everyone, everyone),
        }
        until(lambda: latest(house, show) == given_back, within_s=25, what="everything given back")

    lowered, restored = in_house(house, "close", show, 4, everyone)["recounts"]
    assert (lowered["viewers_counted"], restored["viewers_counted"]) == (PEOPLE + HALF, everyone)
    assert (lowered["messages_counted"], restored["messages_counted"]) == (PEOPLE + HALF, everyone)
    assert restored["reactions_counted"] == restored["reactions_raw"] == 3 * everyone
    owner.goto(COUNTING)
    owner.locator(".count-shows ~ details summary").click()
    log = owner.locator(".count-shows ~ details tbody tr")
    expect(log.nth(0)).to_contain_text(f"предел {everyone}")
    expect(log.nth(1)).to_contain_text(f"{PEOPLE + HALF} из {everyone}")
    assert owner.problems == []
