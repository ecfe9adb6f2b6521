"""Chapters, clips, the robust score, plan beside actual, and cards: pure decisions."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.replays.rules import (
    CLIPS_OF_PRODUCT_MAX,
    CLIPS_OF_SHOW_MAX,
    MEASURES,
    SHOWS_MIN,
    SORTS,
    Card,
    ClipLengthUnfit,
    ClipsFull,
    ClipsOfProductFull,
    EvidenceUnfit,
    Hosted,
    NotExplained,
    PlannedSegment,
    RecordingNotOver,
    ShowFacts,
    Shown,
    Span,
    admit_clip,
    average_viewers,
    card_of,
    chapters_of,
    claim_words,
    clip_places,
    evidence_kept,
    format_of,
    in_order,
    judge,
    measured,
    plan_beside_actual,
    rests_of,
    robust_score,
    stretches_of,
)

S = 1000
HOUR = [Span(0, 3600 * S)]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shown(product_id: int, begin_s: float, end_s: float) -> Shown:
    return Shown(round(begin_s * S), round(end_s * S), product_id)


FACTS = ShowFacts(
    length_s=3600, late_s=30, viewers_raw=120, viewers_counted=100, peak_counted=60, watch_s=60_000, interacting=25,
    messages=300, orders=20, paid_orders=16, creators=18, buyers=15, gmv_minor=2_000_000, paid_minor=1_600_000,
    returned_minor=100_000, returned_orders=1,
)  # fmt: skip


# Chapters


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


# Clips


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


# Claims


def test_a_claim_is_one_line_and_its_evidence_is_kept_as_values() -> None:
    assert claim_words("  Держит  тепло \n 6 часов ") == "Держит тепло 6 часов"
    assert evidence_kept(None) == {}
    assert evidence_kept({"lab": "Ростест", "pages": [1, 2]}) == {"lab": "Ростест", "pages": [1, 2]}
    for hostile in ({"a": object()}, {"a": float("nan")}, {"a": "x" * 20_000}, {"a": "\0"}):
        with pytest.raises(EvidenceUnfit):
            evidence_kept(hostile)


# Measures and judging


def test_measures_follow_the_house_formulas() -> None:
    told = measured(FACTS)
    assert told["average_watch_s"] == 600
    assert told["gpm_minor"] == 16_000_000
    assert told["net_minor"] == 1_500_000
    assert told["conversion"] == 0.15
    assert told["pay_rate"] == 15 / 18
    assert told["return_rate"] == 0.0625
    assert told["chat_rate"] == 300 / 60 * 100 / (60_000 / 3600)
    assert (told["ctr"], told["ctor"]) == (None, None)


def test_average_viewers_times_length_is_average_watch_times_viewers() -> None:
    told = measured(FACTS)
    assert average_viewers(FACTS) * FACTS.length_s == pytest.approx(told["average_watch_s"] * FACTS.viewers_counted)


def test_what_was_not_measured_is_not_nought() -> None:
    bare = replace(FACTS, viewers_raw=None, viewers_counted=None, watch_s=None)
    told = measured(bare)
    silent = {name for name, value in told.items() if value is None}
    assert silent == {
        "viewers_raw", "viewers_counted", "average_watch_s", "interaction_rate", "chat_rate", "ctr", "ctor",
        "conversion", "gpm_minor",
    }  # fmt: skip


def test_the_robust_score_by_hand() -> None:
    others = [10.0, 11, 12, 13, 14]
    assert robust_score(12, others) == 0
    assert robust_score(10, others) == pytest.approx(-2 * 0.6745)
    assert robust_score(5, [7.0] * 4 + [9.0]) == pytest.approx(-2 / (1.253314 * 0.4))
    assert (robust_score(5, [7.0] * 5), robust_score(9, [7.0] * 5)) == (-10, 10)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(-1e6, 1e6))
def test_the_score_has_the_sign_of_the_difference_and_bounds(others, value) -> None:
    score = robust_score(value, others)
    assert -10 <= score <= 10
    assert score * (value - median(others)) >= 0


def before(*nets: int) -> list[dict[str, float | None]]:
    return [measured(replace(FACTS, paid_minor=net + 100_000)) for net in nets]


def test_too_few_shows_are_said_not_judged() -> None:
    told = judge(measured(FACTS), before(1, 2, 3, 4))
    assert (told.worst, told.shows, told.is_told) == ((), 4, False)


def test_the_worst_measures_know_which_way_is_bad() -> None:
    usual = [measured(replace(FACTS, late_s=10 * n, returned_minor=90_000 + 5_000 * n)) for n in range(5)]
    late = judge(measured(replace(FACTS, late_s=900, returned_minor=100_000)), usual)
    assert [one.name for one in late.worst] == ["late_s"]
    assert (late.worst[0].value, late.worst[0].usual, late.worst[0].shows) == (900, 20, 5)
    early = judge(measured(replace(FACTS, late_s=-900, returned_minor=100_000)), usual)
    assert early.worst == ()
    assert early.is_told


def test_reach_is_never_judged() -> None:
    usual = [measured(replace(FACTS, viewers_raw=1000 + n, peak_counted=900 + n)) for n in range(6)]
    assert judge(measured(replace(FACTS, viewers_raw=1, peak_counted=1)), usual).worst == ()
    assert {one.name for one in MEASURES if one.better == 0} >= {"viewers_raw", "viewers_counted", "peak_counted"}


def test_no_more_than_three_are_told_the_worst_first() -> None:
    usual = [
        measured(replace(FACTS, late_s=n, watch_s=60_000 + n, interacting=25 + n, messages=300 + n)) for n in range(6)
    ]
    told = judge(measured(replace(FACTS, late_s=99, watch_s=1, interacting=0, messages=0)), usual)
    assert len(told.worst) == 3
    assert [one.score for one in told.worst] == sorted(one.score for one in told.worst)


# Plan beside actual


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


# Cards


def hosted(number: int, facts: ShowFacts = FACTS, **fields: object) -> Hosted:
    told = {
        "buyers_seen": 10,
        "came_back": 4,
        "claims": 2,
        "claims_bare": 1,
        "rested": True,
        "format": "plain",
    } | fields
    return Hosted(show_id=number, starts_at=NOON, weekday=6, hour=15, facts=facts, **told)


def test_under_three_shows_a_card_says_only_how_many() -> None:
    assert card_of([hosted(1), hosted(2)]) == Card(2, 2.0, is_told=False)
    assert SHOWS_MIN == 3


def test_a_card_sums_first_and_divides_after() -> None:
    short = replace(
        FACTS, length_s=1800, late_s=500, paid_minor=100_000, returned_minor=0, watch_s=None, viewers_counted=None
    )
    card = card_of([hosted(1, rested=None), hosted(2, rested=False), hosted(3, short)])
    assert (card.hours, card.on_time, card.net_minor) == (2.5, 2 / 3, 3_100_000)
    assert card.net_hour_minor == 3_100_000 / 2.5
    assert (card.average_watch_s, card.viewers_counted, card.conversion) == (600, 200, 0.15)
    assert (card.retention, card.claims, card.claims_bare, card.rest) == (0.4, 6, 3, 0.5)
    assert card.return_rate == 200_000 / 3_300_000


def test_a_return_that_arrives_later_restates_the_card() -> None:
    shows = [hosted(number) for number in range(3)]
    later = [hosted(0, replace(FACTS, returned_minor=600_000)), *shows[1:]]
    assert card_of(shows).net_minor - card_of(later).net_minor == 500_000


def test_hosts_are_never_ordered_by_reach() -> None:
    assert not [name for name in SORTS if "viewer" in name or "reach" in name or "peak" in name]
    big, small = card_of([hosted(1, replace(FACTS, viewers_counted=9_000))] * 3), card_of([hosted(1)] * 3)
    few = card_of([hosted(1)])
    cards = [("Борис", big), ("анна", small), ("Вера", few)]
    assert [name for name, _ in in_order(cards, "viewers_counted")] == ["анна", "Борис", "Вера"]
    assert [name for name, _ in in_order(cards, "average_watch")] == ["анна", "Борис", "Вера"]


def test_rest_is_between_the_end_of_one_show_and_the_beginning_of_the_next() -> None:
    hour = timedelta(hours=1)
    shows = [(1, NOON, NOON + hour), (3, NOON + 22 * hour, NOON + 23 * hour), (2, NOON + 12 * hour, NOON + 13 * hour)]
    assert rests_of(shows) == {2: True, 3: False}


def test_a_format_is_read_from_the_facts() -> None:
    told = [format_of(has_deals=deals, has_gifts=gifts) for deals in (False, True) for gifts in (False, True)]
    assert told == ["plain", "gifts", "deals", "deals_and_gifts"]
