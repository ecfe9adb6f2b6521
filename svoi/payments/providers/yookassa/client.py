"""YooKassa over HTTP: time limits, few repetitions under one key, and plain words for what went wrong.

Of what is sent and received only address, status and error code are logged: bodies hold people, headers the secret.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings

from svoi.payments.rules import ProviderAway, ProviderRefused

log = logging.getLogger(__name__)
CONNECT_WAIT_S = 3.0
TRIES = 3
BACKOFF_S = 0.1
PROCESSING_WAIT_S_MAX = 2.0
ANSWER_BYTES_MAX = 1024 * 1024
PROCESSING, TOO_MANY, SERVER_FAULT = 202, 429, 500
REFUSALS = (400, 404, 405, 409, 410, 415)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and object of an answer; an empty object when it was nothing we can read."""

    status: int
    told: dict[str, Any]


def call(
    method: str,
    path: str,
    *,
    body: dict[str, Any] | None = None,
    key: UUID | None = None,
    query: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Send one request and return the object in its answer; a POST needs a key, under which it is repeated.

    Raises `ProviderAway` when the outcome is not known, whatever the reason, and `ProviderRefused` (with `reason`,
    YooKassa's error code) when it is known to be a no.
    """
    assert method == "GET" or key, "what changes something is sent under a key"
    reason = ""
    for turn in range(TRIES):
        if turn:
            time.sleep(BACKOFF_S * 2 ** (turn - 1))
        try:
            answer = _send(method, path, body, key, query)
        except httpx.TimeoutException as problem:
            # Whoever calls comes back by the clock; waiting several times over would keep others from being served.
            reason = type(problem).__name__
            break
        except httpx.RequestError as problem:
            reason = type(problem).__name__
            continue
        if answer.status == httpx.codes.OK:
            return answer.told
        reason = f"HTTP {answer.status}"
        if not _is_worth_repeating(answer):
            raise _refusal(method, path, answer)
    log.warning("YooKassa is away: %s %s (%s)", method, path, reason)
    raise ProviderAway(reason=reason)


def _send(
    method: str, path: str, body: dict[str, Any] | None, key: UUID | None, query: dict[str, str] | None
) -> Answer:
    client = _client(settings.YOOKASSA_URL, settings.YOOKASSA_SHOP, settings.YOOKASSA_SECRET)
    headers = {"Idempotence-Key": str(key)} if key else {}
    patience = httpx.Timeout(settings.YOOKASSA_WAIT_S, connect=CONNECT_WAIT_S)
    with client.stream(method, path, json=body, params=query, headers=headers, timeout=patience) as answer:
        raw = b""
        for piece in answer.iter_bytes():
            raw += piece
            if len(raw) > ANSWER_BYTES_MAX:
                break
        return Answer(answer.status_code, _told(raw))


def _is_worth_repeating(answer: Answer) -> bool:
    if answer.status == PROCESSING:
        wait_ms = answer.told.get("retry_after")
        known = isinstance(wait_ms, (int, float)) and wait_ms > 0
        time.sleep(min(wait_ms / 1000, PROCESSING_WAIT_S_MAX) if known else 0)  # type: ignore[operator]
        return True
    return answer.status >= SERVER_FAULT or answer.status == TOO_MANY


def _refusal(method: str, path: str, answer: Answer) -> ProviderAway | ProviderRefused:
    """A no counts only in YooKassa's own words: a gate on the way, a redirect or a wrong secret changes by itself."""
    code, about = str(answer.told.get("code", "")), str(answer.told.get("parameter", ""))
    log.error("YooKassa refused %s %s: HTTP %s %s %s", method, path, answer.status, code, about)
    if answer.status in REFUSALS and answer.told.get("type") == "error" and code:
        return ProviderRefused(reason=code, about=about)
    return ProviderAway(reason="credentials" if answer.status in (401, 403) else f"HTTP {answer.status}")


def _told(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


@lru_cache(maxsize=4)
def _client(url: str, shop: str, secret: str) -> httpx.Client:
    return httpx.Client(base_url=url, auth=httpx.BasicAuth(shop, secret), follow_redirects=False)
