"""Streams for the tests, made by ffmpeg once: the frames are real, so a decoder can be the judge."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import imageio_ffmpeg

FFMPEG = shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()
_FOLDER = Path(mkdtemp(prefix="media-clips-"))


@cache
def clip(
    *,
    seconds: float = 3,
    size: str = "160x284",
    fps: int = 25,
    key_every: int = 12,
    b_frames: int = 0,
    codec: str = "libx264",
    sound: str = "aac",
    pixels: str = "yuv420p",
    preset: str = "ultrafast",
) -> Path:
    """An FLV file; `sound` may be empty."""
    path = _FOLDER / f"{codec}-{size}-{fps}-{key_every}-{b_frames}-{sound or 'silent'}-{seconds}-{pixels}-{preset}.flv"
    picture = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=r=44100:d={seconds}"] if sound else []
    video = ["-c:v", codec, "-preset", preset, "-g", str(key_every), "-bf", str(b_frames), "-pix_fmt", pixels]
    video += ["-sc_threshold", "0"] if codec == "libx264" else []
    subprocess.run(
        [FFMPEG, "-v", "error", *picture, *tone, *video, *(["-c:a", sound] if sound else []), "-y", str(path)],
        check=True,
    )
    return path


async def decode_faults(*sources: str) -> str:
    """What ffmpeg's decoder complains about; empty when it can read everything."""
    told = []
    for source in sources:
        decoder = await asyncio.create_subprocess_exec(
            FFMPEG, "-v", "error", "-i", source, "-f", "null", "-", stderr=asyncio.subprocess.PIPE
        )
        told.append((await decoder.communicate())[1].decode())
    return "".join(told)


async def frames_in(source: str) -> int:
    """How many pictures ffmpeg decodes."""
    decoder = await asyncio.create_subprocess_exec(
        FFMPEG, "-v", "error", "-stats", "-i", source, "-map", "0:v", "-f", "null", "-", stderr=asyncio.subprocess.PIPE
    )
    told = (await decoder.communicate())[1].decode()
    return int(told.rpartition("frame=")[2].split()[0])


async def sound_s(source: str) -> float:
    """How many seconds of sound ffmpeg decodes."""
    decoder = await asyncio.create_subprocess_exec(
        FFMPEG, "-v", "error", "-i", source, "-map", "0:a", "-ar", "8000", "-ac", "1", "-f", "u8", "-",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    return len((await decoder.communicate())[0]) / 8000
