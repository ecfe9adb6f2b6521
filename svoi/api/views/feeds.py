"""A community's catalogue at an address, for marketplaces that come and read it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from svoi.api.doors import secret_of
from svoi.catalog.actions import KeptFeed, hear_call, keep_feed
from svoi.catalog.rules.tokens import CallsTooMany, ScopeMissing, TokenUnknown
from svoi.communities.models import Community
from svoi.ui.addresses import pages_of

CONTENT_TYPE = "application/xml; charset=utf-8"
RETRY_AFTER_S = 10


@require_safe
def feed(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The feed as a stream; 304 when the reader has it already, 503 while the first one is being made.

    A closed community's is there only for a program with a token of it that may read the catalogue.
    """
    now = timezone.now()
    try:
        place = _community(request, slug)
    except CallsTooMany as no:
        return HttpResponse(status=429, headers={"Retry-After": str(no.facts["wait_s"])})
    kept = keep_feed(community=place, form=form, pages=pages_of(place.slug), at=now)
    if kept is None:
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_AFTER_S)})
    return _answer(request, kept, is_open=place.doors == "open")


def _answer(request: HttpRequest, kept: KeptFeed, *, is_open: bool) -> HttpResponseBase:
    """The file, or that the reader has it already."""
    made_at = int(kept.made_at.timestamp())
    told = {
        "ETag": quote_etag(kept.stamp),
        "Last-Modified": http_date(made_at),
        # May be kept, and is asked for anew each time: a price in it must not outlive the shop's.
        "Cache-Control": "no-cache" if is_open else "private, no-cache",
        "Content-Language": "ru",
    }
    if known := get_conditional_response(request, told["ETag"], made_at):
        kept.file.close()
        for name, value in told.items():
            known[name] = value
        return known
    name = request.path.rpartition("/")[2]
    return FileResponse(kept.file, filename=name, content_type=CONTENT_TYPE, headers=told)


def _community(request: HttpRequest, slug: str) -> Community:
    """The community whose feed this reader may have; any other is not there."""
    found = Community.objects.visible_to(AnonymousUser()).filter(slug=slug).first()
    if found is not None:
        return found
    try:
        token = hear_call(secret=secret_of(request), scope="catalogue", at=timezone.now())
    except (TokenUnknown, ScopeMissing):
        raise Http404 from None
    if token.community.slug != slug:
        raise Http404
    return token.community
