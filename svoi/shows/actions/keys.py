"""One-time stream keys: shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.events import KeyIssued
from svoi.shows.models import StreamKey

KEY_BYTES = 18


@atomic
def issue_key(*, show_id: int, by: Member | None, at: datetime) -> str:
    """Make a new key for a show and return it, this once; the one before stops opening the door."""
    show = locked_open_show(show_id)
    key = f"s{show.pk}-{secrets.token_urlsafe(KEY_BYTES)}"
    StreamKey.objects.filter(show=show, revoked_at__isnull=True).update(revoked_at=at)
    StreamKey.objects.create(show=show, key_hash=key_hash(key), hint=key[-4:], issued_by=by, issued_at=at)
    record(KeyIssued(show_id=show_id, by_id=by.pk if by else None))
    return key


def key_hash(key: str) -> str:
    """SHA-256: the key is long and random, so a slow hash would protect nothing more."""
    return hashlib.sha256(key.encode()).hexdigest()
