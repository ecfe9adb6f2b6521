"""The gateway's fan-out: telling a room, holding a crowd, and phones that stopped reading."""

from __future__ import annotations

from typing import Any

from bench.fanout import holding, telling


def run() -> list[dict[str, Any]]:
    return [*telling.run(), *holding.run()]
