"""The way to the desk for a page: one claim over HTTP. Without a desk the caller takes the plain path."""

from __future__ import annotations

import time
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings

from svoi.kernel.refused import Refused
from svoi.kernel.tokens import derive_key, sign

WAIT = httpx.Timeout(5.0, connect=0.5)
TOKEN_S = 60
MOMENTS = frozenset({"since"})  # facts that travel as text


class DeskAway(Exception):
    """No desk answered; whether it decided is not known, and asking again on any path gets the same answer."""


class ToldByDesk(Refused):
    """A refusal that was raised in the desk, with its code and facts."""

    def __init__(self, code: str, facts: dict[str, Any]) -> None:
        super().__init__(**{name: _moment(told) if name in MOMENTS else told for name, told in facts.items()})
        self.code = code  # type: ignore[misc]  # the classes of the room differ by nothing else for a page


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def ask_desk(*, kind: str, thing_id: int, member_id: int, key: UUID, quantity: int = 1) -> dict[str, Any]:
    """What she got, as the desk tells it; raises `ToldByDesk`, and `DeskAway` when it should be done without."""
    asked = [[kind, thing_id, member_id, str(key), quantity]]
    told = _first(asked)
    if told.get("code") == "elsewhere":
        told = _post(f"http://{told['address']}", asked)
    code = told.pop("code", "")
    if code == "elsewhere":
        raise DeskAway
    if code:
        raise ToldByDesk(code, told)
    return told


def _first(asked: list[list[Any]]) -> dict[str, Any]:
    """The answer of the first desk that is there."""
    for url in settings.DESK_URLS:
        try:
            return _post(url.rstrip("/"), asked)
        except DeskAway:
            continue
    raise DeskAway


def _post(url: str, asked: list[list[Any]]) -> dict[str, Any]:
    key = derive_key(settings.SECRET_KEY, "internal")
    bearer = {"Authorization": f"Bearer {sign({'from': 'web'}, key=key, expires_at=time.time() + TOKEN_S)}"}
    try:
        answer = _client().post(f"{url}/claims", json=asked, headers=bearer)
        answer.raise_for_status()
        (told,) = answer.json()
    except (httpx.HTTPError, ValueError) as away:
        raise DeskAway from away
    return dict(told)


@cache
def _client() -> httpx.Client:
    """One for all threads of the process: its connections stay open between claims."""
    return httpx.Client(timeout=WAIT, trust_env=False)
