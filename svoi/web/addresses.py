"""Where a browser finds the gateway and the media process, seen from the page it has open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def page_host(request: HttpRequest) -> str:
    """The host name of the open page, without its port (an IPv6 address keeps its brackets)."""
    host = request.get_host()
    return host if host.endswith("]") else host.rsplit(":", 1)[0] if ":" in host else host


def gateway_url(request: HttpRequest) -> str:
    """The WebSocket address of live rooms."""
    scheme = "wss" if request.is_secure() else "ws"
    return settings.GATEWAY_URL or f"{scheme}://{page_host(request)}:{settings.GATEWAY_PORT}"


def sse_url(request: HttpRequest) -> str:
    """The read-only fallback of live rooms."""
    return settings.SSE_URL or f"{request.scheme}://{page_host(request)}:{settings.SSE_PORT}"


def media_url(request: HttpRequest) -> str:
    """Where playlists and segments are read."""
    return settings.MEDIA_URL_PUBLIC or f"{request.scheme}://{page_host(request)}:{settings.MEDIA_PORT}"


def rtmp_url(request: HttpRequest) -> str:
    """Where a producer's encoder publishes."""
    return settings.RTMP_URL or f"rtmp://{page_host(request)}:{settings.RTMP_PORT}/live"


def live_sources(request: HttpRequest) -> str:
    """All of them, for the content policy; the browser studio speaks to media by WebSocket as well."""
    media = media_url(request)
    return " ".join((gateway_url(request), sse_url(request), media, media.replace("http", "ws", 1)))
