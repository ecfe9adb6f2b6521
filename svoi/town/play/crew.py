"""The crew of a simulated show: it is planned, filmed by RTMP with a key of its own, put on air, and ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import numpy as np

from svoi.media.camera import CLIP, Clip, publish
from svoi.media.flv_file import read_flv
from svoi.media.rtmp.client import PublishRefused
from svoi.media.rtmp.handshake import HandshakeFault
from svoi.town.play.browser import Form, Page
from svoi.town.play.person import Person, Shop

PRODUCTS = 3
PICTURE_WITHIN_S = 20.0


class NoShow(Exception):
    """The crew could not put a show on air; the words say where it stopped."""


@asynccontextmanager
async def on_air(shop: Shop, identity: str, password: str) -> AsyncIterator[int]:
    """A show of one's own, filmed while the block runs; its number. Raises NoShow."""
    producer = Person(shop, "", identity, np.random.default_rng(0))
    try:
        if not await producer.sign_in(password, then="/studio/"):
            raise NoShow("sign-in")
        show, token = await _plan(producer)
        filming = asyncio.create_task(_film(producer, show, token))
        try:
            await _start(producer, show, token)
            yield show
        finally:
            await _press(producer, f"/studio/shows/{show}/end", token)
            filming.cancel()
            with suppress(asyncio.CancelledError, OSError, EOFError, PublishRefused, HandshakeFault):
                await filming
    finally:
        await producer.close()


async def _plan(producer: Person) -> tuple[int, str]:
    """Into the calendar, with a few products laid out."""
    studio = await producer.browser.open("/studio/")
    plans = [link for link in studio.links("/shows") if link.endswith("/shows")]
    page = await producer.browser.open(plans[0]) if plans else studio
    form = page.form("/shows")
    if form is None:
        raise NoShow("plan")
    told = await producer.browser.send(form, title_ru="Учебный эфир (simulated)", title_en="Simulated show")
    parts = told.path.strip("/").split("/")
    if parts[:2] != ["studio", "shows"] or not parts[-1].isdigit():
        raise NoShow("plan")
    show = int(parts[-1])
    choice = await producer.browser.open(f"/studio/shows/{show}/choice")
    token = form.fields["csrfmiddlewaretoken"]
    offered = [str(found).removeprefix("choice-") for found in choice.tree.xpath("//li/@id")]
    for product in offered[:PRODUCTS]:
        await _press(producer, f"/studio/shows/{show}/tray", token, product=product)
    return show, token


async def _film(producer: Person, show: int, token: str) -> None:
    """Ask for a key and publish the demo clip with it, as an encoder would."""
    issued = await _press(producer, f"/studio/shows/{show}/key", token)
    key = "".join(issued.tree.xpath("//*[@id='stream-key']/text()")).strip()
    ingest = "".join(issued.tree.xpath("//*[@id='ingest-address']/text()")).strip()
    if not producer.shop.may_reach(ingest):
        raise NoShow("another machine")
    clip = Clip(await asyncio.to_thread(read_flv, CLIP))
    producer.shop.tally.note("film", "accepted" if key else "failed")
    await publish(clip, ingest, key)


async def _start(producer: Person, show: int, token: str) -> None:
    """On air as soon as a picture arrives; the house says no before that."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + PICTURE_WITHIN_S
    while clock() < deadline:
        told = await _press(producer, f"/studio/shows/{show}/start", token)
        if told.status == 200 and not told.refusal:
            producer.shop.tally.note("show started", "accepted")
            return
        await asyncio.sleep(1)
    raise NoShow("start")


async def _press(producer: Person, path: str, token: str, **fields: str) -> Page:
    return await producer.browser.send(Form(path, {"csrfmiddlewaretoken": token}), **fields)
