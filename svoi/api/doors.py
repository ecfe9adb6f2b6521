"""Who may knock: our own processes, by a signed and short-lived bearer token, and a shop's programs, by their own."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from svoi.catalog.rules.tokens import TokenUnknown
from svoi.kernel.tokens import TokenRefused, derive_key, verify

View = Callable[..., HttpResponse]


def internal(method: str) -> Callable[[View], View]:
    """Let in our own processes with the right method; anybody else finds nothing here (404)."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != method or not _is_ours(request):
                return HttpResponseNotFound()
            return view(request, *args, **kwargs)

        return door

    return wrap


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in a request; ValueError for anything else."""
    body = json.loads(request.body)
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004 - one error for every bad body
    return body


def refused(code: str, message: str, *, status: int) -> JsonResponse:
    """A refusal for a machine, with a sentence for the person behind it."""
    return JsonResponse({"code": code, "message": message}, status=status)


def secret_of(request: HttpRequest) -> str:
    """What a shop's program shows: a bearer token, or the same as a password beside any name, where it has only those.

    Raises `TokenUnknown` when it shows nothing.
    """
    kind, _, said = request.headers.get("Authorization", "").partition(" ")
    secret = said if kind == "Bearer" else ""
    if kind == "Basic":
        try:
            secret = base64.b64decode(said.strip(), validate=True).decode().partition(":")[2]
        except ValueError:
            raise TokenUnknown() from None
    if not secret.strip():
        raise TokenUnknown()
    return secret.strip()


def _is_ours(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        verify(token, key=derive_key(settings.SECRET_KEY, "internal"), at=time.time())
    except TokenRefused:
        return False
    return kind == "Bearer"
