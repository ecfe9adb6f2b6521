"""Lengths of time as the crew writes them: minutes and seconds with a colon, hours before them."""

from __future__ import annotations

MINUTE_S = 60
HOUR_S = 3600


def length_text(seconds: int) -> str:
    """330 -> "5:30", 3930 -> "1:05:30", 45 -> "0:45"; below zero with a minus."""
    sign, whole = ("−" if seconds < 0 else ""), abs(seconds)
    hours, rest = divmod(whole, HOUR_S)
    minutes, left = divmod(rest, MINUTE_S)
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"


def read_length(typed: str) -> int | None:
    """Seconds of "5" (minutes), "5:30" or "1:05:30"; None for what cannot be read."""
    parts = typed.strip().split(":")
    is_figures = all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts)
    if not is_figures or len(parts) > 3 or any(int(part) >= MINUTE_S for part in parts[1:]):
        return None
    if len(parts) == 1:
        return int(parts[0]) * MINUTE_S
    seconds = 0
    for part in parts:
        seconds = seconds * MINUTE_S + int(part)
    return seconds
