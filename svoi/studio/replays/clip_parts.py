"""Chapters and clips as the studio shows them, and the stretch somebody asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from svoi.replays.models import Clip
from svoi.replays.queries import ChapterRow, chapter_rows, clips_of, media_ms
from svoi.replays.rules import CLIP_S_MAX, CLIP_S_MIN, CLIPS_OF_PRODUCT_MAX, CLIPS_OF_SHOW_MAX, Span
from svoi.shows.models import Show
from svoi.studio.addresses import clip_address
from svoi.studio.replays.span_words import place_read, place_words, span_words
from svoi.ui.refusals import say_code

USUAL_S = 30


@dataclass(frozen=True, slots=True)
class Cuttable:
    """A chapter, where a clip of it would begin if nobody says otherwise, and how many are left."""

    row: ChapterRow
    begins: str
    ends: str
    length: str
    usual_s: int
    left: int
    media_ms: int
    reference: UUID

    @property
    def can_be_cut(self) -> bool:
        return self.left > 0 and self.row.length_s >= CLIP_S_MIN


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A clip with its place in the recording; `address` is where the crew watches it."""

    clip: Clip
    begins: str
    length: str
    address: str
    why_not: str


def clip_parts(request: HttpRequest, show: Show, *, at: datetime) -> dict[str, Any]:
    """Everything of the page and of its list."""
    clips, rows = list(clips_of(show_id=show.pk)), chapter_rows(show)
    standing = [clip for clip in clips if clip.failed_at is None]
    left = CLIPS_OF_SHOW_MAX - len(standing)
    return {
        "show": show,
        "place": show.community,
        "chapters": [_cuttable(row, _left_of(row, standing, left)) for row in rows],
        "clips": [clip_row(request, clip, at=at) for clip in clips],
        "is_waiting": any(clip.state == "asked" for clip in clips),
        "left": left,
        "clip_s_min": CLIP_S_MIN,
        "clip_s_max": CLIP_S_MAX,
        "clips_max": CLIPS_OF_SHOW_MAX,
        "clips_of_product_max": CLIPS_OF_PRODUCT_MAX,
    }


def clip_row(request: HttpRequest, clip: Clip, *, at: datetime) -> ClipRow:
    """One clip; a clip that is made says what the file holds, which begins with a key frame."""
    began_at, began, ended = clip.show.went_live_at, clip.cut_from or clip.begins_at, clip.cut_until or clip.ends_at
    assert began_at is not None
    return ClipRow(
        clip,
        begins=place_words((began - began_at).total_seconds()),
        length=span_words((ended - began).total_seconds()),
        address=clip_address(request, clip, at=at) if clip.made_at else "",
        why_not=say_code(clip.failed_for).sentence() if clip.failed_at else "",
    )


def asked_span(show: Show, told: Mapping[str, str]) -> Span | None:
    """The stretch from `begins` (a place in the recording) for `length` seconds; None when it cannot be read."""
    begins_s, length = place_read(told.get("begins", "")), told.get("length", "").strip()
    if begins_s is None or not (length.isascii() and length.isdigit() and len(length) <= 3) or not show.went_live_at:
        return None
    begin_ms = media_ms(show.went_live_at) + begins_s * 1000
    return Span(begin_ms, begin_ms + int(length) * 1000)


def _cuttable(row: ChapterRow, left: int) -> Cuttable:
    # A place is written in whole seconds: the first one that lies within the chapter.
    offset_ms = row.at_exact_ms
    begins_s = -(-offset_ms // 1000)
    room_s = (offset_ms + row.chapter.length_ms) // 1000 - begins_s
    return Cuttable(
        row,
        begins=place_words(begins_s),
        ends=place_words(row.at_s + row.length_s),
        length=span_words(row.length_s),
        usual_s=min(USUAL_S, room_s),
        left=left,
        media_ms=row.chapter.begin_ms,
        reference=uuid4(),
    )


def _left_of(row: ChapterRow, standing: list[Clip], left: int) -> int:
    of_product = sum(clip.product_id == row.chapter.product_id for clip in standing)
    return min(left, CLIPS_OF_PRODUCT_MAX - of_product)
