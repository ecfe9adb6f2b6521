"""Claims said on air: marked in a show, found in the log, taken away as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.replays.actions import log_claim
from svoi.replays.queries import CLAIMS_SHOWN_MAX, claimed_in, claims_said, shows_debriefed_by
from svoi.replays.rules import CLAIM_LENGTH_MAX
from svoi.rundowns.queries import claims_of
from svoi.shows.models import Show
from svoi.studio.answers import refusal
from svoi.studio.doors import member_of, show_kept_by, signed_in
from svoi.studio.replays.claim_parts import claim_rows, claims_asked, marked_claim, show_claims
from svoi.studio.replays.doors import log_kept_by
from svoi.studio.replays.exports import claims_file
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_show(request: HttpRequest, show_id: int) -> HttpResponse:
    """What was claimed in a show (GET); mark one more (POST), now or at a place of the recording."""
    show = show_kept_by(request, show_id)
    if request.method != "POST":
        return _of_show(request, show)
    at = timezone.now()
    marked = marked_claim(show, request.POST, at=at)
    if marked is None:
        return _of_show(
            request, show, Told("unreadable", _("This cannot be read"), _("Nothing was written down."), 422)
        )
    try:
        log_claim(
            show_id=show.pk, product_id=marked.product_id, text=marked.text, evidence=marked.evidence,
            said_by=marked.said_by, media_at=marked.media_at, by=member_of(request), at=at,
        )  # fmt: skip
    except Refused as refused:
        return _of_show(request, show, say(refused))
    messages.success(request, _("The claim is in the log, and stays there as it was said."))
    return redirect("studio_claims_said", show_id=show.pk)


@signed_in
@require_POST
def said(request: HttpRequest, show_id: int, claim_id: int) -> HttpResponse:
    """A claim of the rundown was just said on air: into the log, with the evidence that lets it be said."""
    show, at = show_kept_by(request, show_id), timezone.now()
    claim = next((one for one in claims_of(show_id=show.pk) if one.id == claim_id), None)
    if claim is None:
        raise Http404
    proofs = {str(one.id): f"{one.says} · {one.reference}" for one in claim.evidence if one.lasts}
    try:
        log_claim(
            show_id=show.pk, product_id=claim.product_id, text=claim.text, evidence=proofs,
            said_by=show.host, media_at=at, by=member_of(request), at=at,
        )  # fmt: skip
    except Refused as refused:
        return refusal(request, say(refused))
    if request.headers.get("HX-Request"):
        return render(request, "studio/control/_said.html")
    return redirect("studio_claims_said", show_id=show.pk)


@signed_in
@never_cache
@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Claims of all shows, by product, speaker and day."""
    place, asked = log_kept_by(request, slug), claims_asked(request.GET)
    found = list(claims_said(community=place, asked=asked)[: CLAIMS_SHOWN_MAX + 1])
    parts = {
        "place": place,
        "rows": claim_rows(found[:CLAIMS_SHOWN_MAX]),
        "is_capped": len(found) > CLAIMS_SHOWN_MAX,
        "shown_max": CLAIMS_SHOWN_MAX,
        "asked": asked,
        "query": request.GET.urlencode(),
        "products": list(claimed_in(place, "product")),
        "speakers": list(claimed_in(place, "said_by")),
    }
    return render(request, "studio/replays/log.html", parts)


@signed_in
@never_cache
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as a file, all of it."""
    place = log_kept_by(request, slug)
    return claims_file(claims_said(community=place, asked=claims_asked(request.GET)), name=f"{place.slug}-claims.csv")


def _of_show(request: HttpRequest, show: Show, told: Told | None = None) -> HttpResponse:
    parts = {
        "show": show,
        "place": show.community,
        "section": "claims",
        "told": told,
        "typed": request.POST if told else {},
        "may_debrief": shows_debriefed_by(member_of(request)).filter(pk=show.pk).exists(),
        "is_over": show.ended_at is not None,
        "length_max": CLAIM_LENGTH_MAX,
        **show_claims(show),
    }
    return render(request, "studio/replays/claims.html", parts, status=told.status if told else 200)
