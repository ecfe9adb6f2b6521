"""Our own media process, asked over loopback; the MediaBackend shape lets another one take its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import UUID

from django.conf import settings

from svoi.kernel.tokens import derive_key, sign

ANSWER_WAIT_S = 3
CUT_WAIT_S = 30  # a clip waits for its turn at a busy disk


class MediaAway(Exception):
    """The media process did not answer; the errand is repeated later."""


class ClipUncut(Exception):
    """The recording does not give this clip, and never will; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ClipCut:
    """What the file of a clip holds, by media time."""

    begins_at: datetime
    ends_at: datetime
    size_bytes: int


class MediaBackend(Protocol):
    """What a show asks of whoever carries its picture."""

    def finish(self, show_id: int, *, at: datetime) -> None:
        """Send the publisher away and close the recording."""

    def signal(self, show_id: int, *, at: datetime) -> dict[str, Any] | None:
        """The health of the incoming signal, or None when there is none."""

    def cut_clip(
        self, show_id: int, reference: UUID, *, begins_at: datetime, ends_at: datetime, at: datetime
    ) -> ClipCut:
        """Cut a clip out of the recording; the same reference is the same file. Raises `ClipUncut`."""


@dataclass(frozen=True, slots=True)
class OwnMedia:
    """The `media` process beside us."""

    address: str
    secret: str

    def finish(self, show_id: int, *, at: datetime) -> None:
        self._ask("POST", f"/control/shows/{show_id}/end", at)

    def signal(self, show_id: int, *, at: datetime) -> dict[str, Any] | None:
        return self._ask("GET", f"/control/shows/{show_id}/signal", at)

    def cut_clip(
        self, show_id: int, reference: UUID, *, begins_at: datetime, ends_at: datetime, at: datetime
    ) -> ClipCut:
        wanted = {"begin_ms": _ms(begins_at), "end_ms": _ms(ends_at)}
        told = self._ask("PUT", f"/control/shows/{show_id}/clips/{reference}", at, wanted, wait_s=CUT_WAIT_S)
        if told is None or "code" in told:
            raise ClipUncut(str((told or {}).get("code", "clip_no_recording")))
        return ClipCut(_moment(told["begin_ms"]), _moment(told["end_ms"]), int(told["size_bytes"]))

    def _ask(
        self,
        method: str,
        path: str,
        at: datetime,
        body: dict[str, Any] | None = None,
        *,
        wait_s: float = ANSWER_WAIT_S,
    ) -> dict[str, Any] | None:
        """None where nothing is found (404); a refusal (422) is an answer with a `code`. Raises `MediaAway`."""
        token = sign({"from": "web"}, key=derive_key(self.secret, "internal"), expires_at=at.timestamp() + 60)
        headers = {"Authorization": f"Bearer {token}"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}{path}", method=method, headers=headers, data=data)  # noqa: S310 - our own loopback address
        try:
            with urlopen(request, timeout=wait_s) as answer:  # noqa: S310
                told = answer.read()
        except HTTPError as problem:
            if problem.code == 404:
                return None
            if problem.code == 422:
                return _told(problem.read())
            raise MediaAway(str(problem)) from problem
        except (URLError, OSError) as problem:
            raise MediaAway(str(problem)) from problem
        return _told(told) if told else None


def _told(body: bytes) -> dict[str, Any]:
    """Raises `MediaAway` when whoever answered is no media process."""
    try:
        told = json.loads(body)
    except ValueError as problem:
        raise MediaAway("the answer is no JSON") from problem
    if not isinstance(told, dict):
        raise MediaAway("the answer is no object")
    return told


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def media_backend() -> MediaBackend:
    """The backend this shop uses."""
    return OwnMedia(address=f"http://{settings.INNER_HOST}:{settings.MEDIA_PORT}", secret=settings.SECRET_KEY)
