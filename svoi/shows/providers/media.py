"""Our own media process, asked over loopback; the MediaBackend shape lets another one take its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from svoi.kernel.tokens import derive_key, sign

ANSWER_WAIT_S = 3


class MediaAway(Exception):
    """The media process did not answer; the errand is repeated later."""


class MediaBackend(Protocol):
    """What a show asks of whoever carries its picture."""

    def finish(self, show_id: int, *, at: datetime) -> None:
        """Send the publisher away and close the recording."""

    def signal(self, show_id: int, *, at: datetime) -> dict[str, Any] | None:
        """The health of the incoming signal, or None when there is none."""


@dataclass(frozen=True, slots=True)
class OwnMedia:
    """The `media` process beside us."""

    address: str
    secret: str

    def finish(self, show_id: int, *, at: datetime) -> None:
        self._ask("POST", f"/control/shows/{show_id}/end", at)

    def signal(self, show_id: int, *, at: datetime) -> dict[str, Any] | None:
        return self._ask("GET", f"/control/shows/{show_id}/signal", at)

    def _ask(self, method: str, path: str, at: datetime) -> dict[str, Any] | None:
        token = sign({"from": "web"}, key=derive_key(self.secret, "internal"), expires_at=at.timestamp() + 60)
        request = Request(f"{self.address}{path}", method=method, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own loopback address
        try:
            with urlopen(request, timeout=ANSWER_WAIT_S) as answer:  # noqa: S310
                body = answer.read()
        except HTTPError as problem:
            if problem.code == 404:
                return None
            raise MediaAway(str(problem)) from problem
        except (URLError, OSError) as problem:
            raise MediaAway(str(problem)) from problem
        return json.loads(body) if body else None


def media_backend() -> MediaBackend:
    """The backend this shop uses."""
    return OwnMedia(address=f"http://{settings.INNER_HOST}:{settings.MEDIA_PORT}", secret=settings.SECRET_KEY)
