"""Readers and words for tests of the room without sockets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from svoi.gateway.frames import Cursor
from svoi.gateway.inbound import Say
from svoi.gateway.room import Room
from svoi.gateway.tickets import Pass
from svoi.gateway.viewer import Viewer
from svoi.gateway.wire import Fact, Said
from svoi.kernel.tokens import derive_key

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AT = NOON.timestamp()
SECRET = "5" * 64
BEAT_KEY = derive_key(SECRET, "beat")
SHOW = 7


def holder(name: str, member_id: int, *, crew: bool = False, show_id: int = SHOW, viewer: str = "") -> Pass:
    """Somebody's pass; member 0 is a guest, who reads only."""
    role = "moderator" if crew else "viewer"
    return Pass(show_id, member_id, name, role, may_chat=member_id != 0, is_crew=crew, viewer=viewer or f"v{member_id}")


VERA, BORIS, GLEB = holder("Vera", 1), holder("Boris", 2, crew=True), holder("Gleb", 3)
GUEST = holder("", 0)


def say(number: int, text: str = "hello", media_ms: int | None = None) -> Say:
    return Say(str(UUID(int=number)), text, media_ms)


def said(n: int, author: Pass = VERA, text: str = "hello", *, key: int = 0, hidden: bool = False) -> Said:
    at = NOON + timedelta(seconds=n)
    return Said(
        n, 1000 + n, author.member_id, author.name, author.role, text, at, None, str(UUID(int=key or n)), hidden
    )


def fact(n: int, kind: str = "tray_changed", **payload: Any) -> Fact:
    return Fact(n, kind, NOON + timedelta(seconds=n), {"show_id": SHOW, **payload})


def room(**fields: Any) -> Room:
    return Room(SHOW, beat_key=BEAT_KEY, **fields)


def lines(words: bytes) -> list[dict[str, Any]]:
    """The JSON lines of a payload."""
    return [json.loads(line) for line in words.split(b"\n") if line]


class Reader:
    """A viewer whose socket is a list; `full` makes it take nothing more, as a stalled phone does."""

    def __init__(self, who: Pass = VERA, cursor: Cursor | None = None) -> None:
        self.payloads: list[bytes] = []
        self.closed: list[int] = []
        self.full = False
        self.viewer = Viewer(
            holder=who,
            codec=plain,
            write=self._write,
            close=self.closed.append,
            abort=lambda: self.closed.append(0),
            ping=lambda: self.payloads.append(b'{"t":"ping"}'),
            cursor=cursor,
            heard_at=AT,
        )

    def _write(self, data: bytes) -> None:
        self.payloads.append(data)
        if self.full:
            self.viewer.stall(AT)

    def read(self) -> list[dict[str, Any]]:
        """Everything told so far."""
        return [message for payload in self.payloads for message in lines(payload)]

    def numbers(self) -> list[tuple[str, int]]:
        """The places of what was told: ("chat", 4), ("fact", 2)…"""
        return [(message["t"], message["n"]) for message in self.read() if "n" in message]


def plain(payload: bytes, cursor: Cursor) -> bytes:
    return payload


class Loop:
    """Runs what was put off, when told to."""

    def __init__(self) -> None:
        self.put_off: list[Callable[[], None]] = []

    def later(self, step: Callable[[], None]) -> None:
        self.put_off.append(step)

    def run(self, steps: int = 1_000_000) -> None:
        while self.put_off and steps:
            steps -= 1
            self.put_off.pop(0)()
