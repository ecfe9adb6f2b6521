"""The chapters of a show's recording, with the products they explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from svoi.catalog.queries import ProductCard, cards
from svoi.replays.rules import Chapter, Shown, Span, chapters_of, stretches_of
from svoi.shows.models import Show


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter as a page lists it, with its product; `at_exact_ms` counts from the beginning of the show."""

    chapter: Chapter
    card: ProductCard
    at_exact_ms: int

    @property
    def at_s(self) -> int:
        return round(self.at_exact_ms / 1000)

    @property
    def length_s(self) -> int:
        return round(self.chapter.length_ms / 1000)

    @property
    def begins_at(self) -> datetime:
        return moment(self.chapter.begin_ms)

    @property
    def ends_at(self) -> datetime:
        return moment(self.chapter.end_ms)


def chapters_of_show(show: Show) -> list[Chapter]:
    """In order; none while the show is not over. Three queries, whatever its length."""
    whole = air_time(show)
    if whole is None:
        return []
    pins = [
        Shown(media_ms(pinned_at), media_ms(unpinned_at or show.ended_at), product_id)
        for product_id, pinned_at, unpinned_at in show.pins.order_by("pinned_at", "id").values_list(
            "product_id", "pinned_at", "unpinned_at"
        )
    ]
    return chapters_of(pins, stretches_of(whole, _spans(show, "ingests", "online_at", "offline_at"), breaks_of(show)))


def chapter_rows(show: Show) -> list[ChapterRow]:
    """The chapters with their products; four queries."""
    chapters, whole = chapters_of_show(show), air_time(show)
    if whole is None:
        return []
    shown = cards({chapter.product_id for chapter in chapters})
    return [
        ChapterRow(chapter, card, chapter.begin_ms - whole.begin_ms)
        for chapter in chapters
        if (card := shown.get(chapter.product_id)) is not None
    ]


def air_time(show: Show) -> Span | None:
    """From going on air to the end; None while the show is not over."""
    if show.went_live_at is None or show.ended_at is None:
        return None
    return Span(media_ms(show.went_live_at), media_ms(show.ended_at))


def breaks_of(show: Show) -> list[Span]:
    """The technical breaks of a show that is over."""
    return _spans(show, "breaks", "began_at", "ended_at")


def media_ms(at: datetime | None) -> int:
    """A moment as media time: milliseconds of the server's clock."""
    assert at is not None
    return round(at.timestamp() * 1000)


def moment(media_ms: int) -> datetime:
    """Media time as a moment."""
    return datetime.fromtimestamp(media_ms / 1000, tz=UTC)


def _spans(show: Show, rows: str, began: str, ended: str) -> list[Span]:
    found = getattr(show, rows).order_by(began).values_list(began, ended)
    return [Span(media_ms(begin), media_ms(end or show.ended_at)) for begin, end in found]
