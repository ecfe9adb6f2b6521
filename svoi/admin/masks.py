"""Personal data as an operator sees it: enough to recognise what she was told, too little to carry away."""

from __future__ import annotations

import re
from typing import Any

DOTS = "•••"
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
# What of an event names no person and opens no door; every other text of it is masked. `before` is what a
# description of goods, a point or a community was before an operator wrote another.
PLAIN_WORDS = frozenset(
    {
        "before", "consent", "carrier", "claim", "due_at", "keep_until", "origin_kind", "picture", "reason", "role",
        "source", "subject", "title_en", "title_ru", "until",
    }
)  # fmt: skip


def mask_email(text: str) -> str:
    """`anna@example.com` -> `a•••@example.com`."""
    name, _, host = text.partition("@")
    return f"{name[:1]}{DOTS}@{host}"


def mask_phone(text: str) -> str:
    """`+79123456789` -> `+7•••89`."""
    return f"{text[:2]}{DOTS}{text[-2:]}"


def mask_reached(text: str) -> str:
    """An e-mail or a phone, whichever it is."""
    return mask_email(text) if "@" in text else mask_phone(text)


def mask_addresses(text: str) -> str:
    """E-mails inside a sentence, such as a mail server's answer."""
    return _EMAIL.sub(lambda found: mask_email(found[0]), text)


def mask_payload(told: dict[str, Any]) -> dict[str, Any]:
    """An event's numbers, yes and no, and known words as they are; every other text, however deep, as dots."""
    return {name: value if name in PLAIN_WORDS else _masked(value) for name, value in told.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    return DOTS if isinstance(value, str) and value else value
