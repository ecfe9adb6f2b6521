"""Pages with a map: whose streets it is drawn on, and what the content policy has to allow for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SERVERS = "abc"  # what Leaflet puts for {s}
_MARK = "shows_map"
Page = Callable[..., HttpResponse]


def with_map(page: Page) -> Page:
    """A view whose page can show the map of points: its policy lets pictures in from the tiles' server."""

    @wraps(page)
    def view(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        response = page(request, *args, **more)
        setattr(response, _MARK, True)
        return response

    return view


def tile_sources(response: HttpResponse) -> list[str]:
    """For `img-src`: the origins of the tiles where there is a map, otherwise nothing."""
    return tile_origins(settings.MAP_TILES) if getattr(response, _MARK, False) else []


def tile_origins(address: str) -> list[str]:
    """`https://{s}.tiles.ru/{z}/{x}/{y}.png` comes from three; tiles of our own site need no mention."""
    parts = urlsplit(address.split("/{z}", 1)[0])
    if not parts.netloc:
        return []
    servers = SERVERS if "{s}" in parts.netloc else SERVERS[:1]
    return [f"{parts.scheme}://{parts.netloc.replace('{s}', server)}" for server in servers]


def attribution() -> tuple[str, str]:
    """The words that name the map's owner, and the address they lead to, if the setting ends with one."""
    words, _, last = settings.MAP_ATTRIBUTION.strip().rpartition(" ")
    if last.startswith(("https://", "http://")):
        return words.strip() or last, last
    return settings.MAP_ATTRIBUTION.strip(), ""
