"""A browser without a screen: cookies, pages, and forms that are filled in and sent as they stand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import aiohttp
import lxml.html
from lxml.html import HtmlElement

PATIENCE_S = 30.0
AGENT = "svoi-town (simulated visitor)"
FAULTS = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


@dataclass(slots=True)
class Form:
    """Where a form goes, what it would send, and what may be chosen by name."""

    address: str
    fields: dict[str, str]
    choices: dict[str, list[str]] = field(default_factory=dict)


class Page:
    """An answer: its status, the address it came from in the end, its words. Status 0: nobody answered."""

    def __init__(self, status: int, address: str = "", text: str = "") -> None:
        self.status, self.address, self.text = status, address, text
        self._tree: HtmlElement | None = None

    @property
    def tree(self) -> HtmlElement:
        if self._tree is None:
            self._tree = lxml.html.fromstring(self.text or "<html></html>")
        return self._tree

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def refusal(self) -> str:
        """The code of a refusal that stands on the page."""
        found = self.tree.xpath("//@data-refused") if self.text else []
        return str(found[0]) if found else ""

    def links(self, part: str) -> list[str]:
        """Addresses on the page that hold these words."""
        return [str(link) for link in self.tree.xpath("//a/@href | //@data-sheet-address") if part in link]

    def form(self, ending: str) -> Form | None:
        """The first form that goes to an address with this ending."""
        for form in self.tree.xpath("//form"):
            action = form.get("action") or self.path
            if urlsplit(action).path.endswith(ending):
                return _read(form, urljoin(self.address, action))
        return None


def _read(form: HtmlElement, address: str) -> Form:
    """What the form holds, with parts that stand outside of it and name it."""
    parts = form.xpath(".//input | .//select | .//textarea")
    if name := form.get("id"):
        parts += form.xpath(f"//*[self::input or self::select or self::textarea][@form='{name}']")
    told = Form(address, {})
    for part in parts:
        name, kind, value = part.get("name"), part.get("type", ""), part.get("value") or ""
        if not name:
            continue
        if part.tag == "select":
            value = part.value or ""
        elif kind in ("radio", "checkbox"):
            told.choices.setdefault(name, []).append(value or "on")
            if part.get("checked") is None:
                continue
        told.fields.setdefault(name, value)
    return told


class Browser:
    """One person's browser at one shop. Every answer comes back as a page; a fault is a page of status 0."""

    def __init__(self, shop: str, *, language: str = "ru") -> None:
        self.shop = shop
        headers = {"User-Agent": AGENT, "Accept-Language": language, "Origin": shop}
        self.session = aiohttp.ClientSession(
            headers=headers,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=PATIENCE_S),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def open(self, path: str) -> Page:
        return await self._ask("GET", path)

    async def send(self, form: Form, **changes: str) -> Page:
        return await self._ask("POST", form.address, data={**form.fields, **changes})

    async def post(self, path: str, token: str) -> dict[str, Any] | int:
        """Ask for JSON as a page's script does; the status when there is none."""
        try:
            async with self.session.post(urljoin(self.shop, path), headers={"X-CSRFToken": token}) as answer:
                return dict(await answer.json()) if answer.ok else answer.status
        except FAULTS:
            return 0

    async def _ask(self, method: str, path: str, **more: Any) -> Page:
        try:
            async with self.session.request(method, urljoin(self.shop, path), **more) as answer:
                return Page(answer.status, str(answer.url), await answer.text())
        except FAULTS:
            return Page(0)
