"""A show of three hours: memory stays flat, what viewers ask for stays small, the recording and chapters are whole."""

from __future__ import annotations

import asyncio
import gc
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from svoi.media.hls.playlist import SEGMENTS_WITH_PARTS, SKIP_UNTIL_S
from svoi.media.hls.reader import SegmentReader
from svoi.media.hls.recording import Recording, run_path
from svoi.media.hls.timeline import RECENT_SEGMENTS
from svoi.media.show import Show as MediaShow
from svoi.media.shows import Shows
from svoi.replays.queries import chapters_of_show
from svoi.shows.models import Ingest, Pin
from tests import cast
from tests.media.hours import Told, World, play, publisher

HOURS_S = 3 * 3600
WARM_S = 600
PRODUCTS = 200
GROWTH_BYTES_MAX = 16 << 20  # what 10,800 segments weigh in the timeline and the playlist, and no picture among them
DELTA_BYTES_MAX = 6_000
LINE_BYTES_MAX = 100  # of the whole playlist, for each second of the show


class Seen(NamedTuple):
    """What was read while the show ran."""

    delta_bytes: int  # the longest answer to a player that has the playlist already
    delta_segments: int
    parts_listed: int
    held_segments: int  # the most segments whose bytes stood in memory
    growth_bytes: int


def resident_bytes() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def look(show: MediaShow, seen: Seen) -> Seen:
    delta = show.playlist(may_skip=True)[0].decode()
    held = sum(one.payload is not None or bool(one.parts) for one in show.timeline.segments)
    return Seen(
        max(seen.delta_bytes, len(delta)),
        max(seen.delta_segments, delta.count("#EXTINF")),
        max(seen.parts_listed, delta.count("#EXT-X-PART:")),
        max(seen.held_segments, held),
        seen.growth_bytes,
    )


async def simulate(folder: Path, world: World, told: Told) -> tuple[MediaShow, Seen]:
    """The whole show, from the first picture to its end."""
    show = await Shows(folder).open(7)
    ingest = publisher(show, told)
    seen, warm = Seen(0, 0, 0, 0, 0), 0
    for second in play(ingest, world, seconds=HOURS_S):
        if second % 60 == 0:
            seen = look(show, seen)
        if second % WARM_S == 0:
            show.playlist(may_skip=False)  # somebody comes in anew
            await show.sync()
        if second == WARM_S:
            warm = resident_bytes()
    seen = seen._replace(growth_bytes=resident_bytes() - warm)
    ingest.close("closed")
    return show, seen


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[MediaShow, Seen, Told]:
    """Once for all tests here, before any of them opens a transaction that would wait for it."""
    told = Told()
    with pytest.MonkeyPatch.context() as patch:
        show, seen = asyncio.run(simulate(tmp_path_factory.mktemp("hours"), World().rule(patch), told))
    return show, seen, told


def test_memory_stays_flat_and_what_viewers_ask_for_stays_small(played):
    show, seen, _ = played
    assert seen.growth_bytes < GROWTH_BYTES_MAX, f"{seen.growth_bytes >> 10} KB grew"
    assert seen.held_segments <= RECENT_SEGMENTS
    assert seen.delta_bytes < DELTA_BYTES_MAX
    assert seen.delta_segments <= SKIP_UNTIL_S + 2
    assert seen.parts_listed <= (SEGMENTS_WITH_PARTS + 1) * 6
    live = show.playlist(may_skip=False)
    assert len(live[0]) < HOURS_S * LINE_BYTES_MAX
    assert len(live[1]) < len(live[0]) / 5


def test_the_recording_is_whole_and_a_restart_reads_it_as_it_was(played):
    show, folder = played[0], played[0].recording.folder
    show.end()
    segments = show.timeline.segments
    assert [len(show.timeline.runs), len(segments)] == [1, HOURS_S]
    assert abs(sum(one.duration_ms for one in segments) - HOURS_S * 1000) < 1000
    assert all(one.end_ms == after.start_ms for one, after in pairwise(segments))
    assert [one.number for one in segments if not one.is_stored] == []
    run = show.timeline.runs[0]
    assert run_path(folder, 1).stat().st_size == run.init_bytes + sum(one.length for one in segments)

    async def first() -> bytes:
        return await show.payload(segments[0], SegmentReader())

    payload = asyncio.run(first())
    assert (segments[0].payload, len(payload), payload[4:8]) == (None, segments[0].length, b"moof")
    show.recording.close()
    loaded = Recording.load(folder).timeline
    assert loaded.is_ended
    assert [(one.start_ms, one.offset, one.length) for one in loaded.segments] == [
        (one.start_ms, one.offset, one.length) for one in segments
    ]


@pytest.mark.django_db
def test_two_hundred_products_with_slips_between_are_as_many_chapters_of_it(played, table, anna):
    recording, _, told = played
    began = datetime.fromtimestamp(told.online_at[0] / 1000, UTC)
    over = datetime.fromtimestamp(told.offline_at[0] / 1000, UTC)
    products = [cast.product(table).product for _ in range(PRODUCTS)]
    slip = cast.product(table).product
    show = cast.live_show(table, anna)
    show.ingests.all().delete()
    show.went_live_at, show.ended_at = began, over
    show.save()
    Ingest.objects.create(show=show, session=uuid4(), online_at=began, offline_at=over)
    each = (over - began) / PRODUCTS
    expected = []
    for place, product in enumerate(products):
        at, until = began + each * place, began + each * (place + 1) - timedelta(seconds=8)
        middle = at + timedelta(seconds=20)
        back = middle + timedelta(seconds=2)  # for two seconds somebody pinned the wrong one
        for what, since, to in ((product, at, middle), (slip, middle, back), (product, back, until)):
            Pin.objects.create(show=show, product=what, pinned_by=anna, pinned_at=since, unpinned_at=to)
        expected.append((product.pk, round(at.timestamp() * 1000), round(until.timestamp() * 1000)))
    chapters = chapters_of_show(show)
    assert [(one.product_id, one.begin_ms, one.end_ms) for one in chapters] == expected
    epoch_ms, end_ms = recording.timeline.epoch_ms, recording.timeline.end_ms
    assert all(0 <= one.begin_ms - epoch_ms < one.end_ms - epoch_ms <= end_ms for one in chapters)
    dated = re.findall(r"#EXT-X-PROGRAM-DATE-TIME:(\S+)", recording.playlist(may_skip=False)[0].decode())
    assert len(dated) == HOURS_S
    assert datetime.fromisoformat(dated[-1]) - datetime.fromisoformat(dated[0]) == timedelta(seconds=HOURS_S - 1)
