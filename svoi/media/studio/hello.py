"""The first words of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from svoi.media.studio.framing import FrameFault

HELLO_BYTES_MAX = 4096
Aim = Literal["publish", "check"]


@dataclass(slots=True, frozen=True)
class Hello:
    """`aim` is to publish, or to check the way here without taking the show. The ticket never shows in a log."""

    ticket: str
    aim: Aim

    def __repr__(self) -> str:
        return f"Hello(ticket=…({len(self.ticket)}), aim={self.aim!r})"


def parse_hello(text: str) -> Hello:
    """`{"t": "hello", "aim": "publish", "ticket": "…"}`. Raises FrameFault."""
    if len(text) > HELLO_BYTES_MAX:
        raise FrameFault("a hello too long")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise FrameFault("a hello that is no JSON") from None
    if not isinstance(told, dict) or told.get("t") != "hello":
        raise FrameFault("no hello")
    ticket, aim = told.get("ticket"), told.get("aim")
    if not isinstance(ticket, str) or not ticket or aim not in ("publish", "check"):
        raise FrameFault("a hello without a ticket or an aim")
    return Hello(ticket, aim)
