"""Which clips may be cut from a recording, and what may become of their drafts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused
from svoi.replays.rules.chapters import Chapter, Span, chapter_at

CLIPS_OF_SHOW_MAX = 20
CLIPS_OF_PRODUCT_MAX = 3
CLIP_S_MIN, CLIP_S_MAX = 5, 90
DRAFT_LENGTH_MAX = 4_000

MAY_DEBRIEF = frozenset({"owner", "producer", "host"})  # who looks back at a show, cuts it and writes of it

ClipState = Literal["asked", "made", "failed"]
DraftState = Literal["draft", "left", "handed_over"]


class RecordingNotOver(Refused):
    """The recording is still being written."""

    code: ClassVar[str] = "recording_not_over"


class ClipLengthUnfit(Refused):
    """A clip is `least` to `most` seconds long."""

    code: ClassVar[str] = "clip_length_unfit"


class NotExplained(Refused):
    """The product was not on air during the whole of this stretch."""

    code: ClassVar[str] = "clip_not_explained"


class ClipsFull(Refused):
    """A show gives `most` clips."""

    code: ClassVar[str] = "clips_full"


class ClipsOfProductFull(Refused):
    """A product gives `most` clips a show."""

    code: ClassVar[str] = "clips_of_product_full"


class ClipNotMade(Refused):
    """There is no clip yet to write of."""

    code: ClassVar[str] = "clip_not_made"


class DraftClosed(Refused):
    """The draft was left or handed over."""

    code: ClassVar[str] = "draft_closed"


class DraftUnworded(Refused):
    """A draft needs words, and no more than `most` letters of them."""

    code: ClassVar[str] = "draft_unworded"


def admit_clip(*, is_over: bool, product_id: int, span: Span, chapters: Sequence[Chapter]) -> Chapter:
    """The chapter a clip is cut from; the product must really have been on air in all of it."""
    if not is_over:
        raise RecordingNotOver()
    if not CLIP_S_MIN * 1000 <= span.length_ms <= CLIP_S_MAX * 1000:
        raise ClipLengthUnfit(least=CLIP_S_MIN, most=CLIP_S_MAX)
    chapter = chapter_at(chapters, product_id, span)
    if chapter is None:
        raise NotExplained()
    return chapter


def clip_places(*, of_show: Collection[int], of_product: Collection[int]) -> tuple[int, int]:
    """The first free place of the show and of the product; those of clips that failed are free again."""
    if len(of_show) >= CLIPS_OF_SHOW_MAX:
        raise ClipsFull(most=CLIPS_OF_SHOW_MAX)
    if len(of_product) >= CLIPS_OF_PRODUCT_MAX:
        raise ClipsOfProductFull(most=CLIPS_OF_PRODUCT_MAX)
    return _free(of_show), _free(of_product)


def clip_state(*, made: bool, failed: bool) -> ClipState:
    """From its moments."""
    return "made" if made else "failed" if failed else "asked"


def draft_state(*, left: bool, handed_over: bool) -> DraftState:
    """From its moments."""
    return "handed_over" if handed_over else "left" if left else "draft"


def admit_draft(*, made: bool) -> None:
    """A draft is about a clip that can be watched."""
    if not made:
        raise ClipNotMade()


def admit_change(state: DraftState) -> None:
    """Only a standing draft changes."""
    if state != "draft":
        raise DraftClosed()


def draft_words(text: str) -> str:
    """The text of a draft as it is kept."""
    kept = text.strip().replace("\r\n", "\n")
    if not kept or len(kept) > DRAFT_LENGTH_MAX:
        raise DraftUnworded(most=DRAFT_LENGTH_MAX)
    return kept


def _free(taken: Collection[int]) -> int:
    return next(place for place in range(1, len(taken) + 2) if place not in taken)
