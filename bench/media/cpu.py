"""Processor time of one 720p30 stream from RTMP to HLS, with one stream and with five."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.media.servers import Server, Svoi, cpu_s, peer_class, until_playing

ROUNDS, WINDOW_S = 3, 8.0


def run() -> list[dict[str, Any]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        clip = _clip(folder)
        kinds = [kind for kind in (Svoi, peer_class()) if kind is not None]
        taken: dict[tuple[str, int], list[float]] = {}
        for number in range(ROUNDS):
            for streams in (1, 5):
                for kind in kinds:
                    share = _share(kind(folder / f"{kind.name}-{streams}-{number}"), clip, streams)
                    taken.setdefault((kind.name, streams), []).append(share)
        return [_row(taken, streams) for streams in (1, 5)]


def _clip(folder: Path) -> Path:
    """720p30 at 2.5 Mbit/s with sound, a key frame a second, as OBS would send it."""
    path = folder / "clip.flv"
    picture = "testsrc2=s=1280x720:r=30:d=10,noise=alls=12:allf=t"
    options = (
        f"-f lavfi -i {picture} -f lavfi -i sine=r=48000:d=10 -c:v libx264 -preset ultrafast -g 30 -sc_threshold 0 "
        "-b:v 2500k -minrate 2500k -maxrate 2500k -bufsize 2500k -pix_fmt yuv420p -c:a aac -b:a 128k"
    )
    subprocess.run(["ffmpeg", "-v", "error", *options.split(), "-y", str(path)], check=True)
    return path


def _share(server: Server, clip: Path, streams: int) -> float:
    """Percent of a core that the server uses while `streams` publishers send the clip in real time."""
    publishers = []
    try:
        for number in range(1, streams + 1):
            command = ["ffmpeg", "-v", "quiet", "-re", "-stream_loop", "-1", "-i", str(clip), "-c", "copy", "-f", "flv"]
            publishers.append(subprocess.Popen([*command, server.publish_url(number)], stdin=subprocess.DEVNULL))
        for number in range(1, streams + 1):
            until_playing(server.playlist_url(number))
        pids, began, before = server.pids(), time.monotonic(), 0.0
        before = cpu_s(pids)
        time.sleep(WINDOW_S)
        return 100 * (cpu_s(pids) - before) / (time.monotonic() - began)
    finally:
        for publisher in publishers:
            publisher.kill()
            publisher.wait()
        server.stop()


def _row(taken: dict[tuple[str, int], list[float]], streams: int) -> dict[str, Any]:
    own = taken["svoi.media", streams]
    row = {
        "path": f"RTMP -> low-latency HLS, 720p30 2.5 Mbit/s, {streams} at once",
        "figure": f"{_told(own)} of a core; {statistics.median(own) / streams:.1f} % a stream",
        "peer": "nginx-rtmp is not installed",
        "ratio": "",
        "demanded": "<= 3 % a stream",
    }
    if ("nginx-rtmp", streams) in taken:
        peer = taken["nginx-rtmp", streams]
        row["peer"] = f"nginx-rtmp {_told(peer)} (C, plain HLS, no parts)"
        row["ratio"] = f"{statistics.median(own) / max(statistics.median(peer), 0.05):.1f}x its processor time"
    return row


def _told(shares: list[float]) -> str:
    return f"{statistics.median(shares):.1f} % ({min(shares):.1f} to {max(shares):.1f})"
