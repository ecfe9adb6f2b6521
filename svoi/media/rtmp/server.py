"""The RTMP server: one port for all shows."""

from __future__ import annotations

import asyncio
import logging

from svoi.media.refusals import Stopping
from svoi.media.rtmp.session import READ_BYTES, Door, Session

CONNECTIONS_MAX = 256
CONNECTIONS_PER_PEER_MAX = 64
STOP_S = 3.0

log = logging.getLogger(__name__)


class RtmpServer:
    """Accepts connections and ends them together."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._sessions: dict[Session, asyncio.Task[None] | None] = {}
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port (the one chosen when `port` is 0). Raises OSError."""
        self._server = await asyncio.start_server(self._serve, host, port, limit=2 * READ_BYTES)
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def is_listening(self) -> bool:
        return self._server is not None and self._server.is_serving()

    async def stop(self) -> None:
        """Close the port and dismiss everybody, with a word and within a few seconds."""
        if self._server is not None:
            self._server.close()
        for session in list(self._sessions):
            session.dismiss(Stopping())
        tasks = [task for task in self._sessions.values() if task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_S)
            for task in late:
                task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session(reader, writer, self._door)
        near = sum(session.peer == other.peer for other in self._sessions)
        if len(self._sessions) >= CONNECTIONS_MAX or near >= CONNECTIONS_PER_PEER_MAX:
            writer.close()
            return
        self._sessions[session] = asyncio.current_task()
        try:
            await session.run()
        except Exception:
            log.exception("a publisher's session failed")
        finally:
            del self._sessions[session]
