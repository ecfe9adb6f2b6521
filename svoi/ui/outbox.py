"""The development outbox: what the house wrote, since no letter leaves it in development and on a demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from svoi.letters.models import Letter
from svoi.letters.queries import latest_letters

# A letter carries its look inside itself: it is shown in a frame that runs nothing and reaches nothing.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; sandbox; frame-ancestors 'self'"


def in_development(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing is there on a shop that works."""

    @wraps(view)
    def only_in_development(request: HttpRequest, **where: Any) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO or settings.REHEARSAL):
            raise Http404
        return view(request, **where)

    return only_in_development


@require_safe
@never_cache
@in_development
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest letters."""
    return render(request, "ui/outbox/outbox.html", {"letters": latest_letters()})


@require_safe
@never_cache
@in_development
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter: its head, its plain part, and its page in a frame."""
    found = get_object_or_404(Letter.objects.select_related("member"), pk=letter_id)
    return render(request, "ui/outbox/letter.html", {"letter": found})


@require_safe
@never_cache
@xframe_options_sameorigin
@in_development
def letter_page(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The page of a letter as a mail program would show it."""
    found = get_object_or_404(Letter, pk=letter_id)
    return HttpResponse(found.html, headers={"Content-Security-Policy": LETTER_POLICY})
