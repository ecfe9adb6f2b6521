"""A play from the first check to the last count: bounded in people, time and machines."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from svoi.town.play.browser import Browser
from svoi.town.play.crew import NoShow, on_air
from svoi.town.play.person import Shop
from svoi.town.play.scenes import SCENES, SHARES, Cast, everyday
from svoi.town.play.tally import Tally
from svoi.town.schemes import INTENSITIES, SCHEMES

PEOPLE_MAX = 500
MINUTES_MAX = 30.0
PROGRESS_S = 5.0
WAITS_MAX_S, LOOKS_EVERY_S = 3600.0, 2.0
# The page of letters is there in development and on a demo, and nowhere else.
DEMO_ONLY = "/ui/outbox/"


class CannotPlay(Exception):
    """Why nothing was played; `code` has its words in `svoi/town/words.py`."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Wish:
    """What to play. `schemes` are `name:intensity`; with `crew` (e-mail, password) a show of its own is filmed."""

    url: str
    people: int
    minutes: float
    seed: int = 1
    schemes: Sequence[str] = ()
    show: int = 0
    waits: bool = False  # for the show to go on air
    crew: tuple[str, str] | None = None
    allow_remote_host: bool = False
    allow_real_shop: bool = False
    scenes: list[tuple[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        if not 1 <= self.people <= PEOPLE_MAX or not 0 < self.minutes <= MINUTES_MAX:
            raise CannotPlay("out_of_bounds", people=PEOPLE_MAX, minutes=MINUTES_MAX)
        scenes = []
        for words in self.schemes:
            name, _, intensity = words.partition(":")
            intensity = intensity or "middle"
            if name not in SCENES or intensity not in INTENSITIES:
                code = "no_door_yet" if name in SCHEMES and name not in SCENES else "no_such_scheme"
                raise CannotPlay(code, scheme=words, known=", ".join(SCENES))
            scenes.append((name, max(2, round(SHARES[intensity] * self.people))))
        object.__setattr__(self, "scenes", scenes)

    def may_reach(self, address: str) -> bool:
        """Loopback only, unless told otherwise; the house's own other addresses are asked about, too."""
        return self.allow_remote_host or is_loopback(urlsplit(address).hostname or "")


def is_loopback(host: str) -> bool:
    """Is this name or number the machine itself?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def play(wish: Wish, progress: Callable[[float, Tally], None] = lambda _left_s, _tally: None) -> Tally:
    """Play and return what was answered; raises CannotPlay before anything is done."""
    if not wish.may_reach(wish.url):
        raise CannotPlay("remote_host", host=urlsplit(wish.url).hostname or wish.url)
    tally = Tally()
    async with Browser(wish.url.rstrip("/")) as looking:
        await _check(looking, wish)
        async with _stage(looking, wish, tally) as shop:
            await _run(wish, shop, progress)
    return tally


async def _check(looking: Browser, wish: Wish) -> None:
    home, demo = await looking.open("/"), await looking.open(DEMO_ONLY)
    if home.status != 200:
        raise CannotPlay("nobody_answers", url=wish.url)
    if demo.status != 200 and not wish.allow_real_shop:
        raise CannotPlay("not_a_demo", url=wish.url)


@contextlib.asynccontextmanager
async def _stage(looking: Browser, wish: Wish, tally: Tally) -> AsyncIterator[Shop]:
    """The show that is on air, the one that was named, or one of our own."""
    if wish.crew is None:
        show = wish.show or await _on_air_now(looking)
        if wish.waits:
            await _wait_for_air(looking, show)
        yield Shop(looking.shop, show, await _products(looking, show), wish.may_reach, tally)
        return
    backstage = Shop(looking.shop, 0, [], wish.may_reach, tally)
    try:
        async with on_air(backstage, *wish.crew) as show:
            yield Shop(looking.shop, show, await _products(looking, show), wish.may_reach, tally)
    except NoShow as stopped:
        raise CannotPlay("crew_stopped", where=str(stopped)) from None


async def _on_air_now(looking: Browser) -> int:
    home = await looking.open("/")
    shows = {int(found[1]) for link in home.links("/shows/") if (found := re.match(r"/shows/(\d+)/", link))}
    for show in sorted(shows):
        if await _is_live(looking, show):
            return show
    raise CannotPlay("nothing_on_air")


async def _wait_for_air(looking: Browser, show: int) -> None:
    clock = asyncio.get_running_loop().time
    until = clock() + WAITS_MAX_S
    while not await _is_live(looking, show):
        if clock() > until:
            raise CannotPlay("not_on_air_in_time", minutes=WAITS_MAX_S / 60)
        await asyncio.sleep(LOOKS_EVERY_S)


async def _is_live(looking: Browser, show: int) -> bool:
    return '"state": "live"' in (await looking.open(f"/shows/{show}/room.json")).text


async def _products(looking: Browser, show: int) -> list[int]:
    tray = await looking.open(f"/shows/{show}/tray")
    products = [int(number) for number in tray.tree.xpath("//*[@data-product]/@data-product")] if tray.text else []
    if not products:
        raise CannotPlay("empty_tray", show=show)
    return products


async def _run(wish: Wish, shop: Shop, progress: Callable[[float, Tally], None]) -> None:
    """Everyday life and the schemes at once, until the time is over; then everybody leaves."""
    clock = asyncio.get_running_loop().time
    length_s = wish.minutes * 60
    cast = Cast(shop, wish.seed, clock() + length_s, length_s)
    playing = [asyncio.ensure_future(everyday(cast, wish.people))]
    playing += [asyncio.ensure_future(SCENES[name](cast, size)) for name, size in wish.scenes]
    try:
        while playing and (left_s := cast.left_s()) > 0:
            progress(left_s, shop.tally)
            done, waiting = await asyncio.wait(playing, timeout=min(PROGRESS_S, left_s))
            for task in done:
                task.result()
            playing = list(waiting)
        if playing:
            # Who is in the middle of something ends it; nobody begins anything after the end.
            await asyncio.wait(playing, timeout=10)
    finally:
        for task in playing:
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)
        for person in cast.everybody:
            await person.close()
