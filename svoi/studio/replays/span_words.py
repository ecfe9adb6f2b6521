"""Lengths and places of a recording as people write them, and read back from what they type."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_PLACE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})|(\d{1,5})")
LONGEST_S = 24 * 3600


def place_words(seconds: float) -> str:
    """A place in a recording: 4:05, or 1:04:05 after the first hour."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def place_read(text: str) -> int | None:
    """Seconds from 4:05, 1:04:05 or 245; None when it is none of them."""
    found = _PLACE.fullmatch(text.strip()) if text.isascii() else None
    if found is None:
        return None
    hours, minutes, seconds, alone = found.groups()
    told = int(alone) if alone else int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return told if told <= LONGEST_S else None


def span_words(seconds: float) -> str:
    """A length in hours, minutes and seconds, the two largest of them."""
    whole = abs(round(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if hours:
        told = _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    elif minutes:
        told = _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}
    else:
        told = _("%(seconds)d s") % {"seconds": rest}
    return f"\N{MINUS SIGN}{told}" if seconds <= -0.5 else told
