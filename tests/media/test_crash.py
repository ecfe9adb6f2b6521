"""The process and the demo camera as the supervisor runs them: killed at the worst moment, they go on."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from svoi.media.process import FolderTaken, MediaProcess
from tests.media.pictures import clip, decode_faults
from tests.media.stage import ORIGIN, SECRET, Stage, config, fake_web, stage

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def program(*arguments: str, **environment: str):
    """A module of the house in a process of its own; killed at the end if it still lives."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, env={"PATH": os.environ["PATH"], **environment}, cwd=ROOT
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def until_healthy(s: Stage) -> None:
    for _ in range(200):
        try:
            assert (await s.get(f"http://127.0.0.1:{s.http_port}/healthz"))[0] == 200
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError("media did not start")


def told_segments(text: str) -> list[tuple[str, str]]:
    """Each complete segment's wall clock time and length."""
    return re.findall(r"DATE-TIME:(\S+)\n(?:#EXT-X-PART:.*\n)*#EXTINF:([\d.]+),", text)


async def test_killed_in_the_middle_of_a_show_it_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    async with fake_web(KEY=7) as house, aiohttp.ClientSession() as client:
        s = Stage(house, tmp_path, client, free_port(), free_port())
        told = {
            "SVOI_DATA": str(tmp_path), "SVOI_SECRET": SECRET, "SVOI_ORIGINS": ORIGIN, "SVOI_PORT": str(house.port),
            "SVOI_MEDIA_PORT": str(s.http_port), "SVOI_RTMP_PORT": str(s.rtmp_port),
        }  # fmt: skip
        key_file = tmp_path / "key"
        filming = ("svoi.media.camera", "--url", s.rtmp_url, "--key-file", str(key_file), "--clip", str(clip()))
        async with program(*filming) as camera:
            async with program("svoi.media", **told) as media:
                await until_healthy(s)
                key_file.write_text("KEY\n")
                seen = await s.until_segments(7, 3)
                media.send_signal(signal.SIGKILL)
                await media.wait()
            async with program("svoi.media", **told) as media:
                await until_healthy(s)
                restored = await s.playlist(7)
                assert told_segments(restored)[: len(told_segments(seen))] == told_segments(seen)
                after = await s.until_segments(7, len(told_segments(restored)) + 2)
                assert after.count("#EXT-X-DISCONTINUITY\n") == 1
                assert told_segments(after)[: len(told_segments(restored))] == told_segments(restored)
                assert [(each["session"], each["reason"]) for each in house.told("offline")] == [
                    ("session-1", "restarted")
                ]
                camera.terminate()
                assert await camera.wait() == 0
                await s.until(lambda: len(house.told("offline")) == 2)
                assert house.told("offline")[1]["reason"] == "closed"
                assert await decode_faults(await s.replay_url(7)) == ""
                media.terminate()
                assert await media.wait() == 0


async def test_on_sigterm_publishers_hear_why_and_the_run_is_closed(tmp_path: Path) -> None:
    async with stage(tmp_path, KEY=7) as s:
        key_file = tmp_path / "key"
        key_file.write_text("KEY")
        async with program(
            "svoi.media.camera", "--url", s.rtmp_url, "--key-file", str(key_file), "--clip", str(clip())
        ):
            await s.until_segments(7, 1)
            await s.process.stop()
            assert [each["reason"] for each in s.web.told("offline")] == ["stopping"]
    again = MediaProcess(config(tmp_path, s.web.port))
    await again.start()
    show = await again.shows.find(7)
    assert sum(segment.length for segment in show.timeline.segments) == _stored(tmp_path)
    await again.stop()


async def test_two_processes_never_share_a_folder(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        second = MediaProcess(config(tmp_path, s.web.port))
        with pytest.raises(FolderTaken):
            await second.start()


async def test_the_camera_does_not_outlive_its_parent(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time; "
        "child = subprocess.Popen([sys.executable, '-m', 'svoi.media.camera', '--url', 'rtmp://127.0.0.1:1/live', "
        f"'--key-file', {str(tmp_path / 'never')!r}, '--clip', {str(clip())!r}], stderr=subprocess.DEVNULL); "
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    child = int(await parent.stdout.readline())
    await asyncio.sleep(1.5)
    parent.kill()
    await parent.wait()
    for _ in range(100):
        if not _lives(child):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the camera is an orphan")


def _lives(pid: int) -> bool:
    """A zombie nobody waits for counts as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _stored(folder: Path) -> int:
    run = folder / "media" / "7" / "run-0001.mp4"
    raw = run.read_bytes()
    return len(raw) - raw.index(b"moof") + 4
