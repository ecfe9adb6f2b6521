"""Media: processor time from RTMP to HLS, and glass to glass, both against nginx-rtmp in alternation."""

from __future__ import annotations

from typing import Any

from bench.media import cpu, glass


def run() -> list[dict[str, Any]]:
    return [*cpu.run(), *glass.run()]
