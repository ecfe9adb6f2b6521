"""Who is let in: path, page, seat and ticket, each refused with its status."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from itertools import count
from typing import Any

import pytest

from svoi.gateway.census import seen_address
from svoi.gateway.config import Config
from svoi.gateway.door import Admitted, Door, TurnedAway
from svoi.gateway.frames import Cursor
from svoi.gateway.tickets import TicketBook
from svoi.kernel.tokens import derive_key, sign
from svoi.kernel.traces import UNKNOWN
from svoi.shows.rules.weighing import NO_TRACES
from tests.gateway.people import AT, SECRET, SHOW, holder

PAGE = {"Origin": "https://svoi.example"}
_jti = count()


def door(**limits: int) -> Door:
    config = Config(SECRET, "", "", frozenset(PAGE.values()), **limits)  # type: ignore[arg-type]
    return Door(config, TicketBook(SECRET, opened_at=AT - 3600))


def ticket(*, expires_at: float = AT + 60, secret: str = SECRET, **claims: Any) -> str:
    told = {"show": SHOW, "member": 1, "name": "Vera", "role": "viewer", "chat": True, "crew": False, "viewer": "v1"}
    return sign({**told, "jti": str(next(_jti)), **claims}, key=derive_key(secret, "ticket"), expires_at=expires_at)


def knock(at_door: Door, target: str, *, headers: dict[str, str] | None = None, address: str = "203.0.113.7") -> Any:
    return at_door.knock(target, PAGE if headers is None else headers, address=address, at=AT)


def room(shown: str, **asked: object) -> str:
    return f"/rooms/{SHOW}?ticket={shown}" + "".join(f"&{name}={value}" for name, value in asked.items())


def test_a_page_of_ours_with_a_fresh_ticket_comes_in() -> None:
    at_door = door()
    admitted = knock(at_door, room(ticket(), facts=4, chat=5))
    assert isinstance(admitted, Admitted)
    assert (replace(admitted.holder, traces=NO_TRACES), admitted.cursor) == (holder("Vera", 1), Cursor(4, 5))
    assert (at_door.census.total, dict(at_door.turned_away)) == (1, {})
    admitted.leave()
    assert (at_door.census.total, at_door.census.rooms, at_door.census.addresses) == (0, {}, {})


def test_the_network_is_noted_as_a_hash_and_the_device_as_the_ticket_tells_it() -> None:
    addresses = ("203.0.113.7", "203.0.113.7", "203.0.113.8", "2001:db8:1:2::5", "2001:db8:1:2::6", "127.0.0.1")
    passes = [knock(door(), room(ticket(device=5)), address=address).holder for address in addresses]
    assert {one.traces.device for one in passes} == {5}
    first, again, other, six, neighbour, own = (one.traces.network for one in passes)
    assert (first == again, first == other, six == neighbour, own) == (True, False, True, UNKNOWN)


@pytest.mark.parametrize(
    ("target", "headers", "status", "code"),
    [
        ("/", None, 404, "not_found"),
        ("/rooms/0?ticket=x", None, 404, "not_found"),
        ("/rooms/7/?ticket=x", None, 404, "not_found"),
        ("/rooms/٧?ticket=x", None, 404, "not_found"),
        (room("x"), {}, 403, "origin_refused"),
        (room("x"), {"Origin": "https://elsewhere.example"}, 403, "origin_refused"),
        (room("x"), {"Origin": "null"}, 403, "origin_refused"),
        (room("x", facts="1;2"), None, 400, "request_unreadable"),
        (room("x&a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1"), None, 400, "request_unreadable"),
        ("//[x/rooms/7", None, 400, "request_unreadable"),
        (room(""), None, 401, "token_refused"),
        (room("x.y"), None, 401, "token_refused"),
        (room(ticket(secret="6" * 64)), None, 401, "token_refused"),
        (room(ticket(expires_at=AT)), None, 401, "token_refused"),
        (room(ticket(show=SHOW + 1)), None, 403, "ticket_for_another_room"),
        (room(ticket(expires_at=AT - 3600 + 30)), None, 401, "token_refused"),
    ],
)
def test_everybody_else_is_turned_away(target: str, headers: dict[str, str] | None, status: int, code: str) -> None:
    at_door = door()
    assert knock(at_door, target, headers=headers) == TurnedAway(HTTPStatus(status), code)
    assert (at_door.census.total, dict(at_door.turned_away)) == (0, {code: 1})


def test_a_ticket_is_taken_once_even_by_the_next_life_of_the_process() -> None:
    at_door, shown = door(), ticket()
    assert isinstance(knock(at_door, room(shown)), Admitted)
    assert knock(at_door, room(shown)) == TurnedAway(HTTPStatus.UNAUTHORIZED, "ticket_replayed")
    reborn = Door(Config(SECRET, "", "", frozenset(PAGE.values())), TicketBook(SECRET, opened_at=AT + 0.1))
    assert knock(reborn, room(shown)) == TurnedAway(HTTPStatus.UNAUTHORIZED, "ticket_replayed")


def test_a_full_house_a_full_room_and_a_crowded_address() -> None:
    full = door(connections_max=1)
    assert isinstance(knock(full, room(ticket())), Admitted)
    assert knock(full, room(ticket())) == TurnedAway(HTTPStatus.SERVICE_UNAVAILABLE, "house_full")
    full = door(room_connections_max=1)
    assert isinstance(knock(full, room(ticket())), Admitted)
    assert knock(full, room(ticket())) == TurnedAway(HTTPStatus.SERVICE_UNAVAILABLE, "room_full")
    full = door(address_connections_max=1)
    assert isinstance(knock(full, room(ticket())), Admitted)
    kept = ticket()
    assert knock(full, room(kept)) == TurnedAway(HTTPStatus.TOO_MANY_REQUESTS, "address_full")
    assert isinstance(knock(full, room(kept), address="203.0.113.8"), Admitted)


def test_only_a_proxy_on_this_machine_is_believed_about_its_visitors() -> None:
    assert seen_address("127.0.0.1", "198.51.100.1, 203.0.113.7") == "203.0.113.7"
    assert seen_address("127.0.0.1", None) == "127.0.0.1"
    assert seen_address("203.0.113.7", "127.0.0.1") == "203.0.113.7"


def test_expired_tickets_are_forgotten() -> None:
    book = TicketBook(SECRET, opened_at=0)
    book.take(ticket(), show_id=SHOW, at=AT)
    book.forget_expired(at=AT + 61)
    assert book._taken == {}
