"""Glass to glass: a clock burnt into each frame is read back from the screen of a browser."""

from __future__ import annotations

import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.media.clock import ClockCamera
from bench.media.servers import ROOT, Server, Svoi, peer_class, until_playing

ROUNDS, SETTLE_S, WATCH_S, LOOK_EVERY_S = 2, 6.0, 10.0, 0.1
CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-gpu"]

# The settings of the show's player; the peer has no parts, so it gets the player's own careful defaults.
LOW_LATENCY = {
    "lowLatencyMode": True,
    "liveSyncDuration": 0.9,
    "liveSyncOnStallIncrease": 0.5,
    "maxLiveSyncPlaybackRate": 1.4,
}
PLAIN = {"lowLatencyMode": False}


def run() -> list[dict[str, Any]]:
    kinds = [kind for kind in (Svoi, peer_class()) if kind is not None]
    ages: dict[str, list[float]] = {}
    errors: list[float] = []
    with TemporaryDirectory() as name, _page_server() as origin, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for number in range(ROUNDS):
            for kind in kinds:
                server = kind(Path(name) / f"{kind.name}-{number}", origin=origin)
                looks = _watched(browser.new_page(), origin, server)
                ages.setdefault(kind.name, []).extend(look["age_ms"] for look in looks)
                if kind is Svoi:
                    errors += [look["clock_error_ms"] for look in looks if look["clock_error_ms"] is not None]
        browser.close()
    return [_age_row(ages), _clock_row(errors)]


def _watched(page: Page, origin: str, server: Server) -> list[dict[str, Any]]:
    camera = ClockCamera(server.publish_url(1))
    try:
        until_playing(server.playlist_url(1))
        page.goto(origin)
        page.wait_for_function("() => Boolean(window.start)")
        settings = LOW_LATENCY if isinstance(server, Svoi) else PLAIN
        page.evaluate("([source, settings]) => start(source, settings)", [server.playlist_url(1), settings])
        time.sleep(SETTLE_S)
        looks = []
        deadline = time.monotonic() + WATCH_S
        while time.monotonic() < deadline:
            looks.append(page.evaluate("look()"))
            time.sleep(LOOK_EVERY_S)
        found = [look for look in looks if look is not None]
        if not found:
            raise RuntimeError(f"{server.name}: nothing on the screen; {page.evaluate('faults')}")
        return found
    finally:
        camera.stop()
        server.stop()
        page.close()


def _age_row(ages: dict[str, list[float]]) -> dict[str, Any]:
    own = statistics.median(ages["svoi.media"])
    row = {
        "path": "Glass to glass, hls.js in Chromium, loopback",
        "figure": _told(ages["svoi.media"]),
        "peer": "nginx-rtmp is not installed",
        "ratio": "",
        "demanded": "<= 1.5 s",
    }
    if "nginx-rtmp" in ages:
        row["peer"] = f"nginx-rtmp, segments of 1 s: {_told(ages['nginx-rtmp'])}"
        row["ratio"] = f"{own / statistics.median(ages['nginx-rtmp']):.2f}x its delay"
    return row


def _clock_row(errors: list[float]) -> dict[str, Any]:
    told = sorted(abs(error) for error in errors)
    return {
        "path": "Player's media time against the burnt clock (what pins and danmaku follow)",
        "figure": f"{statistics.median(told):.0f} ms, p95 {told[int(len(told) * 0.95)]:.0f} ms",
        "peer": "",
        "ratio": "",
        "demanded": "the same frame for all viewers",
    }


def _told(ages: list[float]) -> str:
    ordered = sorted(ages)
    return f"{statistics.median(ordered) / 1000:.2f} s (p95 {ordered[int(len(ordered) * 0.95)] / 1000:.2f} s)"


class _page_server:  # noqa: N801 - used as a context manager, named as one
    """The page and the player, from one origin."""

    def __enter__(self) -> str:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        vendored = sorted((ROOT / "svoi/ui/static/ui/vendor").glob("hls-*.light.min.js"))
        path, kind = (
            (vendored[-1], "text/javascript")
            if self.path == "/hls.js"
            else (Path(__file__).with_name("glass.html"), "text/html")
        )
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""
