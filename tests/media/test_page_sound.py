"""Opus becomes AAC in a process apart: in time, whole, and anew after its end."""

from __future__ import annotations

import array
import asyncio
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from svoi.media.studio.converter import Converter
from svoi.media.studio.opus_to_aac import MISSING
from tests.media.page import RATE_HZ, film, filming, opus, page, ticket
from tests.media.pictures import FFMPEG, decode_faults, frames_in, sound_s
from tests.media.stage import stage

ROOT = Path(__file__).parents[2]
PACKET = struct.Struct(">II")
LIP_SYNC_MS = 40


def adts(frame: bytes) -> bytes:
    """A frame with the head that lets a decoder read it from a plain file: AAC LC, 48 kHz, one channel."""
    length = len(frame) + 7
    return bytes([0xFF, 0xF1, 0x4C, 0x40 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC]) + frame


def decoded(*arguments: str, feed: bytes | None = None) -> array.array[float]:
    """Samples at 48 kHz as ffmpeg hears them."""
    told = subprocess.run(
        [FFMPEG, "-v", "error", *arguments, "-ar", str(RATE_HZ), "-ac", "1", "-f", "f32le", "-"],
        input=feed,
        stdout=subprocess.PIPE,
        check=True,
    )
    return array.array("f", told.stdout)


def clicks_ms(samples: array.array[float], *, begin_ms: float = 0) -> list[float]:
    """When each click begins."""
    found: list[float] = []
    for place, value in enumerate(samples):
        at_ms = begin_ms + place * 1000 / RATE_HZ
        if abs(value) > 0.2 and (not found or at_ms - found[-1] > 500):
            found.append(at_ms)
    return found


def convert(head: bytes, packets: tuple[tuple[int, bytes], ...]) -> list[tuple[int, bytes]]:
    """The child on its own, at full speed."""
    told = PACKET.pack(len(head), 0) + head
    told += b"".join(PACKET.pack(len(packet), at_ms) + packet for at_ms, packet in packets)
    answer = subprocess.run(
        [sys.executable, "-P", "-m", "svoi.media.studio.opus_to_aac"],
        input=told,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    ).stdout
    frames, at = [], 0
    while at < len(answer):
        length, moment_ms = PACKET.unpack_from(answer, at)
        frames.append((moment_ms, answer[at + PACKET.size : at + PACKET.size + length]))
        at += PACKET.size + length
    return frames


def test_after_a_minute_the_lips_still_move_with_the_words() -> None:
    head, packets = opus(60)
    frames = convert(head, tuple((5_000 + at_ms, packet) for at_ms, packet in packets))
    begin_ms, end_ms = frames[0][0], frames[-1][0]
    assert end_ms - begin_ms == pytest.approx((len(frames) - 1) * 1024 * 1000 / RATE_HZ, abs=1)
    heard = clicks_ms(
        decoded("-f", "aac", "-i", "-", feed=b"".join(adts(frame) for _, frame in frames)), begin_ms=begin_ms
    )
    errors_ms = [at_ms - 5_000 - 1000 * second for second, at_ms in enumerate(heard)]
    assert len(heard) == 60
    assert max(map(abs, errors_ms)) < 5
    assert abs(errors_ms[-1]) < LIP_SYNC_MS


def test_a_hole_is_kept_and_what_follows_stays_in_time() -> None:
    head, packets = opus(8)
    frames = convert(head, tuple(one for one in packets if not 2_500 <= one[0] < 3_600))
    heard = clicks_ms(
        decoded("-f", "aac", "-i", "-", feed=b"".join(adts(frame) for _, frame in frames)),
        begin_ms=frames[0][0] - 2**32,
    )
    assert [round(at_ms / 1000, 2) for at_ms in heard] == [0, 1, 2, 4, 5, 6, 7]


def test_torn_packets_are_holes_and_not_the_end() -> None:
    head, packets = opus(4)
    torn = tuple((at_ms, b"\xff\xff\xff" if 1_400 <= at_ms < 1_500 else packet) for at_ms, packet in packets)
    assert len(convert(head, torn)) > 170


