"""A thin client of CDEK's HTTP: one token until it expires, bounded waiting, bounded repeating, all pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from svoi.pickup.rules.carriers import CarrierAway, CarrierRefused

WAIT = httpx.Timeout(10.0, connect=4.0)
TRIES = 3
PAUSE_S = 0.4
PAUSE_MOST_S = 3.0
PAGE_ROWS = 500
PAGES_MOST = 60
ANSWER_BYTES_MAX = 32 * 1024 * 1024
TOKEN_MARGIN_S = 60
NOT_FOUND_CODES = {"v2_entity_not_found", "v2_order_not_found", "v2_entity_not_found_im_number"}


@dataclass(frozen=True, slots=True)
class Access:
    """Where the API is, and as whom."""

    url: str
    account: str
    password: str


_tokens: dict[Access, tuple[str, datetime]] = {}
_token_lock = threading.Lock()


class Cdek:
    """`at` is the moment of the call: by it the token is fresh or not."""

    def __init__(self, access: Access, *, at: datetime) -> None:
        self._access, self._at = access, at

    def offices(self, **wanted: str) -> Iterator[dict[str, Any]]:
        """Every office that fits, page after page."""
        for page in range(PAGES_MOST):
            asked = {"type": "ALL", "is_handout": "true", "size": str(PAGE_ROWS), "page": str(page), **wanted}
            rows = self._call("GET", "/deliverypoints", params=asked)
            if not isinstance(rows, list):
                raise CarrierAway(reason="not_a_list")
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < PAGE_ROWS:
                return
        raise CarrierAway(reason="too_many_pages")

    def city_zone(self, city: str) -> str:
        """The time zone of a city, as CDEK's list of cities names it; empty when it names none."""
        try:
            rows = self._call("GET", "/location/cities", params={"code": city, "size": "1", "page": "0"})
        except CarrierRefused:
            return ""
        row = rows[0] if isinstance(rows, list) and rows else None
        zone = row.get("time_zone") if isinstance(row, dict) else None
        return zone if isinstance(zone, str) else ""

    def order(self, uuid: str) -> dict[str, Any] | None:
        return self._entity("GET", f"/orders/{uuid}")

    def order_of_number(self, number: str) -> dict[str, Any] | None:
        return self._entity("GET", "/orders", params={"im_number": number})

    def create_order(self, body: dict[str, Any]) -> str:
        """The id of the accepted order. Sent once: whoever repeats looks for the number first."""
        told = self._call("POST", "/orders", json=body)
        uuid = told.get("entity", {}).get("uuid") if isinstance(told, dict) else None
        if not isinstance(uuid, str):
            raise CarrierRefused(reason=_complaint(told))
        return uuid

    def subscribe(self, kind: str, address: str) -> None:
        self._call("POST", "/webhooks", json={"type": kind, "url": address})

    def _entity(self, method: str, path: str, **more: Any) -> dict[str, Any] | None:
        try:
            told = self._call(method, path, **more)
        except CarrierRefused as refused:
            if refused.facts["reason"] in NOT_FOUND_CODES or refused.facts.get("status") == httpx.codes.NOT_FOUND:
                return None
            raise
        entity = told.get("entity") if isinstance(told, dict) else None
        return entity if isinstance(entity, dict) else None

    def _call(self, method: str, path: str, **more: Any) -> Any:
        """One question with its repeats; a write is repeated only when it was certainly not taken."""
        fresh = False
        for tried in range(TRIES):
            token = self._token(fresh=fresh)
            try:
                answer = self._send(method, path, headers={"Authorization": f"Bearer {token}"}, **more)
            except httpx.TransportError as problem:
                if tried + 1 == TRIES or (method != "GET" and not isinstance(problem, httpx.ConnectError)):
                    raise CarrierAway(reason=type(problem).__name__) from problem
                time.sleep(PAUSE_S * 2**tried)
                continue
            status = answer.status_code
            if status == httpx.codes.UNAUTHORIZED and not fresh:
                fresh = True
                continue
            if status == httpx.codes.TOO_MANY_REQUESTS or (status >= 500 and method == "GET"):
                if tried + 1 < TRIES:
                    time.sleep(_asked_pause(answer) or PAUSE_S * 2**tried)
                continue
            return _read(answer)
        raise CarrierAway(reason="busy")

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        with httpx.Client(timeout=WAIT, follow_redirects=False, trust_env=False) as client:
            return client.request(method, f"{self._access.url}{path}", **more)

    def _token(self, *, fresh: bool) -> str:
        with _token_lock:
            token, until = _tokens.get(self._access, ("", self._at))
            if token and not fresh and self._at < until:
                return token
            # Under the lock: many threads with an expired token ask for one new one.
            token, life_s = self._new_token()
            _tokens[self._access] = (token, self._at + timedelta(seconds=max(0, life_s - TOKEN_MARGIN_S)))
            return token

    def _new_token(self) -> tuple[str, int]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._access.account,
            "client_secret": self._access.password,
        }
        try:
            answer = self._send("POST", "/oauth/token", data=form)
        except httpx.TransportError as problem:
            raise CarrierAway(reason=type(problem).__name__) from problem
        told = _read(answer)
        token = told.get("access_token") if isinstance(told, dict) else None
        if not isinstance(token, str) or not token:
            raise CarrierAway(reason="no_token")
        life_s = told.get("expires_in")
        return token, life_s if isinstance(life_s, int) else 0


def _read(answer: httpx.Response) -> Any:
    status = answer.status_code
    if status >= 500:
        raise CarrierAway(reason=f"status_{status}")
    if len(answer.content) > ANSWER_BYTES_MAX:
        raise CarrierAway(reason="too_long")
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        told = None
    if status >= 400:
        raise CarrierRefused(reason=_complaint(told), status=status)
    if told is None:
        raise CarrierAway(reason="not_json")
    return told


def _complaint(told: Any) -> str:
    """The first error's code, wherever CDEK put it."""
    requests = told.get("requests") if isinstance(told, dict) else None
    places = [told, *requests] if isinstance(requests, list) else [told]
    for place in places:
        errors = place.get("errors") if isinstance(place, dict) else None
        if isinstance(errors, list) and errors and isinstance(errors[0], dict):
            return str(errors[0].get("code") or errors[0].get("message"))[:80]
    return "unsaid"


def _asked_pause(answer: httpx.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return min(float(text), PAUSE_MOST_S) if text.isascii() and text.isdigit() else 0.0
