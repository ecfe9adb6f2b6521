"""Paints and encodes the demo camera's clip, svoi/media/demo/clip.flv: `python tools/make_clip.py [--still FOLDER]`.

Needs ffmpeg with libx264. 24 seconds are exactly 600 frames and 1125 AAC frames: laps join without a step.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from clip.layers import HEIGHT, WIDTH
from clip.sound import RATE_HZ, write_laps
from clip.table import Table
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from svoi.media.flv_file import AUDIO, SCRIPT, VIDEO, Tag, read_flv, write_flv  # noqa: E402 - the path comes first

TARGET = ROOT / "svoi" / "media" / "demo" / "clip.flv"
SECONDS, FPS = 24, 25
AAC_FRAME = 1024
RAW = f"-f rawvideo -pix_fmt rgb24 -s {WIDTH}x{HEIGHT} -r {FPS} -i -"
LOSSLESS = "-vf scale=out_color_matrix=bt709 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 0"
VIDEO_CODEC = """
    -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v libx264 -preset veryslow -tune animation
    -profile:v high -level 3.1 -b:v 430k -maxrate 900k -bufsize 900k -aq-mode 3 -bf 0 -g 25 -keyint_min 25
    -sc_threshold 0
"""
AUDIO_CODEC = "-c:a aac -b:a 40k"


def ffmpeg(options: str, target: Path) -> list[str]:
    return ["ffmpeg", "-v", "error", *options.split(), "-y", str(target)]


def paint(path: Path) -> None:
    """All frames, without loss; a little noise, the same in every lap, keeps the walls from banding."""
    table, dice = Table(), np.random.default_rng(24)
    grain = dice.uniform(-0.5, 0.5, (HEIGHT, WIDTH, 1)).astype(np.float32)
    encoder = subprocess.Popen(ffmpeg(f"{RAW} {LOSSLESS}", path), stdin=subprocess.PIPE)
    assert encoder.stdin is not None
    count = SECONDS * FPS
    for number in range(count):
        frame = np.clip(table.frame(number / count), 0, 1) * 255 + 0.5 + grain
        encoder.stdin.write(np.clip(frame, 0, 255).astype(np.uint8).tobytes())
        if sys.stdout.isatty():
            print(f"\r{number + 1:>4} of {count} frames", end="", flush=True)
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise SystemExit("ffmpeg could not keep the frames")


def encode_pictures(painted: Path, path: Path, folder: Path) -> None:
    """Two passes, so that the clip has the size it should have."""
    passes = f"-i {painted} {VIDEO_CODEC} -passlogfile {folder / 'passes'} -pass"
    subprocess.run(ffmpeg(f"{passes} 1 -f null", Path("/dev/null")), check=True)
    subprocess.run(ffmpeg(f"{passes} 2", path), check=True)


def encode_sound(path: Path, folder: Path) -> None:
    """Three laps; only the middle one is kept, so that the encoder's run-up is heard nowhere."""
    write_laps(folder / "chord.wav", seconds=SECONDS, laps=3)
    subprocess.run(ffmpeg(f"-i {folder / 'chord.wav'} {AUDIO_CODEC}", path), check=True)


def joined(pictures: list[Tag], sound: list[Tag]) -> list[Tag]:
    """Configurations first, then both by time; times are counted anew, from the frames."""
    frames = SECONDS * RATE_HZ // AAC_FRAME
    head = [
        next(tag for tag in tags if tag.kind == kind and tag.is_config)
        for tags, kind in ((pictures, VIDEO), (sound, AUDIO))
    ]
    shown = [tag for tag in pictures if tag.kind == VIDEO and not tag.is_config and len(tag.body) > 5][: SECONDS * FPS]
    heard = [tag for tag in sound if tag.kind == AUDIO and not tag.is_config][frames : 2 * frames]
    assert (len(shown), len(heard)) == (SECONDS * FPS, frames)
    timed = [Tag(VIDEO, number * 1000 // FPS, tag.body) for number, tag in enumerate(shown)]
    timed += [Tag(AUDIO, number * AAC_FRAME * 1000 // RATE_HZ, tag.body) for number, tag in enumerate(heard)]
    about = [tag for tag in pictures if tag.kind == SCRIPT][:1]
    return [*about, *head, *sorted(timed, key=lambda tag: (tag.timestamp_ms, tag.kind != VIDEO))]


def stills(folder: Path) -> None:
    """A few frames as PNG, to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    table = Table()
    for moment in (0, 0.2, 0.4, 0.6, 0.8):
        pixels = (np.clip(table.frame(moment), 0, 1) * 255 + 0.5).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"still-{moment:.1f}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--still", type=Path, help="only paint a few frames into this folder")
    parser.add_argument("--painted", type=Path, help="keep the frames in this file, or take them from it")
    told = parser.parse_args()
    if told.still:
        stills(told.still)
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        painted = told.painted or folder / "painted.mkv"
        if not painted.exists():
            paint(painted)
        encode_pictures(painted, folder / "pictures.flv", folder)
        encode_sound(folder / "sound.flv", folder)
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        write_flv(TARGET, joined(read_flv(folder / "pictures.flv"), read_flv(folder / "sound.flv")))
    print(f"\r{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
