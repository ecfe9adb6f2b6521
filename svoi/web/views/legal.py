"""Legal texts, open to everybody: as pages, as plain words under their hash, and as they were before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from svoi.law.queries.consents import text_by_hash
from svoi.law.rules import KINDS
from svoi.ui.legal import TITLES, blocks, document

PLAIN = "text/plain; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "web/legal/index.html", {"texts": TITLES.items()})


@require_safe
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """One text in force, in the reader's language."""
    found = document(_known(kind), get_language() or "ru")
    return render(request, "web/legal/text.html", {"text": found, "blocks": blocks(found.body)})


@require_safe
def words(request: HttpRequest, kind: str) -> HttpResponse:
    """The same words without a page round them: what the hash is made of."""
    return HttpResponse(document(_known(kind), get_language() or "ru").body, content_type=PLAIN)


@require_safe
def version(request: HttpRequest, sha256: str) -> HttpResponse:
    """A text somebody agreed to, by its hash, in force or not."""
    found = text_by_hash(sha256=sha256)
    if found is None:
        raise Http404
    return HttpResponse(found.body, content_type=PLAIN)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind
