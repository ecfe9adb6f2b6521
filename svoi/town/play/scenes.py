"""What can be played at a running shop: everyday life, and those schemes for which the house has doors already."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np

from svoi.town import figures
from svoi.town.people_names import person_name
from svoi.town.play.person import Person, Shop

SPEAKS, BUYS, PAYS = 0.35, 0.25, 0.9  # far livelier than people are, so that a short run shows everything
WORDS = ("Добрый вечер!", "А какой у неё объём?", "Беру, спасибо", "Покажите ещё раз, пожалуйста", "Красиво как")
TABS_A_PHONE = 3
SHARES = {"low": 0.15, "middle": 0.4, "high": 1.0}  # of `people`: how many a scheme brings


@dataclass(slots=True)
class Cast:
    """Everybody who may be called: a seed, a number for each, and the moment when all is over."""

    shop: Shop
    seed: int
    until: float
    length_s: float
    called: int = 0
    everybody: list[Person] = field(default_factory=list)

    def call(self) -> Person:
        """Somebody new. Her e-mail follows from seed and number, so a second run meets the same people."""
        number, self.called = self.called, self.called + 1
        dice = np.random.default_rng([self.seed, number])
        person = Person(self.shop, person_name(number), f"town-{self.seed}-{number}@example.com", dice)
        self.everybody.append(person)
        return person

    def left_s(self) -> float:
        return self.until - asyncio.get_running_loop().time()

    async def wait(self, seconds: float) -> None:
        """Until then, or until all is over."""
        await asyncio.sleep(max(0.0, min(seconds, self.left_s())))


Scene = Callable[[Cast, int], Awaitable[None]]


async def everyday(cast: Cast, size: int) -> None:
    """People come one after another, watch for a while, some speak, some buy."""
    await _together(_visit(cast, cast.call()) for _ in range(size))


async def _visit(cast: Cast, person: Person) -> None:
    await cast.wait(float(person.dice.exponential(cast.length_s / 6)))
    if not (await person.sign_up() and await person.join()):
        return
    line = await person.come_in()
    if line is None:
        return
    length_s = float(person.dice.lognormal(np.log(cast.length_s * 0.5), figures.WATCH_SIGMA / 2))
    await cast.wait(length_s * 0.4)
    if person.dice.random() < SPEAKS:
        await line.say(str(person.dice.choice(WORDS)))
    if person.dice.random() < BUYS:
        await _buy(person, pays=person.dice.random() < PAYS)
    await cast.wait(length_s * 0.6)
    await line.leave()


async def fake_viewers(cast: Cast, size: int) -> None:
    """Telephones of a farm: three lines from each, all of them playing back the first token they ever got."""
    await _together(_farm(cast, cast.call()) for _ in range(max(1, size // TABS_A_PHONE)))


async def _farm(cast: Cast, phone: Person) -> None:
    lines = [await phone.come_in(replays=True) for _ in range(TABS_A_PHONE)]
    await cast.wait(cast.left_s())
    for line in filter(None, lines):
        await line.leave()


async def throwaways(cast: Cast, size: int) -> None:
    """New accounts say the same words once and leave for good."""

    async def once(person: Person) -> None:
        if await person.sign_up() and await person.join() and (line := await person.come_in()):
            await line.say("Лучший магазин! (simulated)")
            await cast.wait(2)
            await line.leave()

    await _together(once(cast.call()) for _ in range(size))


async def brushing(cast: Cast, size: int) -> None:
    """Accounts order the same product, pay, and never collect it."""

    async def brush(person: Person) -> None:
        if await person.sign_up() and await person.join():
            for _ in range(2):
                await _buy(person, product=cast.shop.products[0], pays=True)

    await _together(brush(cast.call()) for _ in range(size))


async def envelope_sybils(cast: Cast, size: int) -> None:
    """Accounts sit in the room and reach for every envelope the moment it is there."""

    async def reach(person: Person) -> None:
        if not (await person.sign_up() and await person.join() and (line := await person.come_in())):
            return
        asked: set[int] = set()
        while cast.left_s() > 0.2:
            sent = {int(fact["envelope_id"]) for fact in line.facts if fact["kind"] == "envelope_sent"}
            for number in sent - asked:
                await line.claim("envelope", number)
            asked |= sent
            await cast.wait(0.2)
        await line.leave()

    await _together(reach(cast.call()) for _ in range(size))


async def threshold_probing(cast: Cast, size: int) -> None:
    """Each speaks faster and faster until the room says no, and then just slower than that."""

    async def probe(person: Person) -> None:
        if not (await person.sign_up() and await person.join() and (line := await person.come_in())):
            return
        gap_s, number, seen = 2.5, 0, 0
        while cast.left_s() > gap_s:
            number += 1
            await line.say(f"{number} (simulated)")
            await cast.wait(gap_s)
            gap_s = gap_s * 1.3 if line.refusals > seen else max(0.3, gap_s * 0.7)
            seen = line.refusals
        await line.leave()

    await _together(probe(cast.call()) for _ in range(size))


async def raid(cast: Cast, size: int) -> None:
    """Visitors without accounts come within seconds, look at the first product, and stay a little."""

    async def come(person: Person) -> None:
        await cast.wait(float(person.dice.exponential(3)))
        if line := await person.come_in():
            page = await person.browser.open(f"{cast.shop.room}sheet?product={cast.shop.products[0]}")
            cast.shop.tally.answered("product page", page.status, page.refusal)
            await cast.wait(float(person.dice.uniform(15, 45)))
            await line.leave()

    await _together(come(cast.call()) for _ in range(size))


async def flash_sale(cast: Cast, size: int) -> None:
    """Everybody is in the room already, and then orders the same product at once."""
    people = [cast.call() for _ in range(size)]

    async def ready(person: Person) -> None:
        _ = await person.sign_up() and await person.join()

    await _together(ready(person) for person in people)
    await _together(_buy(person, product=cast.shop.products[0], pays=True) for person in people)


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (fake_viewers, throwaways, brushing, envelope_sybils, threshold_probing, raid, flash_sale)
}


async def _buy(person: Person, *, pays: bool, product: int = 0) -> None:
    wanted = product or int(person.dice.choice(person.shop.products))
    order = await person.order(wanted)
    if order is not None and pays:
        await person.pay(order)


async def _together(each: object) -> None:
    await asyncio.gather(*each)  # type: ignore[misc]
