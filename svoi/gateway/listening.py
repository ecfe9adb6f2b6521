"""What both ways into the gateway share: small buffers from the first packet, and a count of open sockets."""

from __future__ import annotations

import json
import socket
from http import HTTPStatus
from typing import Any

BACKLOG = 4_096
HANDSHAKE_S_MAX = 5
SEND_BUFFER_BYTES = 32 * 1024  # the kernel doubles it; by itself it would hide megabytes for each stalled phone
RECEIVE_BUFFER_BYTES = 16 * 1024
HANDSHAKES_OVER_MAX = 32  # beyond the seats: those who are told that the house is full
FULL = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
_BUSY = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)


class Turnstile:
    """Counts open sockets, whether or not their owners have said anything yet."""

    def __init__(self, connections_max: int) -> None:
        self.open = 0
        self.most = connections_max + HANDSHAKES_OVER_MAX

    def enter(self) -> bool:
        """False when there is no room for another socket."""
        if self.open >= self.most:
            return False
        self.open += 1
        return True

    def leave(self) -> None:
        self.open -= 1


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket whose small buffers every accepted connection inherits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        listening.bind((host, port))
        listening.setblocking(False)  # noqa: FBT003 - the standard library asks for it by position
    except OSError:
        listening.close()
        raise
    return listening


def plain_answer(status: HTTPStatus, told: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """Headers and body of an answer that is no room."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return (headers | {"Retry-After": "5"} if status in _BUSY else headers), json.dumps(told).encode()
