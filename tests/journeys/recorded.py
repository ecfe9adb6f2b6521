"""What a viewer's player reads of a recording, and what is missing in it."""

from __future__ import annotations

import re
import socket
import time
import urllib.request
from datetime import datetime

from playwright.sync_api import Page

from tests.journeys.house import House, until


def playlist(viewer: Page, show: str) -> str:
    """As a viewer's player reads it now."""
    address = viewer.evaluate(
        """(show) => fetch(`/shows/${show}/ticket`, { method: "POST",
        headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } })
        .then((answer) => answer.json()).then((told) => told.playback)""",
        show,
    )
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read().decode()


def away(house: House, pid: int) -> float:
    """How many seconds passed from the death of media until its next life listens."""
    began = time.monotonic()
    until(lambda: house.pid_of("media") not in (0, pid), within_s=20, what="a new media", every_s=0.02)
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", house.port + 2)) == 0:
                return time.monotonic() - began
        time.sleep(0.02)


def holes_s(text: str) -> list[float]:
    """How much is missing at each break, by the wall clock of the segments round it."""
    found, end, breaks = [], None, False
    for line in text.splitlines():
        if line.startswith("#EXT-X-DISCONTINUITY") and ":" not in line:
            breaks = True
        elif line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            began = datetime.fromisoformat(line.partition(":")[2]).timestamp()
        elif line.startswith("#EXTINF:"):
            if breaks and end is not None:
                found.append(began - end)
            end, breaks = began + float(re.findall(r"[\d.]+", line)[0]), False
    return found
