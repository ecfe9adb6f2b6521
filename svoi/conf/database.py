"""The database from one address, with a pool per process."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def database_settings(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?host=/socket` address.

    Raises ValueError for another scheme. Locks and transactions have time limits, since a long transaction
    holds the relay back for everybody.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    options: dict[str, Any] = {
        "options": "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s",
        "application_name": "svoi",
    }
    if pooled:
        # The pool pings a connection before lending it, so that a restarted database is not noticed by visitors.
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 10}
    host = query.pop("host", parts.hostname or "")
    options.update(query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "svoi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }
