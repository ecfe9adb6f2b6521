"""What is read of shows that are over, and that three rows take as many queries as one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.orders.models import Return, ReturnLine
from svoi.replays.actions import close_note, log_claim, write_note
from svoi.replays.queries import (
    ClaimsAsked,
    chapter_rows,
    chapters_of_show,
    claimed_in,
    claims_said,
    clips_of,
    debrief_of,
    facts_of,
    host_cards,
    notes_for,
    notes_of,
)
from svoi.shows.models import Break, ChatMessage, MessageHiding, Reaction, Recount, Show
from tests import cast
from tests.cast import NOON
from tests.replays.stage import bought, ended_show, made_clip, span_of, watched

LATER = NOON + timedelta(days=40)
DAY = timedelta(days=1)


@pytest.fixture
def mug(table):
    return cast.product(table)


@pytest.fixture
def towel(table):
    return cast.product(table, price_minor=98_000, name="Полотенце")


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


@pytest.fixture
def show(table, anna, mug, towel):
    return ended_show(table, anna, mug, towel)


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def test_chapters_are_the_pins_of_the_recording(show, mug, towel):
    Break.objects.create(show=show, began_at=NOON + timedelta(seconds=180), ended_at=NOON + timedelta(seconds=200))
    chapters = chapters_of_show(show)
    assert [(one.product_id, (one.begin_ms, one.end_ms)) for one in chapters] == [
        (product_id, (span.begin_ms, span.end_ms))
        for product_id, span in (
            (mug.product_id, span_of(show, 0, 120)),
            (towel.product_id, span_of(show, 120, 180)),
            (towel.product_id, span_of(show, 200, 240)),
        )
    ]
    assert [(row.card.name, row.at_s, row.length_s) for row in chapter_rows(show)] == [
        ("Кружка", 0, 120), ("Полотенце", 120, 60), ("Полотенце", 200, 40)
    ]  # fmt: skip


def test_a_show_on_air_has_no_chapters_yet(table, anna, mug):
    live = cast.live_show(table, anna, mug)
    assert (chapters_of_show(live), chapter_rows(live), debrief_of(show=live, at=LATER)) == ([], [], None)


def test_chapters_take_as_many_queries_for_forty_pins_as_for_two(table, anna, mug, towel, show):
    long = ended_show(table, anna, mug, towel, at=NOON + DAY)
    for number in range(40):
        at = NOON + DAY + timedelta(minutes=10, seconds=20 * number)
        long.pins.create(product=mug.product, pinned_by=anna, pinned_at=at, unpinned_at=at + timedelta(seconds=12))
    assert len(chapter_rows(long)) == 42
    assert queries_of(lambda: chapter_rows(long)) == queries_of(lambda: chapter_rows(show)) == 4


def test_figures_come_from_the_facts_and_say_what_was_not_measured(show, mug, towel, point, vera, boris, table):
    unseen = facts_of([show])[show.pk]
    assert (unseen.viewers_raw, unseen.viewers_counted, unseen.watch_s, unseen.orders) == (None, None, None, 0)
    watched(show)
    for viewer in ("viewer-0", "viewer-0", "viewer-1"):
        Reaction.objects.create(show=show, viewer=viewer, at=NOON)
    said = [
        ChatMessage.objects.create(show=show, author=vera, seq=n, text="Да", key=uuid4(), said_at=NOON)
        for n in range(3)
    ]
    MessageHiding.objects.create(message=said[0], hidden_by=boris, hidden_at=NOON)
    Break.objects.create(show=show, began_at=NOON + timedelta(minutes=10), ended_at=NOON + timedelta(minutes=15))
    bought(show, vera, mug, point, quantity=2)
    bought(show, boris, towel, point)
    bought(show, boris, towel, point, paid=False)
    bought(show, boris, towel, point, at=show.ended_at + 8 * DAY)
    told = facts_of([show])[show.pk]
    assert (told.length_s, told.late_s) == (55 * 60, 0)
    # Six samples ten seconds apart: the last one holds for no longer than a sample may.
    assert (told.viewers_raw, told.viewers_counted, told.peak_counted, told.watch_s) == (3, 2, 2, 2 * 65)
    assert (told.interacting, told.messages) == (2, 2)
    assert (told.orders, told.paid_orders, told.creators, told.buyers) == (3, 2, 2, 2)
    assert (told.gmv_minor, told.paid_minor, told.returned_minor) == (2 * 149_000 + 2 * 98_000, 2 * 149_000 + 98_000, 0)


def test_a_return_that_arrives_later_restates_a_show(show, mug, point, vera, boris):
    order = bought(show, vera, mug, point, quantity=2)
    bought(show, boris, mug, point, withdrawn_at=NOON + DAY, withdrawn_for="not_available")
    before = facts_of([show])[show.pk]
    coming = Return.objects.create(order=order, key=uuid4(), reason="changed_mind", is_right=True, amount_minor=149_000)
    ReturnLine.objects.create(returning=coming, order_line=order.lines.get(), quantity=1)
    assert facts_of([show])[show.pk] == before
    Return.objects.filter(pk=coming.pk).update(accepted_at=NOON + DAY, received_at=NOON + 2 * DAY)
    after = facts_of([show])[show.pk]
    assert (before.net_minor, after.net_minor) == (2 * 149_000, 149_000)
    assert (before.returned_orders, after.returned_orders) == (1, 2)


def test_a_recount_that_holds_is_what_is_told(show):
    watched(show)
    told = {"version": 1, "peak_raw": 3, "reactions_raw": 0, "reactions_counted": 0, "why": "after the end"}
    Recount.objects.create(show=show, at=LATER, viewers_raw=3, viewers_counted=1, peak_counted=1, is_dry=False, **told)
    Recount.objects.create(
        show=show, at=LATER + DAY, viewers_raw=3, viewers_counted=0, peak_counted=0, is_dry=True, **told
    )
    facts = facts_of([show])[show.pk]
    assert (facts.viewers_raw, facts.viewers_counted, facts.peak_counted) == (3, 1, 1)


def test_figures_of_three_shows_take_as_many_queries_as_of_one(table, anna, mug):
    shows = [ended_show(table, anna, mug, at=NOON + n * DAY) for n in range(3)]
    for show in shows:
        watched(show)
    assert queries_of(lambda: facts_of(shows)) == queries_of(lambda: facts_of(shows[:1])) == 6


def test_a_debrief_compares_with_this_community_in_the_fourteen_days_before(table, cellar, anna, mug, point, vera):
    for number in range(1, 7):
        earlier = ended_show(table, anna, mug, at=NOON - number * DAY)
        bought(earlier, vera, mug, point)
    ended_show(table, anna, mug, at=NOON - 15 * DAY)
    ended_show(cellar, anna, at=NOON - DAY)
    show = ended_show(table, anna, mug)
    Show.objects.filter(pk=show.pk).update(starts_at=NOON - timedelta(minutes=20))
    show.refresh_from_db()
    told = debrief_of(show=show, at=LATER)
    assert (told.judgement.shows, told.judgement.is_told) == (6, True)
    assert [one.name for one in told.judgement.worst] == ["late_s", "net_hour_minor", "net_minor"]
    assert (told.plan.late_s, told.plan.is_on_time, told.plan.planned_s) == (1200, False, None)
    assert [(one.product_id, one.actual_s) for one in told.plan.products] == [(mug.product_id, 120)]


def test_notes_come_back_until_they_are_closed_the_hosts_own_first(table, cellar, anna, boris, mug):
    hers, his = ended_show(table, anna, mug), ended_show(table, boris, mug, at=NOON + DAY)
    elsewhere = ended_show(cellar, anna, at=NOON + DAY)
    coming = Show.objects.create(community=table, title_ru="Дальше", host=anna, starts_at=NOON + 5 * DAY)
    notes = [
        write_note(show_id=of.pk, kind="change", text=text, key=uuid4(), by=anna, at=LATER)
        for of, text in ((hers, "Свет"), (his, "Звук"), (elsewhere, "Чужое"), (hers, "Фон"))
    ]
    assert [note.text for note in notes_for(show_id=coming.pk)] == ["Фон", "Свет", "Звук"]
    assert [note.text for note in notes_for(show_id=his.pk)] == ["Фон", "Свет"]
    close_note(note_id=notes[0].pk, by=anna, at=LATER)
    assert [note.text for note in notes_for(show_id=coming.pk)] == ["Фон", "Звук"]
    assert [note.text for note in notes_of(show_id=hers.pk)] == ["Свет", "Фон"]


def test_claims_are_found_by_product_host_and_day(table, cellar, anna, boris, mug, towel, settings):
    settings.TIME_ZONE = "UTC"
    cast.joins(boris, table, "host")
    first, second = ended_show(table, anna, mug, towel), ended_show(table, boris, mug, at=NOON + DAY)
    other = cast.product(cellar)
    far = ended_show(cellar, anna, other)
    for of, thing, text in ((first, mug, "раз"), (first, towel, "два"), (second, mug, "три"), (far, other, "чужое")):
        log_claim(
            show_id=of.pk, product_id=thing.product_id, text=text, evidence=None, said_by=of.host,
            media_at=of.went_live_at + timedelta(minutes=1), by=anna, at=LATER,
        )  # fmt: skip

    def found(**asked):
        return [one.text for one in claims_said(community=table, asked=ClaimsAsked(**asked))]

    assert found() == ["три", "два", "раз"]
    assert found(product_id=mug.product_id) == ["три", "раз"]
    assert found(said_by_id=boris.pk) == ["три"]
    assert found(since=date(2026, 11, 23)) == ["три"]
    assert found(until=date(2026, 11, 22)) == ["два", "раз"]
    assert found(until=date.max) == ["три", "два", "раз"]
    assert list(claimed_in(table, "said_by")) == [(anna.pk, "Anna"), (boris.pk, "Boris")]


def test_clips_and_claims_of_three_take_as_many_queries_as_of_one(table, show, mug, anna):
    def read():
        [(one.product.name, one.asked_by.name) for one in clips_of(show_id=show.pk)]
        [
            (one.product.name, one.said_by.name, one.show.title_ru)
            for one in claims_said(community=table, asked=ClaimsAsked())
        ]

    counts = []
    for number in range(3):
        made_clip(show, mug, anna, place=number + 1)
        log_claim(
            show_id=show.pk, product_id=mug.product_id, text=f"{number}", evidence={}, said_by=anna, media_at=NOON,
            by=anna, at=LATER,
        )  # fmt: skip
        counts.append(queries_of(read))
    assert counts[0] == counts[2] == 2


def test_cards_are_told_from_three_shows_on_and_grouped(table, anna, boris, vera, mug, point):
    cast.joins(boris, table, "host")
    hers = [ended_show(table, anna, mug, at=NOON + timedelta(days=7 * n)) for n in range(3)]
    ended_show(table, boris, mug, at=NOON + DAY)
    bought(hers[0], vera, mug, point)
    bought(hers[1], vera, mug, point)
    log_claim(
        show_id=hers[0].pk, product_id=mug.product_id, text="Без бумаг", evidence={}, said_by=anna, media_at=NOON,
        by=anna, at=LATER,
    )  # fmt: skip
    told = {one.host.name: one for one in host_cards(community=table, at=LATER)}
    assert list(told) == ["Anna", "Boris"]
    card = told["Anna"].whole
    assert (card.shows, card.hours, card.on_time, card.net_minor) == (3, 3.0, 1.0, 298_000)
    # Both orders are old enough to ask whether she came back, and after the first she did.
    assert (card.retention, card.claims, card.claims_bare, card.rest) == (0.5, 1, 1, 1.0)
    assert (told["Boris"].whole.shows, told["Boris"].whole.is_told, told["Boris"].whole.net_minor) == (1, False, None)
    assert [(slot, card.shows) for slot, card in told["Anna"].by_slot] == [((6, 15), 3)]
    assert [(form, card.shows) for form, card in told["Anna"].by_format] == [("plain", 3)]
    alone = host_cards(community=table, at=LATER, host_id=boris.pk)
    assert [one.host for one in alone] == [boris]


def test_cards_of_three_shows_take_as_many_queries_as_of_one(table, anna, mug, vera, point):
    counts = []
    for number in range(3):
        bought(ended_show(table, anna, mug, at=NOON + number * DAY), vera, mug, point)
        counts.append(queries_of(lambda: host_cards(community=table, at=LATER)))
    assert counts[0] == counts[2]
