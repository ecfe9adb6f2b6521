"""Rules of rundowns: time that rolls, orders that lose nothing, drift, links, and what an approval is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.rundowns.rules import (
    Beat,
    ClaimUnproven,
    Drift,
    KindUnknown,
    LinkUnsafe,
    Mark,
    OwnStory,
    Planned,
    Proof,
    Said,
    SegmentDrift,
    SegmentUnknown,
    StoryAsked,
    StoryMoved,
    StoryNotAsked,
    TooManyBeats,
    Wording,
    WordsTooLong,
    admit_approval,
    admit_ask,
    admit_reader,
    admit_sending_back,
    admit_wording,
    beats_in,
    content_of,
    drift,
    duplicates,
    fingerprint,
    lasts,
    needs_check,
    read_reference,
    reorder,
    roll,
    state_of,
    step,
    unproven,
)
from tests.cast import NOON

LENGTHS = st.lists(st.integers(1, 4 * 3600), max_size=40)
ORDERS = st.lists(st.integers(1, 200), min_size=1, max_size=40, unique=True)


@given(LENGTHS, st.integers(60, 86_400))
def test_segments_never_overlap_and_leave_no_gap(lengths: list[int], slot_s: int) -> None:
    rolled = roll(lengths, slot_s=slot_s)
    ends = [start + length for start, length in zip(rolled.starts_s, lengths, strict=True)]
    assert list(rolled.starts_s) == [0, *ends][: len(lengths)]
    assert (rolled.total_s, rolled.over_s) == (sum(lengths), sum(lengths) - slot_s)


@given(ORDERS, st.data())
def test_another_order_is_a_permutation_and_keeps_the_total(order: list[int], data: st.DataObject) -> None:
    lengths = {one: data.draw(st.integers(1, 900)) for one in order}
    moved, before = data.draw(st.sampled_from(order)), data.draw(st.sampled_from([*order, None]))
    new = reorder(order, moved=moved, before=before)
    assert sorted(new) == sorted(order)
    assert [one for one in new if one != moved] == [one for one in order if one != moved]
    totals = [roll([lengths[one] for one in which], slot_s=60).total_s for which in (order, new)]
    assert totals[0] == totals[1]
    if before not in (None, moved):
        assert new.index(moved) + 1 == new.index(before)


@given(ORDERS, st.data())
def test_a_step_up_and_a_step_down_are_one_place(order: list[int], data: st.DataObject) -> None:
    moved, places = data.draw(st.sampled_from(order)), data.draw(st.integers(-3, 3))
    new = reorder(order, moved=moved, before=step(order, moved=moved, places=places))
    assert new.index(moved) == max(0, min(len(order) - 1, order.index(moved) + places))


def test_what_is_not_there_is_not_moved():
    for moved, before in ((9, None), (1, 9)):
        with pytest.raises(SegmentUnknown):
            reorder([1, 2], moved=moved, before=before)
    with pytest.raises(SegmentUnknown):
        step([1, 2], moved=9, places=1)


def test_products_planned_twice():
    assert duplicates({1: 7, 2: None, 3: 8, 4: 7, 5: None}) == {1, 4}


# --- Drift ------------------------------------------------------------------------------------------------------------

PLAN = (
    Planned(1, NOON, 120),
    Planned(2, NOON + timedelta(seconds=120), 600),
    Planned(3, NOON + timedelta(seconds=720), 60),
)


def after(seconds: int):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("marks", "now_s", "seconds"),
    [
        ([], -60, 0),  # not yet time
        ([], 90, 90),  # nothing began
        ([(1, 0)], 60, 0),  # on time, inside its length
        ([(1, 0)], 150, 30),  # overruns: every second counts
        ([(1, 0), (2, 150)], 200, 30),  # late, and keeps its length
        ([(1, 0), (2, 150)], 800, 80),  # late and overruns
        ([(1, 0), (3, 200)], 210, -520),  # one was left out
        ([(1, 0), (9, 100)], 60, 0),  # a mark of something unknown
        ([(1, 0), (2, 500)], 60, 0),  # a mark that is still to come
    ],
)
def test_drift_is_how_much_later_the_running_segment_will_end(marks, now_s, seconds):
    found = drift(PLAN, [Mark(one, after(at)) for one, at in marks], after(now_s))
    assert found.seconds == seconds


def test_each_segment_is_told_against_its_plan():
    found = drift(PLAN, [Mark(2, after(150)), Mark(1, after(10))], after(200))
    assert found == Drift(30, (SegmentDrift(1, 10, 140, 20, running=False), SegmentDrift(2, 30, 50, 0, running=True)))


@given(st.integers(-600, 600), st.integers(0, 779))
def test_a_show_that_is_late_by_so_much_drifts_by_so_much(late_s: int, now_s: int) -> None:
    now = after(now_s + late_s)
    marks = [Mark(one.segment_id, one.starts_at + timedelta(seconds=late_s)) for one in PLAN]
    assert drift(PLAN, marks, now).seconds == late_s


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["https://example.ru/a?b=c", "http://лаб.рф/отчёт.pdf", "HTTPS://EXAMPLE.RU:8443/"])
def test_links_of_the_web_are_evidence(address):
    assert read_reference("link", f"  {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://example.ru",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//example.ru",
        "https://",
        "https:///x",
        "https://a b.ru",
        "https://user:password@example.ru",
        "https://example.ru@evil.example",
        "https://example.ru:port/",
        "https://[::1",
        'https://example.ru/"onmouseover="alert(1)',
        "https://-.ru",
        "ftp://example.ru",
        "example.ru",
    ],
)
def test_other_links_are_not(address):
    with pytest.raises(LinkUnsafe):
        read_reference("link", address)


def test_a_number_of_a_document_is_no_link():
    assert read_reference("document", " ТУ 1234-56 ") == "ТУ 1234-56"


def test_lines_of_two_languages_belong_together():
    assert beats_in("Раз\r\n\r\nТри", "One\nTwo") == (Beat("Раз", "One"), Beat("", "Two"), Beat("Три", ""))
    assert beats_in(" \n ") == ()


def test_beats_are_short_and_few():
    wording = Wording(kind="talk", title_ru="x")
    assert admit_wording(replace(wording, beats=(Beat("я" * 280),) * 40)).beats == (Beat("я" * 280),) * 40
    with pytest.raises(TooManyBeats):
        admit_wording(replace(wording, beats=(Beat("я"),) * 41))
    with pytest.raises(WordsTooLong):
        admit_wording(replace(wording, beats=(Beat("я" * 281),)))
    for fields in ({"kind": "sermon"}, {"target": 1, "target_unit": "likes"}):
        with pytest.raises(KindUnknown):
            admit_wording(replace(wording, **fields))


def test_words_that_turn_the_reading_around_are_taken_out():
    assert admit_wording(Wording(kind="talk", title_ru="a\u202eb\u2066c")).title_ru == "a b c"


# --- Stories ----------------------------------------------------------------------------------------------------------

PROOF = Proof("certificate", "N 1", "warm", NOON + timedelta(days=1))
SAID = Said(1, "Warm", "", "property", 7, (PROOF,))
WORDS = Wording(kind="product", title_ru="Кружка", product_id=7, beats=(Beat("Раз"), Beat("Два")))


def mark(wording=WORDS, claims=(SAID,)) -> str:
    return fingerprint(content_of(wording, claims, flash=None, envelope=None))


@pytest.mark.parametrize(
    "other",
    [
        mark(replace(WORDS, title_ru="Чашка")),
        mark(replace(WORDS, title_en="Mug")),
        mark(replace(WORDS, kind="flash")),
        mark(replace(WORDS, product_id=8)),
        mark(replace(WORDS, beats=(Beat("Два"), Beat("Раз")))),
        mark(replace(WORDS, beats=(Beat("Раз", "One"), Beat("Два")))),
        mark(replace(WORDS, offer="Дешевле")),
        mark(replace(WORDS, fallback="Иначе")),
        mark(claims=()),
        mark(claims=(replace(SAID, text="Hot"),)),
        mark(claims=(replace(SAID, proofs=()),)),
        mark(claims=(replace(SAID, proofs=(replace(PROOF, says="hot"),)),)),
        mark(claims=(replace(SAID, proofs=(replace(PROOF, valid_until=None),)),)),
    ],
)
def test_an_approval_is_for_every_word_and_proof(other):
    assert other != mark()


def test_place_length_props_and_target_are_no_words():
    assert mark(replace(WORDS, length_s=1, props="Стол", target=9, target_unit="orders")) == mark()
    two = replace(SAID, claim_id=2)
    assert mark(claims=(two, SAID)) == mark(claims=(SAID, two))


@pytest.mark.parametrize(
    ("taken", "of", "is_checked", "is_proven", "state"),
    [
        ("", "", False, True, "free"),
        ("", "", True, True, "draft"),
        ("asked", "now", True, True, "asked"),
        ("asked", "before", True, True, "draft"),
        ("approved", "now", True, True, "approved"),
        ("approved", "now", True, False, "lapsed"),
        ("approved", "before", True, True, "draft"),
        ("approved", "before", False, True, "free"),
        ("sent_back", "now", True, False, "sent_back"),
        ("sent_back", "before", True, True, "draft"),
    ],
)
def test_a_step_says_nothing_about_other_words(taken, of, is_checked, is_proven, state):
    assert state_of(step=taken, of=of, now="now", is_checked=is_checked, is_proven=is_proven) == state


def test_evidence_lasts_until_the_show_begins():
    assert [lasts(end, starts_at=NOON) for end in (None, NOON + timedelta(seconds=1), NOON)] == [True, True, False]
    bare, old = replace(SAID, proofs=()), replace(SAID, proofs=(replace(PROOF, valid_until=NOON),))
    assert unproven([SAID, bare, old], starts_at=NOON) == (bare, old)


def test_whatever_tells_of_a_product_is_checked():
    checked = [
        needs_check(kind=kind, product_id=product, claims=claims)
        for kind, product, claims in (
            ("product", None, 0),
            ("flash", None, 0),
            ("talk", 7, 0),
            ("talk", None, 1),
            ("talk", None, 0),
        )
    ]
    assert checked == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": "draft"}, StoryNotAsked),
        ({"state": "approved"}, StoryNotAsked),
        ({"by_id": 1, "asked_by_id": 2}, OwnStory),  # wrote it alone, whoever asked
        ({"by_id": 2, "authors": {1, 2}, "asked_by_id": 2}, OwnStory),  # asked about it
        ({"lacking": (SAID,)}, ClaimUnproven),
    ],
)
def test_what_stands_against_an_approval(changes, refusal):
    good = {"state": "asked", "lacking": (), "authors": {1}, "asked_by_id": 1, "by_id": 2, "four_eyes": True}
    admit_approval(**good)
    with pytest.raises(refusal):
        admit_approval(**{**good, **changes})


def test_one_person_alone_still_needs_evidence():
    mine = {"state": "asked", "authors": {1}, "asked_by_id": 1, "by_id": 1, "four_eyes": False}
    admit_approval(**mine, lacking=())
    with pytest.raises(ClaimUnproven) as told:
        admit_approval(**mine, lacking=(SAID, SAID))
    assert told.value.facts == {"unproven": 2, "text": "Warm"}


def test_two_who_wrote_together_approve_each_other():
    admit_approval(state="asked", lacking=(), authors={1, 2}, asked_by_id=1, by_id=2, four_eyes=True)


def test_steps_follow_each_other():
    for state in ("free", "draft", "sent_back", "lapsed"):
        admit_ask(state)
    for state in ("asked", "approved"):
        with pytest.raises(StoryAsked):
            admit_ask(state)
    for state in ("asked", "approved", "lapsed"):
        admit_sending_back(state)
    for state in ("free", "draft", "sent_back"):
        with pytest.raises(StoryNotAsked):
            admit_sending_back(state)
    admit_reader(seen="a", now="a")
    with pytest.raises(StoryMoved):
        admit_reader(seen="a", now="b")
