"""A page asks the desk for one claim; when nobody answers there, it hears so and takes the plain path."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as house

from svoi.kernel.tokens import derive_key, verify
from svoi.web.desk_line import DeskAway, ToldByDesk, ask_desk

KEY = UUID(int=7)


class SmallDesk(HTTPServer):
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self, answer: bytes, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.answer, self.status = answer, status
        self.asked: list[Any] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Door(BaseHTTPRequestHandler):
    server: SmallDesk

    def do_POST(self) -> None:
        bearer = self.headers["Authorization"].removeprefix("Bearer ")
        verify(bearer, key=derive_key(house.SECRET_KEY, "internal"), at=time.time())
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def desk(settings: Any) -> Iterator[SmallDesk]:
    with SmallDesk(b'[{"position": 1, "amount": 5}]') as small:
        threading.Thread(target=small.serve_forever, daemon=True).start()
        settings.DESK_URLS = [f"http://127.0.0.1:{small.server_port}"]
        yield small
        small.shutdown()


def ask() -> dict[str, Any]:
    return ask_desk(kind="envelope", thing_id=12, member_id=3, key=KEY)


def test_a_claim_is_answered(desk: SmallDesk) -> None:
    assert ask() == {"position": 1, "amount": 5}
    assert desk.asked == [[["envelope", 12, 3, str(KEY), 1]]]


def test_a_refusal_keeps_its_code_and_facts(desk: SmallDesk) -> None:
    desk.answer = b'[{"code": "taken_too_soon", "wait_s": 6}]'
    with pytest.raises(ToldByDesk) as refused:
        ask()
    assert (refused.value.code, refused.value.facts) == ("taken_too_soon", {"wait_s": 6})


def test_a_moment_is_a_moment_again(desk: SmallDesk) -> None:
    desk.answer = json.dumps([{"code": "too_new_to_take", "since": "2026-12-01T10:00:00+00:00"}]).encode()
    with pytest.raises(ToldByDesk) as refused:
        ask()
    assert refused.value.facts == {"since": datetime(2026, 12, 1, 10, tzinfo=UTC)}


def test_the_owner_of_a_thing_is_asked(desk: SmallDesk) -> None:
    with SmallDesk(b'[{"position": 2, "amount": 9}]') as owner:
        threading.Thread(target=owner.serve_forever, daemon=True).start()
        desk.answer = json.dumps([{"code": "elsewhere", "address": owner.address}]).encode()
        assert ask() == {"position": 2, "amount": 9}
        owner.shutdown()


def test_nobody_is_sent_round_in_a_circle(desk: SmallDesk) -> None:
    desk.answer = json.dumps([{"code": "elsewhere", "address": desk.address}]).encode()
    with pytest.raises(DeskAway):
        ask()
    assert len(desk.asked) == 2


@pytest.mark.parametrize(("answer", "status"), [(b"", 200), (b"[]", 200), (b"{", 200), (b"[{}]", 503), (b"", 404)])
def test_what_is_no_answer_is_none(desk: SmallDesk, answer: bytes, status: int) -> None:
    desk.answer, desk.status = answer, status
    with pytest.raises(DeskAway):
        ask()


def test_without_a_desk_it_is_known_at_once(settings: Any) -> None:
    settings.DESK_URLS = ["http://127.0.0.1:1"]
    began = time.monotonic()
    with pytest.raises(DeskAway):
        ask()
    assert time.monotonic() - began < 5


def test_the_next_desk_is_asked_when_one_is_away(desk: SmallDesk, settings: Any) -> None:
    settings.DESK_URLS = ["http://127.0.0.1:1", *settings.DESK_URLS]
    assert ask() == {"position": 1, "amount": 5}
