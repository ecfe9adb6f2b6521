"""A recording and a clip in a real browser, from a real media process: a chapter's link seeks, a clip plays."""

from __future__ import annotations

import asyncio
import base64
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from svoi.media.process import MediaProcess
from svoi.members.models import Member
from svoi.replays.actions import ask_clip, make_clip
from svoi.replays.models import Clip
from svoi.replays.queries import chapters_of_show
from svoi.shows.models import Show
from tests import cast
from tests.cast import NOON
from tests.chromium import needs_chromium
from tests.media.pictures import FFMPEG, clip
from tests.media.stage import Stage, config, fake_web
from tests.replays.stage import ended_show, span_of
from tests.web.room.screen import SITE, TYPES

SECONDS = 24  # as long as two chapters need
AT = "document.querySelector('svoi-player').mediaTime"
VIDEO = "document.querySelector('.after-video')"
STANDS = (
    "() => [...document.querySelectorAll('video')].map((v) => [v.readyState, v.currentTime, v.error?.message ?? ''])"
)
# What would be sent is kept instead, in letters.
TAKEN = """() => document.querySelector("#poster-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const bytes = new Uint8Array(await event.target.elements.file.files[0].arrayBuffer());
  globalThis.taken = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
})"""
pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@dataclass
class Media:
    """The process, where it records, and when the show began by its clock."""

    folder: Path
    port: int = 0
    began_at: datetime = NOON


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Media]:
    """A show of 24 seconds, recorded; the process goes on beside the tests."""
    told, ready, loops = Media(tmp_path_factory.mktemp("media")), threading.Event(), []
    done = asyncio.Event()

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        async with fake_web(KEY=7) as house:
            process = MediaProcess(replace(config(told.folder, house.port), origins=frozenset([SITE])))
            await process.start()
            source, url = clip(seconds=SECONDS, size="284x160"), f"rtmp://127.0.0.1:{process.rtmp_port}/live/KEY"
            command = ["-v", "error", "-re", "-i", str(source), "-c", "copy", "-f", "flv", url]
            assert await (await asyncio.create_subprocess_exec(FFMPEG, *command)).wait() == 0
            await Stage(house, told.folder, None).until(lambda: house.told("offline"))
            show = await process.shows.find(7)
            show.end()
            began_ms = show.timeline.epoch_ms + show.timeline.segments[0].wall_ms
            told.port, told.began_at = process.http_port, datetime.fromtimestamp(began_ms / 1000, UTC)
            ready.set()
            await done.wait()
            await process.stop()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert ready.wait(SECONDS + 20)
    yield told
    loops[0].call_soon_threadsafe(done.set)
    thread.join(10)


@pytest.fixture
def over(media: Media, settings, table, anna) -> Show:
    """The recorded show, with two products explained for eleven seconds each."""
    settings.MEDIA_URL_PUBLIC = f"http://127.0.0.1:{media.port}"
    settings.INNER_HOST, settings.MEDIA_PORT = "127.0.0.1", media.port
    mug, towel = cast.product(table), cast.product(table, name="Полотенце")
    show = ended_show(table, anna, mug, towel, at=media.began_at, each_s=11)
    show.ended_at = show.went_live_at + timedelta(seconds=SECONDS)
    show.save(update_fields=["ended_at"])
    show.ingests.update(offline_at=show.ended_at)
    shutil.copytree(media.folder / "media" / "7", media.folder / "media" / str(show.pk))
    return show


def opened(chromium: Browser, person, address: str, media: Media, *, width: int = 390) -> tuple[Page, list[str]]:
    """The page as the server renders it now; the media process is asked for real."""
    client, faults = Client(), []
    client.force_login(person)
    told = client.get(address)
    page = chromium.new_context(viewport={"width": width, "height": 844}).new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)

    def answer(route: Route) -> None:
        url = route.request.url
        if url.startswith(f"http://127.0.0.1:{media.port}/"):
            # Fetched from outside the page: browsers keep a page of one network from asking a loopback address.
            route.fulfill(response=route.fetch())
        elif url.partition("?")[0].startswith(f"{SITE}/static/"):
            found = finders.find(url.partition("?")[0].removeprefix(f"{SITE}/static/"))
            kind = TYPES.get(url.partition("?")[0].rpartition(".")[2], "text/plain")
            route.fulfill(status=200 if found else 404, content_type=kind, path=found or None)
        elif url == SITE + address:
            policy = told.headers["Content-Security-Policy"]
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
            route.fulfill(status=200, headers=headers, body=told.content)
        else:
            route.fulfill(status=503)

    page.context.route("**/*", answer)
    page.goto(SITE + address)
    return page, faults


