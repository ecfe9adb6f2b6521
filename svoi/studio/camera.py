"""The camera page: the ticket that lets it publish, and what it shows."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.kernel.tokens import derive_key, sign
from svoi.shows.models import Show
from svoi.studio.camera_words import camera_words

TICKET_S = 60

# In the order in which they are looked at; the microphone has its level beside it.
CHECKS: tuple[tuple[str, str | Promise], ...] = (
    ("camera", pgettext_lazy("a device", "Camera")),
    ("microphone", _("Microphone")),
    ("encoder", _("Encoding the picture")),
    ("keys", _("Key frames")),
    ("sound", _("Encoding the sound")),
    ("upload", _("Upload speed")),
    ("delay", _("There and back")),
)


def camera_ticket(show: Show, *, at: datetime) -> str:
    """What lets one connection of the page publish into this show, once."""
    claims = {"show": show.pk, "jti": secrets.token_urlsafe(12)}
    return sign(claims, key=derive_key(settings.SECRET_KEY, "camera"), expires_at=at.timestamp() + TICKET_S)


def camera_parts(show: Show) -> dict[str, Any]:
    """The page without its stage."""
    return {"show": show, "checks": CHECKS, "words": camera_words()}
