"""Buyers at once, over real connections: each reads the order page once, then orders one thing after another."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

ORDERS_EACH = 10  # as many unpaid orders as the shop lets one member have
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Buyers:
    """Members with sessions, handed out in turn: nobody orders more than the shop allows."""

    port: int
    told: dict[str, Any]
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    placed: int = 0

    def __post_init__(self) -> None:
        self._sessions: Iterator[str] = iter(session for session in self.told["sessions"] for _ in range(ORDERS_EACH))

    def buy(self, *, goods: int, clients: int, seconds: float) -> list[float]:
        """Order out of the first so many goods for so long; how long each order took, in seconds."""
        return asyncio.run(self._buy(self.told["goods"][:goods], clients, seconds))

    async def _buy(self, goods: list[list[int]], clients: int, seconds: float) -> list[float]:
        taken: list[float] = []
        browsers = [await Browser.opened(self) for _ in range(clients)]
        try:
            until = time.perf_counter() + seconds
            await asyncio.gather(*(self._order_on(browser, goods, until, taken) for browser in browsers))
        finally:
            for browser in browsers:
                browser.close()
        self.placed += len(taken)
        return taken

    async def _order_on(self, browser: Browser, goods: list[list[int]], until: float, taken: list[float]) -> None:
        while (began := time.perf_counter()) < until:
            product, variant = self.dice.choice(goods)
            await browser.order(self.session(), product, variant)
            taken.append(time.perf_counter() - began)

    def session(self) -> str:
        session = next(self._sessions, None)
        if session is None:
            raise RuntimeError("every member has as many unpaid orders as the shop allows; seed more members")
        return session

    def form(self, product: int, variant: int, token: str) -> bytes:
        """What the order page sends; every tap has a key of its own."""
        return urlencode(
            {
                "csrfmiddlewaretoken": token,
                "product": product,
                "variant": variant,
                "quantity": 1,
                "pickup_point": self.told["point"],
                "key": UUID(int=self.dice.getrandbits(128), version=4),
                f"shown_{variant}": self.told["price_minor"],
                "currency": "RUB",
            }
        ).encode()

    def address(self, product: int) -> str:
        return f"/c/{self.told['slug']}/products/{product}/orders"


class Browser:
    """One connection that is kept, with the page's token."""

    def __init__(self, buyers: Buyers, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._buyers, self._reader, self._writer = buyers, reader, writer
        self._token = self._secret = ""

    @classmethod
    async def opened(cls, buyers: Buyers) -> Browser:
        browser = cls(buyers, *await asyncio.open_connection("127.0.0.1", buyers.port))
        cookies = f"{buyers.told['cookie']}={buyers.told['sessions'][0]}"
        status, head, page = await browser._asked("GET", buyers.address(buyers.told["goods"][0][0]), cookies)
        token = _TOKEN.search(page)
        secret = re.search(rf"{buyers.told['csrf_cookie']}=(\w+)".encode(), head)
        if status != 200 or token is None or secret is None:
            raise RuntimeError(f"the order page answered {status}: {page[:500]!r}")
        browser._token, browser._secret = token[1].decode(), secret[1].decode()
        return browser

    async def order(self, session: str, product: int, variant: int) -> None:
        buyers = self._buyers
        cookies = f"{buyers.told['cookie']}={session}; {buyers.told['csrf_cookie']}={self._secret}"
        form = buyers.form(product, variant, self._token)
        status, head, page = await self._asked("POST", buyers.address(product), cookies, form)
        if status != 303 or b"\r\nlocation: /orders/" not in head.lower():
            raise RuntimeError(f"an order was answered {status}: {page[:500]!r}")

    def close(self) -> None:
        self._writer.close()

    async def _asked(self, method: str, address: str, cookies: str, body: bytes = b"") -> tuple[int, bytes, bytes]:
        port = self._buyers.port
        lines = [f"{method} {address} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {cookies}"]
        if body:
            lines += [f"Origin: http://127.0.0.1:{port}", "Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", head.lower())
        page = await self._reader.readexactly(int(length[1])) if length else b""
        return int(head.split(maxsplit=2)[1]), head, page
