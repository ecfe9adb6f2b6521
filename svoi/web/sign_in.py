"""Signing a browser in: a fresh session key, and what the list of sessions will show."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from svoi.kernel.tokens import derive_key
from svoi.members.models import Member, MemberSession
from svoi.members.queries import sessions_of
from svoi.members.sessions import BEGAN_KEY, BROWSER_KEY
from svoi.web.browsers import browser_words
from svoi.web.middleware import THEME_COOKIE

YEAR_S = 365 * 24 * 60 * 60


def begin_session(request: HttpRequest, member: Member) -> None:
    """Sign in under a new key, whatever key the browser came with; an earlier person is signed out first."""
    if request.user.is_authenticated:
        logout(request)
    login(request, member)
    request.session[BROWSER_KEY] = browser_words(request.headers.get("User-Agent", ""))
    request.session[BEGAN_KEY] = int(timezone.now().timestamp())


def session_reference(session_key: str) -> str:
    """A name for a session that may stand in a page; the key itself would let its reader in."""
    key = derive_key(settings.SECRET_KEY, "session-reference")
    return hmac.new(key, session_key.encode(), hashlib.sha256).hexdigest()[:20]


def find_session(member: Member, reference: str) -> MemberSession | None:
    """The member's own session of that name."""
    own = sessions_of(member=member)
    return next((one for one in own if hmac.compare_digest(session_reference(one.session_key), reference)), None)


def keep_in_cookies(response: HttpResponse, *, language: str = "", theme: str = "") -> None:
    """A visitor's choice; it also holds after a member signs out."""
    chosen = {settings.LANGUAGE_COOKIE_NAME: language, THEME_COOKIE: theme}
    for name, value in chosen.items():
        if value:
            response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS)
