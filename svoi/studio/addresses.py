"""Where an encoder or a page publishes, seen from the page a producer has open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def ingest_address(request: HttpRequest) -> str:
    """The server field of an encoder; the key goes into a field of its own."""
    return settings.RTMP_URL or f"rtmp://{page_host(request)}:{settings.RTMP_PORT}/live"


def camera_address(request: HttpRequest, show_id: int) -> str:
    """The WebSocket of the browser studio: the media process, by the address browsers know it by."""
    media = settings.MEDIA_URL_PUBLIC or f"{request.scheme}://{page_host(request)}:{settings.MEDIA_PORT}"
    return f"{media.replace('http', 'ws', 1)}/studio/{show_id}"


def page_host(request: HttpRequest) -> str:
    """The host name of the open page without its port; an IPv6 address keeps its brackets."""
    host = request.get_host()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
