"""Signed, short-lived tokens by which one process believes another (HMAC-SHA256, RFC 2104)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any, ClassVar

from svoi.kernel.refused import Refused

TOKEN_LENGTH_MAX = 4096
_SIGNATURE_BYTES = 16


class TokenRefused(Refused):
    """The token was not signed with this key (`reason="forged"`) or its time is over (`reason="expired"`)."""

    code: ClassVar[str] = "token_refused"


def derive_key(secret: str, purpose: str) -> bytes:
    """A key of its own for each purpose, so that a token for one door opens no other."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def sign(claims: dict[str, Any], *, key: bytes, expires_at: float) -> str:
    """Seal claims until `expires_at` (Unix seconds) into URL-safe text."""
    body = json.dumps({**claims, "exp": round(expires_at, 3)}, separators=(",", ":"), ensure_ascii=False).encode()
    return f"{_encode(body)}.{_encode(_seal(body, key))}"


def verify(token: str, *, key: bytes, at: float) -> dict[str, Any]:
    """Return the claims, or raise `TokenRefused`; the signature is checked before anything is read."""
    body_text, _, seal_text = token.partition(".")
    if len(token) > TOKEN_LENGTH_MAX:
        raise TokenRefused(reason="forged")
    try:
        body, seal = _decode(body_text), _decode(seal_text)
    except (binascii.Error, ValueError):
        raise TokenRefused(reason="forged") from None
    if not hmac.compare_digest(seal, _seal(body, key)):
        raise TokenRefused(reason="forged")
    claims: dict[str, Any] = json.loads(body)
    if at >= claims["exp"]:
        raise TokenRefused(reason="expired")
    return claims


def _seal(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
