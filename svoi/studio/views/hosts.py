"""The hosts' cards: of everybody for those who run shows, her own for a host."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.replays.queries import host_cards
from svoi.studio.doors import member_of, signed_in
from svoi.studio.replays.doors import card_seen_by, cards_seen_by
from svoi.studio.replays.host_parts import CARD_FACTS, host_parts, table_of


@signed_in
@never_cache
@require_safe
def hosts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every host with her card, in the order asked for (`by`); a host is sent to her own."""
    place, sees_all = cards_seen_by(request, slug)
    if not sees_all:
        return redirect("studio_host", slug=place.slug, host_id=member_of(request).pk)
    at = timezone.now()
    table = table_of(host_cards(community=place, at=at), by=request.GET.get("by", "name"))
    return render(request, "studio/replays/hosts.html", {"place": place, "table": table, "as_of": at, **CARD_FACTS})


@signed_in
@never_cache
@require_safe
def host(request: HttpRequest, slug: str, host_id: int) -> HttpResponse:
    """One host: her card, by slot and by format. Without a show of hers there is none for others to see."""
    place, at = card_seen_by(request, slug, host_id), timezone.now()
    found = host_cards(community=place, at=at, host_id=host_id)
    me = member_of(request)
    if not found and host_id != me.pk:
        raise Http404
    parts = {"place": place, "as_of": at, "is_own": host_id == me.pk, "me": me, **CARD_FACTS}
    return render(request, "studio/replays/host.html", {**parts, **host_parts(found[0] if found else None)})
