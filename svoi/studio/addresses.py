"""Where an encoder or a page publishes and where a clip is watched, seen from the page a producer has open."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from svoi.kernel.tokens import derive_key, sign
from svoi.replays.models import Clip

CLIP_WATCHED_S = 12 * 3600


def ingest_address(request: HttpRequest) -> str:
    """The server field of an encoder; the key goes into a field of its own."""
    return settings.RTMP_URL or f"rtmp://{page_host(request)}:{settings.RTMP_PORT}/live"


def clip_address(request: HttpRequest, clip: Clip, *, at: datetime) -> str:
    """The file of a clip, with the crew's right to watch it in the path; the same address for an hour, for caches."""
    expires_at = at.timestamp() // 3600 * 3600 + CLIP_WATCHED_S
    claims = {"show": clip.show_id, "crew": True}
    token = sign(claims, key=derive_key(settings.SECRET_KEY, "playback"), expires_at=expires_at)
    house = settings.MEDIA_URL_PUBLIC or f"{request.scheme}://{page_host(request)}:{settings.MEDIA_PORT}"
    return f"{house}/live/{token}/{clip.show_id}/clips/{clip.reference}.mp4"


def camera_address(request: HttpRequest, show_id: int) -> str:
    """The WebSocket of the browser studio: the media process, by the address browsers know it by."""
    media = settings.MEDIA_URL_PUBLIC or f"{request.scheme}://{page_host(request)}:{settings.MEDIA_PORT}"
    return f"{media.replace('http', 'ws', 1)}/studio/{show_id}"


def page_host(request: HttpRequest) -> str:
    """The host name of the open page without its port; an IPv6 address keeps its brackets."""
    host = request.get_host()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
