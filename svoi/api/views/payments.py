"""Where payment providers send their notices."""

from __future__ import annotations

import logging
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from svoi.api.doors import body_of
from svoi.gateway.census import seen_address
from svoi.kernel.refused import Refused
from svoi.payments.actions import receive_notice
from svoi.payments.providers import provider_named
from svoi.payments.rules import PaymentUnknown, ProviderAway

NOTICE_BYTES_MAX = 64 * 1024
# Each notice makes its thread wait for the provider. While that is slow, the shop keeps the others for its buyers.
NOTICES_AT_ONCE = 3
log = logging.getLogger(__name__)
_places = BoundedSemaphore(NOTICES_AT_ONCE)


@csrf_exempt
@require_POST
def notice(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a notice of the provider this shop uses; an answer other than 200 asks it to repeat the notice later."""
    sender = seen_address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For"))
    if provider != settings.PAYMENT_PROVIDER or not provider_named(provider).believes(sender):
        return HttpResponseNotFound()
    if len(request.body) > NOTICE_BYTES_MAX:
        return HttpResponse(status=413)
    if not _places.acquire(blocking=False):
        return _later()
    try:
        return _take(request, provider, sender)
    finally:
        _places.release()


def _take(request: HttpRequest, provider: str, sender: str) -> HttpResponse:
    try:
        receive_notice(provider=provider, body=body_of(request), at=timezone.now(), sender=sender)
    except (ValueError, RecursionError):
        return HttpResponseBadRequest()
    except (PaymentUnknown, ProviderAway):
        return _later()
    except Refused as no:
        log.error("a %s notice does not fit what is on record, somebody has to look: %s", provider, no)
        return HttpResponse(status=409)
    return HttpResponse(status=200)


def _later() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": "5"})
