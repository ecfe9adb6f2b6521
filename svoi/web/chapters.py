"""The chapters of a recording as the room's page lists them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from svoi.replays.queries import chapter_rows
from svoi.shows.models import Show


def chapters_shown(show: Show) -> list[dict[str, Any]]:
    """In order, each with its product; none while the show is not over. Media time in milliseconds."""
    if show.ended_at is None:
        return []
    english = get_language() == "en"
    return [
        {
            "begin": row.chapter.begin_ms,
            "end": row.chapter.end_ms,
            "title": (row.card.name_en if english else "") or row.card.name,
            "picture": row.card.picture,
            "place": _place(row.at_s),
        }
        for row in chapter_rows(show)
    ]


def _place(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