def until(page: Page, script: str, arg: object = None) -> None:
    """Wait for something the page can be asked for; its own policy lets nobody put the question into the page."""
    deadline = time.monotonic() + 15
    while not page.evaluate(script, arg):
        assert time.monotonic() < deadline, page.evaluate(STANDS)
        page.wait_for_timeout(50)


def shows(page: Page, begin_ms: int) -> None:
    """Wait until the frame on the screen is one of the two seconds after this media time."""
    until(page, f"(begin) => {{ const at = {AT}; return begin <= at + 60 && at < begin + 2000; }}", begin_ms)


def cut_clip(over: Show, anna: Member) -> Clip:
    """Eight seconds of the first chapter, by the media process."""
    product_id, reference = chapters_of_show(over)[0].product_id, uuid4()
    asked = ask_clip(
        show_id=over.pk, product_id=product_id, span=span_of(over, 1, 9), reference=reference, by=anna, at=over.ended_at
    )
    make_clip(clip_id=asked.pk, at=over.ended_at)
    asked.refresh_from_db()
    return asked


def test_a_chapter_seeks_from_its_list_and_by_keys(chromium, media, over, anna):
    first, second = (one.begin_ms for one in chapters_of_show(over))
    page, faults = opened(chromium, anna, reverse("show", args=[over.pk]), media)
    page.click(".notice-chapters")
    page.click(f"#chapters a[data-chapter='{second}']")
    shows(page, second)
    assert page.locator("#chapters").get_attribute("open") is None
    page.wait_for_selector(f"#chapters a[data-chapter='{second}'][aria-current]", state="attached")
    assert page.locator("svoi-chapters > i").count() == 2
    page.click(".room-chapters")
    page.wait_for_selector("#chapters[open]")
    page.keyboard.press("Escape")
    page.focus("svoi-player")
    page.keyboard.press("PageUp")
    shows(page, first)
    page.keyboard.press("PageDown")
    shows(page, second)
    assert faults == []


def test_a_link_to_a_moment_begins_there(chromium, media, over, anna):
    at = chapters_of_show(over)[1].begin_ms + 4000
    page, faults = opened(chromium, anna, f"{reverse('show', args=[over.pk])}?at={at}", media)
    shows(page, at)
    assert page.evaluate("document.querySelector('video').muted") is True
    assert faults == []


def test_a_clip_asked_for_in_the_studio_is_cut_plays_and_seeks(chromium, media, over, anna):
    asked = cut_clip(over, anna)
    assert asked.state == "made"
    assert asked.begins_at <= asked.cut_from < asked.cut_until <= asked.ends_at + timedelta(seconds=0.1)
    page, faults = opened(chromium, anna, reverse("studio_clips", args=[over.pk]), media, width=1280)
    until(page, f"{VIDEO}.readyState >= 1")
    length_s = page.evaluate(f"{VIDEO}.duration")
    assert abs(length_s - (asked.cut_until - asked.cut_from).total_seconds()) < 0.1
    page.evaluate(f"(async () => {{ const v = {VIDEO}; v.muted = true; v.currentTime = 4; await v.play(); }})()")
    until(page, f"{VIDEO}.currentTime > 4.5")
    assert page.evaluate(f"{VIDEO}.getVideoPlaybackQuality().totalVideoFrames") > 5
    assert faults == []


def test_the_frame_a_clip_stands_at_becomes_the_file_of_the_posters_form(chromium, media, over, anna):
    cut_clip(over, anna)
    page, faults = opened(chromium, anna, reverse("studio_announcement", args=[over.pk]), media, width=1280)
    until(page, f"{VIDEO}.readyState >= 2")
    page.evaluate(TAKEN)
    page.click("[data-frame]")
    until(page, "globalThis.taken !== undefined")
    frame = Image.open(BytesIO(base64.b64decode(page.evaluate("taken"))))
    assert (frame.format, frame.size, len(frame.getcolors(284 * 160) or []) > 100) == ("JPEG", (284, 160), True)
    assert faults == []
