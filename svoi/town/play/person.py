"""One simulated person at a shop: she signs up, joins, watches, speaks, orders and pays, by the pages' own forms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from svoi.town.play.browser import Browser, Page
from svoi.town.play.room import Line
from svoi.town.play.tally import Tally

PASSWORD = "only a simulation 2026"  # noqa: S105 - these accounts exist to be looked at
PAY_TRIES, PAY_AGAIN_S = 8, 1.0


@dataclass(slots=True)
class Shop:
    """Where everything happens: address, show, its community, what it sells, and who may be reached."""

    address: str
    show: int
    products: list[int]
    may_reach: Callable[[str], bool]
    tally: Tally
    # Signing up costs the house a slow hash; a few at a time are what a door sees.
    door: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))

    @property
    def room(self) -> str:
        return f"/shows/{self.show}/"


class Person:
    """A name, an e-mail nobody reads, dice of her own, and a browser."""

    def __init__(self, shop: Shop, name: str, identity: str, dice: np.random.Generator) -> None:
        self.shop, self.name, self.identity, self.dice = shop, name, identity, dice
        self.browser = Browser(shop.address)

    async def sign_up(self) -> bool:
        """By the form of the page; who was here in an earlier run signs in."""
        async with self.shop.door:
            page = await self.browser.open(f"/sign-up?next={self.shop.room}")
            form = page.form("/sign-up")
            if form is None:
                return self.shop.tally.answered("sign-up", page.status or 0, "no form")
            told = await self.browser.send(
                form, name=self.name, identity=self.identity, password=PASSWORD, processing="on"
            )
            if told.path == "/sign-up":
                return await self.sign_in()
        return self.shop.tally.answered("sign-up", told.status, told.refusal)

    async def sign_in(self, password: str = PASSWORD, then: str = "") -> bool:
        page = await self.browser.open(f"/sign-in?next={then or self.shop.room}")
        form = page.form("/sign-in")
        told = await self.browser.send(form, identity=self.identity, password=password) if form else page
        return self.shop.tally.answered("sign-in", told.status, told.refusal)

    async def join(self) -> bool:
        """By the door in the room; nothing to do where she belongs already."""
        page = await self.browser.open(self.shop.room)
        form = page.form("/memberships")
        if form is None:
            return page.status == 200
        told = await self.browser.send(form)
        return self.shop.tally.answered("join", told.status, told.refusal)

    async def come_in(self, *, replays: bool = False) -> Line | None:
        """Open the room's page and its line."""
        page = await self.browser.open(self.shop.room)
        if not self.shop.tally.answered("room", page.status, page.refusal):
            return None
        line = Line(self.browser, self.shop.show, self.shop.tally, replays=replays)
        return line if await line.enter(page, self.shop.may_reach) else None

    async def order(self, product: int) -> Page | None:
        """Fill in the sheet: the first point, whatever stands chosen, one piece."""
        sheet = await self.browser.open(f"{self.shop.room}sheet?product={product}")
        form = sheet.form("/orders")
        if form is None or "pickup_point" not in form.choices:
            self.shop.tally.answered("order", sheet.status, sheet.refusal or "no form")
            return None
        points = form.choices["pickup_point"]
        variants = form.choices.get("variant", [])
        form.fields.setdefault("pickup_point", points[int(self.dice.integers(0, len(points)))])
        if variants:
            form.fields.setdefault("variant", variants[0])
        told = await self.browser.send(form, quantity="1")
        return told if self.shop.tally.answered("order", told.status, told.refusal) else None

    async def pay(self, order: Page) -> bool:
        """Follow the order's page to the demo's bank and say yes there."""
        for _ in range(PAY_TRIES):
            if ready := order.links("/fake-bank/"):
                bank = await self.browser.open(ready[0])
                form = bank.form(bank.path)
                told = await self.browser.send(form, decision="succeed") if form else bank
                return self.shop.tally.answered("payment", told.status, told.refusal)
            await asyncio.sleep(PAY_AGAIN_S)
            order = await self.browser.open(order.path)
        self.shop.tally.note("payment", "failed", "no way to pay")
        return False

    async def close(self) -> None:
        await self.browser.session.close()
