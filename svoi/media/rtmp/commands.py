"""The publisher's commands: connect, createStream, publish and their companions."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from svoi.media.refusals import AddressWrong, KeyRefused, PublishOnly, StreamRefused
from svoi.media.rtmp.chunks import ChunkFault
from svoi.media.rtmp.replies import Replies

if TYPE_CHECKING:
    from svoi.media.rtmp.session import Door, Session

APPLICATION = "live"
KEY_LENGTH_MAX = 256
COMMANDS_MAX = 200
STREAM_ID = 1

log = logging.getLogger(__name__)


def masked(key: str) -> str:
    """A key as logs may show it."""
    return f"{key[:3]}…({len(key)})" if len(key) > 8 else f"…({len(key)})"


class Commands:
    """Answers commands in the order they come."""

    def __init__(self, session: Session, replies: Replies, door: Door) -> None:
        self.is_over = False
        self._session = session
        self._replies = replies
        self._door = door
        self._count = 0
        self._stage = "new"
        self._stream_id = 0

    async def take(self, values: list[Any], stream_id: int) -> None:
        """Raises StreamRefused; ChunkFault for what is no command, or for a flood of them."""
        self._count += 1
        if len(values) < 2 or not isinstance(values[0], str) or self._count > COMMANDS_MAX:
            raise ChunkFault("not a command, or too many of them")
        name, transaction, rest = values[0], _number(values[1]), values[2:]
        if name == "connect":
            self._connect(transaction, rest)
        elif name == "publish":
            await self._publish(stream_id, rest)
        elif name in ("play", "play2"):
            raise PublishOnly
        elif name == "createStream":
            self._replies.result(transaction, None, STREAM_ID)
        elif name in ("releaseStream", "FCPublish"):
            self._replies.result(transaction, None, None)
        elif name in ("deleteStream", "closeStream"):
            self.is_over = True
        await self._replies.drain()

    async def refuse(self, refusal: StreamRefused) -> None:
        """Before publishing the key is to blame in RTMP's terms; afterwards the stream."""
        if self._stage == "new":
            self._replies.error(1, "NetConnection.Connect.Rejected", refusal.sentence)
        elif self._stage == "connected":
            self._replies.status(self._stream_id, "error", "NetStream.Publish.BadName", refusal.sentence)
        else:
            self._replies.status(self._stream_id, "error", "NetStream.Publish.Rejected", refusal.sentence)
        await self._replies.drain()

    def _connect(self, transaction: float, rest: list[Any]) -> None:
        told = rest[0] if rest and isinstance(rest[0], dict) else {}
        application = str(told.get("app", "")).partition("?")[0].strip("/")
        if application != APPLICATION:
            raise AddressWrong
        self._replies.connected(transaction)
        self._stage = "connected"

    async def _publish(self, stream_id: int, rest: list[Any]) -> None:
        if self._stage != "connected":
            raise ChunkFault("publish out of order")
        self._stream_id = stream_id
        key = rest[1].partition("?")[0] if len(rest) > 1 and isinstance(rest[1], str) else ""
        if not 0 < len(key) <= KEY_LENGTH_MAX:
            raise KeyRefused
        log.info("publisher %s asks with key %s", self._session.peer, masked(key))
        sink = await self._door.admit(key, self._session)
        self._session.admitted(sink)
        self._stage = "publishing"
        self._replies.stream_begins(stream_id)
        self._replies.status(stream_id, "status", "NetStream.Publish.Start", "Publishing")


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
