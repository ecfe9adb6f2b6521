"""Chapters, clips, claims, and plan beside actual: pure decisions."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.replays.rules import (
    CLIPS_OF_PRODUCT_MAX,
    CLIPS_OF_SHOW_MAX,
    ClipLengthUnfit,
    ClipsFull,
    ClipsOfProductFull,
    EvidenceUnfit,
    NotExplained,
    PlannedSegment,
    RecordingNotOver,
    Shown,
    Span,
    admit_clip,
    chapters_of,
    claim_words,
    clip_places,
    evidence_kept,
    plan_beside_actual,
    stretches_of,
)
from tests.replays.facts import S, shown

HOUR = [Span(0, 3600 * S)]


def test_each_explanation_is_a_chapter_and_a_product_may_have_two() -> None:
    pins = [shown(1, 60, 200), shown(2, 200, 400), shown(1, 400, 500)]
    assert chapters_of(pins, HOUR) == pins


def test_a_pin_taken_down_and_put_back_within_seconds_is_one_chapter() -> None:
    assert chapters_of([shown(1, 0, 60), shown(1, 64, 90)], HOUR) == [shown(1, 0, 90)]
    assert chapters_of([shown(1, 0, 60), shown(1, 66, 90)], HOUR) == [shown(1, 0, 60), shown(1, 66, 90)]


def test_a_wrong_product_pinned_for_a_moment_does_not_cut_the_right_one() -> None:
    assert chapters_of([shown(1, 0, 60), shown(2, 60, 63), shown(1, 63, 120)], HOUR) == [shown(1, 0, 120)]


def test_short_pieces_of_one_explanation_count_together() -> None:
    assert chapters_of([shown(1, 0, 6), shown(1, 7, 13)], HOUR) == [shown(1, 0, 13)]


def test_a_break_cuts_a_chapter_and_what_is_left_of_it_must_be_long_enough() -> None:
    recorded = stretches_of(Span(0, 600 * S), [Span(0, 600 * S)], [Span(100 * S, 200 * S)])
    assert recorded == [Span(0, 100 * S), Span(200 * S, 600 * S)]
    assert chapters_of([shown(1, 50, 300)], recorded) == [shown(1, 50, 100), shown(1, 200, 300)]
    assert chapters_of([shown(1, 95, 300)], recorded) == [shown(1, 200, 300)]


def test_the_recording_begins_and_ends_with_the_show_and_a_short_loss_of_picture_does_not_cut() -> None:
    pictures = [Span(-60 * S, 100 * S), Span(103 * S, 300 * S), Span(330 * S, 900 * S)]
    assert stretches_of(Span(0, 600 * S), pictures, []) == [Span(0, 300 * S), Span(330 * S, 600 * S)]


def test_without_pictures_there_are_no_chapters() -> None:
    assert chapters_of([shown(1, 0, 100)], stretches_of(Span(0, 600 * S), [], [])) == []


spans = st.builds(lambda begin, length: Span(begin, begin + length), st.integers(0, 3600 * S), st.integers(1, 900 * S))
pins = st.builds(
    lambda product, begin, length: Shown(begin, begin + length, product),
    st.integers(1, 4), st.integers(0, 3600 * S), st.integers(0, 300 * S),
)  # fmt: skip


@given(st.lists(pins, max_size=60), st.lists(spans, max_size=6), st.lists(spans, max_size=4))
def test_chapters_are_in_order_apart_within_the_recording_and_about_what_was_shown(pinned, pictures, breaks) -> None:
    recorded = stretches_of(Span(0, 3600 * S), pictures, breaks)
    chapters = chapters_of(pinned, recorded)
    assert all(one.end_ms <= later.begin_ms for one, later in pairwise(recorded))
    assert all(one.end_ms <= later.begin_ms for one, later in pairwise(chapters))
    for one in chapters:
        assert one.length_ms >= 10 * S
        assert [s for s in recorded if s.begin_ms <= one.begin_ms and one.end_ms <= s.end_ms] != []
        assert not any(one.begin_ms < p.end_ms and p.begin_ms < one.end_ms for p in breaks)
        touching = [
            p for p in pinned if p.product_id == one.product_id and p.begin_ms < one.end_ms and p.end_ms > one.begin_ms
        ]
        assert touching != []


@given(st.permutations(range(12)))
def test_the_order_in_which_pins_are_read_does_not_matter(order) -> None:
    pinned = [shown(number % 3, number * 40, number * 40 + 35) for number in range(12)]
    assert chapters_of([pinned[place] for place in order], HOUR) == chapters_of(pinned, HOUR)


def test_three_hours_with_two_hundred_pins_are_quick_and_add_up() -> None:
    pinned = [shown(number % 40, number * 54, number * 54 + 50) for number in range(200)]
    breaks = [Span(number * 1800 * S, (number * 1800 + 60) * S) for number in range(1, 6)]
    began = time.perf_counter()
    recorded = stretches_of(Span(0, 10_800 * S), [Span(0, 10_800 * S)], breaks)
    chapters = chapters_of(pinned, recorded)
    took_s = time.perf_counter() - began
    lost_ms = sum(max(0, min(p.end_ms, b.end_ms) - max(p.begin_ms, b.begin_ms)) for p in pinned for b in breaks)
    dropped_ms = sum(p.length_ms for p in pinned) - lost_ms - sum(c.length_ms for c in chapters)
    assert 0 <= dropped_ms < 10 * S * 2 * len(breaks)
    assert took_s < 0.1


def test_a_clip_comes_from_within_a_chapter_of_its_product_and_has_its_length() -> None:
    chapters = [shown(1, 0, 60), shown(2, 60, 200)]
    assert admit_clip(is_over=True, product_id=2, span=Span(60 * S, 90 * S), chapters=chapters) == chapters[1]
    for product_id, span in ((1, Span(50 * S, 70 * S)), (1, Span(70 * S, 90 * S)), (3, Span(0, 30 * S))):
        with pytest.raises(NotExplained):
            admit_clip(is_over=True, product_id=product_id, span=span, chapters=chapters)
    for span in (Span(60 * S, 64 * S + 999), Span(60 * S, 150 * S + 1), Span(90 * S, 60 * S)):
        with pytest.raises(ClipLengthUnfit) as refused:
            admit_clip(is_over=True, product_id=2, span=span, chapters=chapters)
        assert refused.value.facts == {"least": 5, "most": 90}
    with pytest.raises(RecordingNotOver):
        admit_clip(is_over=False, product_id=2, span=Span(60 * S, 90 * S), chapters=chapters)


def test_a_clip_takes_the_first_free_place_and_there_are_so_many() -> None:
    assert clip_places(of_show=set(), of_product=set()) == (1, 1)
    assert clip_places(of_show={1, 2, 4}, of_product={2}) == (3, 1)
    with pytest.raises(ClipsOfProductFull):
        clip_places(of_show={1, 2, 3}, of_product=set(range(1, CLIPS_OF_PRODUCT_MAX + 1)))
    with pytest.raises(ClipsFull):
        clip_places(of_show=set(range(1, CLIPS_OF_SHOW_MAX + 1)), of_product=set())


def test_a_claim_is_one_line_and_its_evidence_is_kept_as_values() -> None:
    assert claim_words("  Держит  тепло \n 6 часов ") == "Держит тепло 6 часов"
    assert evidence_kept(None) == {}
    assert evidence_kept({"lab": "Ростест", "pages": [1, 2]}) == {"lab": "Ростест", "pages": [1, 2]}
    for hostile in ({"a": object()}, {"a": float("nan")}, {"a": "x" * 20_000}, {"a": "\0"}):
        with pytest.raises(EvidenceUnfit):
            evidence_kept(hostile)


def test_minutes_by_product_are_the_plan_then_what_was_not_planned() -> None:
    chapters = [shown(2, 0, 100), shown(1, 100, 160), shown(2, 200, 250), shown(9, 300, 320)]
    planned = [
        PlannedSegment("Hello", 60),
        PlannedSegment("One", 120, 1),
        PlannedSegment("Two", 120, 2),
        PlannedSegment("Three", 60, 3),
    ]
    told = plan_beside_actual(late_s=90, actual_s=400, chapters=chapters, planned=planned)
    assert [(one.product_id, one.planned_s, one.actual_s, one.drift_s) for one in told.products] == [
        (1, 120, 60, -60), (2, 120, 150, 30), (3, 60, 0, -60), (9, None, 20, None)
    ]  # fmt: skip
    assert (told.planned_s, told.drift_s, told.is_on_time) == (360, 40, True)
    bare = plan_beside_actual(late_s=121, actual_s=400, chapters=chapters)
    assert (bare.planned_s, bare.drift_s, bare.is_on_time) == (None, None, False)
