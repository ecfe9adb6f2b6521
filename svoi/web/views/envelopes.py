"""One envelope: its page, a share of it, and the proof of its deal."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.envelopes.queries import EnvelopePage, envelope_page, proof_of
from svoi.kernel.refused import Refused
from svoi.ui.refusals import Told, say
from svoi.web.gifts import gift_parts, key_in
from svoi.web.returning import to_sign_in
from svoi.web.shares import take_share

PROOF_ROWS_MAX = 500


@never_cache
@require_safe
def envelope(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Closed, hers, or over; for htmx the same without the page round it."""
    return _shown(request, find_envelope(request, reference))


@never_cache
@require_POST
def shares(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Take a share; a second press of the same form finds the one she has."""
    page = find_envelope(request, reference)
    address = f"/envelopes/{reference}/"
    if not request.user.is_authenticated:
        return to_sign_in(request, address)
    key = key_in(request)
    try:
        taken = take_share(envelope=page.envelope, member=request.user, key=key, at=timezone.now())
    except Refused as refused:
        return _shown(request, find_envelope(request, reference), told=say(refused))
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(address, status=303)
    found = find_envelope(request, reference)
    # What the room's own line decided a moment ago under this form's key is opened here for the first time.
    decided_ahead = "ahead" in request.POST and found.hers is not None and found.hers.key == key
    return _shown(request, found, is_new=taken.is_new or decided_ahead)


@never_cache
@require_safe
def proof(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What was sealed, what was opened, and how anybody deals it again."""
    page = find_envelope(request, reference)
    proven = proof_of(page.envelope)
    given = dict(proven.given)
    rows = [(place, dealt, given.get(place)) for place, dealt in enumerate(proven.dealt[:PROOF_ROWS_MAX], 1)]
    shown = {
        "page": page,
        "envelope": page.envelope,
        "community": page.envelope.community,
        "proof": proven,
        "rows": rows,
        "rows_hidden": len(proven.dealt) - len(rows),
    }
    return render(request, "web/envelopes/proof.html", shown)


def find_envelope(request: HttpRequest, reference: UUID) -> EnvelopePage:
    """The envelope as the reader may see it; one of a closed community is not there for strangers."""
    page = envelope_page(reference=str(reference), reader=request.user)
    if page is None:
        raise Http404
    return page


def _shown(request: HttpRequest, page: EnvelopePage, *, is_new: bool = False, told: Told | None = None) -> HttpResponse:
    parts = gift_parts(request, page, at=timezone.now(), is_new=is_new, told=told)
    name = "envelope.html"
    if request.headers.get("HX-Request") == "true":
        name = "_body.html" if request.method == "POST" else "_envelope.html"
    return render(request, f"web/envelopes/{name}", parts, status=told.status if told else 200)
