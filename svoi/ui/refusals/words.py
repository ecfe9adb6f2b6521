"""The shape of one worded refusal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

CONFLICT = 409
UNREADABLE = 422
TOO_FAST = 429
FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, what to do about it, and the HTTP status; `{names}` are filled from the refusal's facts."""

    title: str | Promise
    advice: str | Promise
    status: int = CONFLICT
