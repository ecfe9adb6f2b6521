"""Where carriers send their news."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from svoi.api.doors import body_of
from svoi.pickup.actions import receive_news
from svoi.pickup.providers import KNOWN, carrier_named
from svoi.pickup.queries import carrier_door

NEWS_BYTES_MAX = 64 * 1024


@csrf_exempt
@require_POST
def news(request: HttpRequest, carrier: str, secret: str) -> HttpResponse:
    """Keep the notice and answer at once; the worker reads again what it speaks of.

    The news is not signed, so its address is a secret, and nothing it says is believed.
    """
    if carrier not in KNOWN or not carrier_named(carrier).is_set_up():
        return HttpResponseNotFound()
    if not hmac.compare_digest(secret.encode(), carrier_door(settings.SECRET_KEY, carrier).encode()):
        return HttpResponseNotFound()
    if len(request.body) > NEWS_BYTES_MAX:
        return HttpResponse(status=413)
    try:
        receive_news(carrier=carrier, body=body_of(request), at=timezone.now())
    except (ValueError, RecursionError):
        return HttpResponseBadRequest()
    return HttpResponse(status=200)
