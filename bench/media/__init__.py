"""Media: RTMP to HLS by processor time, glass to glass beside nginx-rtmp, glass to glass from the browser studio."""

from __future__ import annotations

from typing import Any

from bench.media import cpu, glass, studio


def run() -> list[dict[str, Any]]:
    return [*cpu.run(), *glass.run(), *studio.run()]
