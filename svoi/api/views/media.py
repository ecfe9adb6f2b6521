"""What the media process asks and tells."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from svoi.api.doors import body_of, internal, refused
from svoi.kernel.refused import Refused
from svoi.shows.actions.ingest import admit_ingest, note_offline, note_online, note_refusal

_SENTENCES = {
    "unknown_key": "This stream key opens no show. — Этот ключ не открывает ни одного эфира.",
    "show_ended": "This show is over. — Этот эфир уже закончен.",
}


@internal("POST")
def auth(request: HttpRequest) -> HttpResponse:
    """May this key publish, and into which show?"""
    try:
        admission = admit_ingest(key=str(body_of(request).get("key", ""))[:200])
    except Refused as no:
        return refused(no.code, _SENTENCES.get(no.code, no.code), status=403)
    return JsonResponse({"show_id": admission.show_id, "session": str(admission.session)})


@internal("POST")
def online(request: HttpRequest) -> HttpResponse:
    """Pictures arrive."""
    told = body_of(request)
    signal: dict[str, Any] = {name: told[name] for name in ("video", "audio") if name in told}
    note_online(show_id=int(told["show_id"]), session=UUID(told["session"]), signal=signal, at=_at(told["at"]))
    return HttpResponse(status=204)


@internal("POST")
def offline(request: HttpRequest) -> HttpResponse:
    """Pictures stopped."""
    told = body_of(request)
    reason = str(told.get("reason", ""))
    note_offline(show_id=int(told["show_id"]), session=UUID(told["session"]), reason=reason, at=_at(told["at"]))
    return HttpResponse(status=204)


@internal("POST")
def refusal(request: HttpRequest) -> HttpResponse:
    """A publisher was turned away."""
    told = body_of(request)
    note_refusal(show_id=int(told["show_id"]), code=str(told["code"]), at=_at(told["at"]))
    return HttpResponse(status=204)


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), tz=UTC)
