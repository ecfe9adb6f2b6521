"""Who is let in: the right path, the right page, an unused ticket, a free seat; in this order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from svoi.gateway.census import AddressFull, Census, HouseFull, RoomFull
from svoi.gateway.config import Config
from svoi.gateway.frames import Cursor, read_cursor
from svoi.gateway.tickets import Pass, TicketBook, TicketForAnother, TicketReplayed
from svoi.kernel.refused import Refused
from svoi.kernel.tokens import TokenRefused
from svoi.kernel.traces import monthly_trace, network_of

QUERY_FIELDS_MAX = 8
_PATH = re.compile(r"/rooms/(?P<show_id>[1-9][0-9]{0,17})")
_STATUS: dict[type[Refused], HTTPStatus] = {
    TokenRefused: HTTPStatus.UNAUTHORIZED,
    TicketReplayed: HTTPStatus.UNAUTHORIZED,
    TicketForAnother: HTTPStatus.FORBIDDEN,
    AddressFull: HTTPStatus.TOO_MANY_REQUESTS,
    RoomFull: HTTPStatus.SERVICE_UNAVAILABLE,
    HouseFull: HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Admitted:
    """Let in; `leave` gives the seat back, once."""

    holder: Pass
    cursor: Cursor | None
    leave: Callable[[], None]


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Not let in: the status and a word for it."""

    status: HTTPStatus
    code: str


class Door:
    """The door of all rooms, whichever way a browser comes."""

    def __init__(self, config: Config, tickets: TicketBook) -> None:
        self.census = Census(config)
        self._config = config
        self._tickets = tickets
        self.turned_away: Counter[str] = Counter()

    def knock(self, target: str, headers: Mapping[str, str], *, address: str, at: float) -> Admitted | TurnedAway:
        """Decide about a request for `target` (path and query) before anything is upgraded."""
        answer = self._decide(target, headers, address=address, at=at)
        if isinstance(answer, TurnedAway):
            self.turned_away[answer.code] += 1
        return answer

    def _decide(self, target: str, headers: Mapping[str, str], *, address: str, at: float) -> Admitted | TurnedAway:
        try:
            asked = _read(target)
        except ValueError:
            return TurnedAway(HTTPStatus.BAD_REQUEST, "request_unreadable")
        if asked is None:
            return TurnedAway(HTTPStatus.NOT_FOUND, "not_found")
        if headers.get("Origin", "") not in self._config.origins:
            return TurnedAway(HTTPStatus.FORBIDDEN, "origin_refused")
        show_id = asked.show_id
        try:
            self.census.enter(show_id, address)
        except Refused as refused:
            return _turned_away(refused)
        try:
            holder = self._tickets.take(asked.ticket, show_id=show_id, at=at)
        except Refused as refused:
            self.census.leave(show_id, address)
            return _turned_away(refused)
        network = monthly_trace(self._config.secret, "network", network_of(address), at=at)
        holder = replace(holder, traces=replace(holder.traces, network=network))
        return Admitted(holder, asked.cursor, lambda: self.census.leave(show_id, address))


@dataclass(frozen=True, slots=True)
class _Asked:
    show_id: int
    ticket: str
    cursor: Cursor | None


def _read(target: str) -> _Asked | None:
    """What is asked for; None when it is no room. Raises ValueError for what cannot be read."""
    parts = urlsplit(target)
    found = _PATH.fullmatch(parts.path)
    if found is None:
        return None
    query = {name: values[-1] for name, values in parse_qs(parts.query, max_num_fields=QUERY_FIELDS_MAX).items()}
    cursor = read_cursor(query.get("facts"), query.get("chat"))
    return _Asked(int(found["show_id"]), query.get("ticket", ""), cursor)


def _turned_away(refused: Refused) -> TurnedAway:
    return TurnedAway(_STATUS[type(refused)], refused.code)
