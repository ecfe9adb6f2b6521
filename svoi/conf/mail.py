"""A mail server's address turned into Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from svoi.conf.env import refused

TIMEOUT_S = 15
PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:587` (STARTTLS), `smtps://…:465` (TLS from the first byte), or nothing: no mail.

    `?tls=no` on `smtp://` is for a server on the same machine that speaks without encryption.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        shape = "smtp://user:password@host:587 / smtps://user:password@host:465"
        raise refused(f"SVOI_MAIL_URL must look like {shape}", f"SVOI_MAIL_URL должна быть вида {shape}")
    plain = parts.query == "tls=no"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not plain,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT_S,
    }


def mail_sender(url: str, public_url: str) -> str:
    """From whom letters come when nobody said: the mailbox of the sign-in, or the shop's own host."""
    user = unquote(urlsplit(url).username or "") if url else ""
    return user if "@" in user else f"Svoi <no-reply@{urlsplit(public_url).hostname or 'localhost'}>"
