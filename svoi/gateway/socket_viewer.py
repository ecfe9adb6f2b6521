"""A WebSocket of one viewer: strict about what comes in, patient only so long about what does not go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

from svoi.gateway.conversation import TRY_AGAIN_S, refusal
from svoi.gateway.door import Admitted
from svoi.gateway.frames import Cursor, websocket_frame
from svoi.gateway.inbound import FRAME_BYTES_MAX, MALFORMED_MAX, Allowance, Malformed, Reach, React, Say, read_message
from svoi.gateway.viewer import CLOSE_OK, CLOSE_POLICY, CLOSE_TOO_BIG, Viewer

WRITE_BUFFER_BYTES = 8 * 1024  # beyond the kernel's own; above it a viewer lags


class Rooms(Protocol):
    """What a socket needs of the gateway."""

    def enter(self, viewer: Viewer) -> None: ...

    def leave(self, viewer: Viewer) -> None: ...

    def reach(self, viewer: Viewer, reach: Reach) -> None: ...


class SocketViewer(WSListener):
    """Reads frames for a viewer and tells her room."""

    __slots__ = (
        "_admitted",
        "_allowance",
        "_malformed",
        "_now",
        "_partial",
        "_rooms",
        "_tally",
        "_transport",
        "viewer",
    )

    def __init__(self, admitted: Admitted, rooms: Rooms, tally: Counter[str], now: Callable[[], float]) -> None:
        self._admitted = admitted
        self._rooms = rooms
        self._tally = tally
        self._now = now
        self._allowance = Allowance(now())
        self._partial: bytearray | None = None
        self._malformed = 0

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        socket = transport.underlying_transport
        socket.set_write_buffer_limits(high=WRITE_BUFFER_BYTES, low=0)
        # A kilobyte or two of headers for each viewer would stay in memory as long as she watches.
        transport.request.headers.clear()
        transport.response.headers.clear()
        self.viewer = Viewer(
            holder=self._admitted.holder,
            codec=websocket_frame,
            write=socket.write,
            close=self._close,
            abort=socket.abort,
            ping=transport.send_ping,
            cursor=self._admitted.cursor,
            heard_at=self._now(),
        )
        self._rooms.enter(self.viewer)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._rooms.leave(self.viewer)

    def pause_writing(self) -> None:
        self.viewer.stall(self._now())

    def resume_writing(self) -> None:
        self.viewer.recover()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if transport.is_close_frame_sent:
            return
        now = self.viewer.heard_at = self._now()
        if not self._allowance.take(now):
            self._tally["too_many_frames"] += 1
            self._close(CLOSE_POLICY)
        elif frame.msg_type == WSMsgType.PING:
            # Pongs to somebody who does not read them would pile up in our memory.
            if self.viewer.stalled_at is None:
                transport.send_pong(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.CLOSE:
            self._close(CLOSE_OK)
        elif frame.msg_type != WSMsgType.PONG:
            self._take_part(frame)

    def _take_part(self, frame: WSFrame) -> None:
        """Put a message in several frames together, up to the size of one."""
        is_first = frame.msg_type != WSMsgType.CONTINUATION
        if is_first is (self._partial is not None):
            self._note_malformed(fatal=True)
        elif is_first and frame.fin:
            self._take(frame.get_payload_as_bytes())
        else:
            partial = self._partial = self._partial or bytearray()
            partial += frame.get_payload_as_bytes()
            if len(partial) > FRAME_BYTES_MAX:
                self._tally["too_big"] += 1
                self._close(CLOSE_TOO_BIG)
            elif frame.fin:
                self._partial = None
                self._take(bytes(partial))

    def _take(self, payload: bytes) -> None:
        try:
            message = read_message(payload)
        except Malformed:
            self._note_malformed()
            return
        room = self.viewer.room
        if isinstance(message, Reach):
            self._rooms.reach(self.viewer, message)
        elif isinstance(message, Say):
            if room is not None:
                room.say(self.viewer, message)
            else:
                self.viewer.tell(refusal(message.key, "try_again", TRY_AGAIN_S), self.viewer.cursor or Cursor(0, 0))
        elif room is None:
            return
        elif isinstance(message, React):
            room.react(self.viewer)
        else:
            room.beat(self.viewer, message)

    def _note_malformed(self, *, fatal: bool = False) -> None:
        self._tally["malformed"] += 1
        self._malformed += 1
        if fatal or self._malformed >= MALFORMED_MAX:
            self._close(CLOSE_POLICY)

    def _close(self, code: int) -> None:
        """Say why, and hang up; a peer that does not read is cut off by the sweep."""
        transport = self._transport
        if not transport.is_close_frame_sent:
            transport.send_close(WSCloseCode(code))
            transport.disconnect()
        self.viewer.stall(self.viewer.stalled_at or self._now())
