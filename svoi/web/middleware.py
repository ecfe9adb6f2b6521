"""What every answer carries: a strict content policy, and the language and theme the person chose."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from svoi.members.rules import LANGUAGES, THEMES
from svoi.web.addresses import live_sources
from svoi.web.maps import tile_sources

Answer = Callable[[HttpRequest], HttpResponse]
THEME_COOKIE = "svoi_theme"


def content_policy(answer: Answer) -> Answer:
    """Allow only our own scripts and styles, connections to our own gateway and media, and tiles where the map is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
        response = answer(request)
        live = live_sources(request)
        pictures = " ".join(("'self'", "data:", "https:", *tile_sources(response)))
        response.headers.setdefault(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'self' 'nonce-{request.csp_nonce}'; style-src 'self'; "  # type: ignore[attr-defined]
            f"img-src {pictures}; media-src 'self' blob: {live}; connect-src 'self' {live}; "
            "worker-src 'self' blob:; font-src 'self'; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'",
        )
        return response

    return middleware


def preferences(answer: Answer) -> Answer:
    """Speak the member's language; a visitor's comes from her cookie, then from her browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        request.LANGUAGE_CODE = language
        request.theme = chosen_theme(request)  # type: ignore[attr-defined]
        with translation.override(language):
            response = answer(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def chosen_language(request: HttpRequest) -> str:
    """The language of a member, of a cookie, of the browser; Russian when none of them helps."""
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in LANGUAGES:
        return cookie
    wanted = request.headers.get("Accept-Language", "").lower()
    places = {code: wanted.find(code) for code in LANGUAGES if code in wanted}
    return min(places, key=lambda code: places[code]) if places else settings.LANGUAGE_CODE


def chosen_theme(request: HttpRequest) -> str:
    """system, light or dark."""
    if request.user.is_authenticated:
        return request.user.theme
    cookie = request.COOKIES.get(THEME_COOKIE, "")
    return cookie if cookie in THEMES else "system"
