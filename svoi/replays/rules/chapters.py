"""From the pins of a show to the chapters of its recording. All moments are media time: Unix milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

GAP_MS_MAX = 5_000  # a product taken down and pinned again within this is one chapter
CHAPTER_MS_MIN = 10_000  # what was shown for less is a slip of the finger, no explanation


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment up to another, which no longer belongs to it."""

    begin_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.begin_ms


@dataclass(frozen=True, slots=True)
class Shown(Span):
    """A product shown to the room."""

    product_id: int


Chapter = Shown  # a stretch of the recording in which one product was explained


def chapters_of(
    pins: Iterable[Shown], recorded: Sequence[Span], *, gap_ms: int = GAP_MS_MAX, least_ms: int = CHAPTER_MS_MIN
) -> list[Chapter]:
    """The explaining intervals, in order, each within one stretch of the recording.

    Slips are dropped first, so that a wrong product pinned for a second does not cut the right one in two. A product
    explained twice has two chapters. `recorded` is in order and free of overlaps; see `stretches_of`.
    """
    whole = _joined((pin for pin in _joined(_in_turn(pins), gap_ms) if pin.length_ms >= least_ms), gap_ms)
    return [piece for piece in _cut(whole, recorded) if piece.length_ms >= least_ms]


def stretches_of(
    show: Span, pictures: Iterable[Span], breaks: Iterable[Span], *, gap_ms: int = GAP_MS_MAX
) -> list[Span]:
    """Where there is something to watch: pictures arrived, the show was on air and not in a break.

    A picture that was away for no more than `gap_ms` does not end a stretch. The answer is in order, without overlaps.
    """
    found: list[Span] = []
    for picture in sorted(pictures, key=lambda span: span.begin_ms):
        begin_ms, end_ms = max(picture.begin_ms, show.begin_ms), min(picture.end_ms, show.end_ms)
        if end_ms <= begin_ms:
            continue
        if found and begin_ms - found[-1].end_ms <= gap_ms:
            found[-1] = Span(found[-1].begin_ms, max(found[-1].end_ms, end_ms))
        else:
            found.append(Span(begin_ms, end_ms))
    for pause in breaks:
        found = [piece for span in found for piece in _without(span, pause)]
    return found


def chapter_at(chapters: Iterable[Chapter], product_id: int, span: Span) -> Chapter | None:
    """The chapter of this product that holds the whole span."""
    return next(
        (
            one
            for one in chapters
            if one.product_id == product_id and one.begin_ms <= span.begin_ms and span.end_ms <= one.end_ms
        ),
        None,
    )


def _in_turn(pins: Iterable[Shown]) -> Iterator[Shown]:
    """By their beginning; where two overlap, the later one took the earlier one's place."""
    ordered = sorted((pin for pin in pins if pin.length_ms > 0), key=lambda pin: (pin.begin_ms, pin.end_ms))
    for place, pin in enumerate(ordered):
        following = ordered[place + 1].begin_ms if place + 1 < len(ordered) else pin.end_ms
        held = replace(pin, end_ms=min(pin.end_ms, following))
        if held.length_ms > 0:
            yield held


def _joined(pins: Iterable[Shown], gap_ms: int) -> list[Shown]:
    joined: list[Shown] = []
    for pin in pins:
        before = joined[-1] if joined else None
        if before and before.product_id == pin.product_id and pin.begin_ms - before.end_ms <= gap_ms:
            joined[-1] = replace(before, end_ms=pin.end_ms)
        else:
            joined.append(pin)
    return joined


def _cut(pins: Sequence[Shown], recorded: Sequence[Span]) -> Iterator[Chapter]:
    """Both in order: one walk over the two of them."""
    first = 0
    for pin in pins:
        while first < len(recorded) and recorded[first].end_ms <= pin.begin_ms:
            first += 1
        for stretch in recorded[first:]:
            if stretch.begin_ms >= pin.end_ms:
                break
            begin_ms, end_ms = max(pin.begin_ms, stretch.begin_ms), min(pin.end_ms, stretch.end_ms)
            yield replace(pin, begin_ms=begin_ms, end_ms=end_ms)


def _without(span: Span, pause: Span) -> Iterator[Span]:
    for begin_ms, end_ms in (
        (span.begin_ms, min(span.end_ms, pause.begin_ms)),
        (max(span.begin_ms, pause.end_ms), span.end_ms),
    ):
        if end_ms > begin_ms:
            yield Span(begin_ms, end_ms)
