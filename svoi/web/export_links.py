"""Links to exports: signed, short-lived, and good for one export of one member."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from svoi.kernel.tokens import TokenRefused, derive_key, sign, verify
from svoi.law.models import DataExport
from svoi.law.rules import LINK_LIVES_S


def export_token(export: DataExport, *, at: datetime) -> str:
    """What the link carries."""
    claims = {"export": export.key.hex, "member": export.member_id}
    return sign(claims, key=_key(), expires_at=at.timestamp() + LINK_LIVES_S)


def opens_export(token: str, export: DataExport, *, at: datetime) -> bool:
    """Was this link made for this export, and is it still good?"""
    try:
        claims = verify(token, key=_key(), at=at.timestamp())
    except TokenRefused:
        return False
    return claims == {"export": export.key.hex, "member": export.member_id, "exp": claims["exp"]}


def _key() -> bytes:
    return derive_key(settings.SECRET_KEY, "data-export")