def test_without_the_package_the_command_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "av.py").write_text("raise ImportError\n")
    told = subprocess.run(
        [sys.executable, "-P", "-m", "svoi.media.studio.opus_to_aac"],
        input=b"",
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        check=False,
    )
    assert (told.returncode, told.stderr.decode()) == (1, f"{MISSING}\n")


def test_the_media_process_never_holds_the_package() -> None:
    told = subprocess.run(
        [sys.executable, "-P", "-c", "import svoi.media.process, sys; print('av' in sys.modules)"],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert told.stdout == b"False\n"


async def test_opus_is_recorded_as_aac_and_both_tracks_decode(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s, seconds=6, sound="opus") as (told, done):
            await done
            await asyncio.sleep(0.3)
            await told.socket.close()
        await s.until(lambda: s.web.told("offline"))
        run = str(tmp_path / "media" / "7" / "run-0001.mp4")
        assert await decode_faults(run) == ""
        assert await frames_in(run) == 150
        # Seen from the first picture, each click is where its second begins.
        heard = clicks_ms(decoded("-i", run, "-map", "0:a", "-af", "aresample=async=1:first_pts=0"))
        whole = [round(at_ms / 1000) * 1000 for at_ms in heard]
        assert whole[-4:] == [2000, 3000, 4000, 5000]
        assert max(abs(at_ms - second) for at_ms, second in zip(heard, whole, strict=True)) < LIP_SYNC_MS


async def test_a_killed_converter_is_started_anew_and_the_picture_goes_on(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with filming(s, seconds=7, sound="opus") as (told, done):
            await s.until_segments(7, 2)
            pid = converter_pid()
            os.kill(pid, signal.SIGKILL)
            while not (heard := await told.hear("signal"))["restarts"]:
                pass
            await done
            assert converter_pid() not in (0, pid)
            assert (heard["restarts"], s.web.told("offline")) == (1, [])
            await told.socket.close()
        await s.until(lambda: s.web.told("offline"))
        run = str(tmp_path / "media" / "7" / "run-0001.mp4")
        assert await decode_faults(run) == ""
        assert (await s.playlist(7)).count("#EXT-X-MAP") == 1
        assert await frames_in(run) == 175
        # Silence fills the hole: the track is as long as the picture, and the clicks after it are where they belong.
        assert 6.3 < await sound_s(run) <= 7.1
        heard_ms = clicks_ms(decoded("-i", run, "-map", "0:a", "-af", "aresample=async=1:first_pts=0"))
        assert [round(at_ms / 1000, 1) for at_ms in heard_ms[-2:]] == [5, 6]
        await s.until(lambda: converter_pid() == 0)


async def test_a_converter_that_hangs_is_ended_and_its_queue_is_bounded() -> None:
    head, packets = opus(4)
    heard: list[int] = []
    converter = Converter(head, lambda at_ms, _: heard.append(at_ms))
    try:
        await until(lambda: converter.pid)
        first = converter.pid
        os.kill(first, signal.SIGSTOP)
        for number in range(3_000):
            converter.feed(number * 20, packets[number % len(packets)][1])
        assert converter.dropped > 0
        await until(lambda: converter.pid not in (0, first))
        assert converter.restarts == 1
        for at_ms, packet in packets:
            converter.feed(60_000 + at_ms, packet)
        await until(lambda: heard and heard[-1] > 63_000)
    finally:
        pid = converter.pid
        converter.close()
    await until(lambda: not Path(f"/proc/{pid}").exists())


async def test_the_converter_goes_with_its_publisher(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with page(s) as told:
            await told.hello(ticket(7))
            filming = asyncio.create_task(film(told, seconds=1, sound="opus"))
            await until(converter_pid)
            await filming
        await until(lambda: converter_pid() == 0)
        await s.until(lambda: s.web.told("offline"))
        assert [each["reason"] for each in s.web.told("offline")] == ["closed"]


def converter_pid() -> int:
    """Of the only converter that is a child of this process; 0 without one."""
    for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"opus_to_aac" in line:
            return int(child)
    return 0


async def until(holds, *, within_s: float = 10) -> None:
    deadline = asyncio.get_running_loop().time() + within_s
    while not holds():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen"
        await asyncio.sleep(0.02)
