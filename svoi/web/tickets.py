"""What lets a page into a live room: a ticket for the gateway, an address for the player."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from svoi.communities.queries import belongs, roles_of
from svoi.communities.rules import CREW, MAY_KEEP_ORDER
from svoi.kernel.tokens import derive_key, sign
from svoi.kernel.traces import monthly_trace
from svoi.shows.models import Show
from svoi.shows.queries.people import shown_role
from svoi.web.addresses import gateway_url, media_url, sse_url

TICKET_S = 60
PLAYBACK_S = 12 * 60 * 60
VIEWER_COOKIE = "svoi_viewer"
VIEWER_COOKIE_AGE_S = 60 * 60 * 24 * 180


def room_ticket(request: HttpRequest, show: Show, *, viewer: str, at: datetime) -> dict[str, Any]:
    """A ticket of one use for the gateway, with the addresses the page needs. Times in Unix milliseconds."""
    member, seconds = request.user, at.timestamp()
    roles = roles_of(community=show.community, member=member) | ({"host"} if member.pk == show.host_id else frozenset())
    claims = {
        "show": show.pk,
        "member": member.pk or 0,
        "name": member.name if member.is_authenticated else "",
        "role": shown_role(frozenset(roles)),
        "chat": belongs(community=show.community, member=member),
        "crew": bool(MAY_KEEP_ORDER & roles),
        "viewer": viewer_name(request, viewer),
        "device": monthly_trace(settings.SECRET_KEY, "device", viewer, at=seconds),
        "jti": secrets.token_urlsafe(12),
    }
    key = derive_key(settings.SECRET_KEY, "ticket")
    return {
        "ticket": sign(claims, key=key, expires_at=seconds + TICKET_S),
        "gateway": f"{gateway_url(request)}/rooms/{show.pk}",
        "sse": f"{sse_url(request)}/rooms/{show.pk}",
        "playback": playback_address(request, show, crew=bool(CREW & roles), at=at),
        "now": round(seconds * 1000),
    }


def playback_address(request: HttpRequest, show: Show, *, crew: bool, at: datetime) -> str:
    """The playlist's address, with the right to read it in the path so that segments inherit it."""
    claims = {"show": show.pk, "crew": True} if crew else {"show": show.pk}
    # The address changes once an hour only, so that a page opened again finds its segments in the cache.
    expires_at = at.timestamp() // 3600 * 3600 + PLAYBACK_S
    token = sign(claims, key=derive_key(settings.SECRET_KEY, "playback"), expires_at=expires_at)
    return f"{media_url(request)}/live/{token}/{show.pk}/index.m3u8"


def viewer_name(request: HttpRequest, viewer: str) -> str:
    """One name for one viewer, so that many tabs count once; it tells nobody who she is."""
    source = f"member:{request.user.pk}" if request.user.is_authenticated else f"browser:{viewer}"
    key = derive_key(settings.SECRET_KEY, "viewer")
    return hmac.new(key, source.encode(), hashlib.sha256).hexdigest()[:32]


def viewer_cookie(request: HttpRequest) -> str:
    """The browser's own random name, made on the first visit to a room."""
    known = request.COOKIES.get(VIEWER_COOKIE, "")
    return known if 16 <= len(known) <= 40 else secrets.token_urlsafe(16)
