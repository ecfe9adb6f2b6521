"""Writing and moving segments: versions, refusals that change nothing, what is told, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from svoi.catalog.rules import NoLongerSold
from svoi.flash.rules import PriceNotLower
from svoi.rundowns.actions import add_segment, edit_segment, move_segment, open_rundown, remove_segment, set_slot
from svoi.rundowns.models import Rundown, RundownChange, Segment
from svoi.rundowns.queries import claims_of, rundown_of
from svoi.rundowns.rules import (
    Beat,
    EnvelopePlan,
    FlashWish,
    NumberUnfit,
    RundownStale,
    SegmentUnknown,
    TooManyProducts,
    TooManySegments,
    WordsMissing,
    WordsTooLong,
)
from svoi.shows.rules.airing import ShowEnded
from tests import cast
from tests.cast import NOON, recorded
from tests.rundowns.desk import about, coming_show, order, seen, version, words, written

pytestmark = pytest.mark.django_db(transaction=True)


def refused(refusal, verb, **asked):
    """The refusal's facts; nothing changed and nothing was told."""
    before = (list(Segment.objects.order_by("pk").values()), list(Rundown.objects.values()), recorded())
    with pytest.raises(refusal) as told:
        verb(**asked)
    assert (list(Segment.objects.order_by("pk").values()), list(Rundown.objects.values()), recorded()) == before
    return told.value.facts


def test_a_plan_is_begun_once_and_says_so(show, anna):
    first, second = (open_rundown(show_id=show.pk, by=anna, at=NOON) for _ in range(2))
    assert (first.pk, Rundown.objects.count(), version(first)) == (second.pk, 1, 1)
    assert recorded() == [("rundown_changed", {"show_id": show.pk, "rundown_id": first.pk, "version": 1})]


def test_segments_stand_in_order_and_their_time_rolls(rundown, show, anna):
    first = written(rundown, anna, kind="opening", title_ru="Начало", length_s=120)
    last = written(rundown, anna, kind="closing", title_ru="Конец", length_s=60)
    middle = add_segment(rundown_id=rundown.pk, wording=words(length_s=600), before=last.pk, by=anna, at=NOON)
    plan = rundown_of(show_id=show.pk)
    assert [(one.id, one.position, one.starts_after_s, one.length_s) for one in plan.segments] == [
        (first.pk, 0, 0, 120),
        (middle.pk, 1, 120, 600),
        (last.pk, 2, 720, 60),
    ]
    assert (plan.total_s, plan.slot_s, plan.over_s, plan.version) == (780, 3600, -2820, 4)


def test_everything_that_was_written_is_read(rundown, mug, anna):
    wording = words(
        kind="flash",
        title_ru="  Кружка \x00 дня ",
        title_en="Mug of the day",
        product_id=mug.product_id,
        beats=(Beat("Покажи дно", "Show the bottom"), Beat("  ", ""), Beat("", "Only English")),
        props="Кипяток",
        offer="Только в эфире",
        fallback="Если нет кипятка, лёд",
        target=40,
        target_unit="orders",
    )
    segment = add_segment(
        rundown_id=rundown.pk,
        wording=wording,
        flash=FlashWish(variant_id=mug.pk, price_minor=99_000, quantity=5),
        envelope=EnvelopePlan(mode="random", total=500, shares=10),
        by=anna,
        at=NOON,
    )
    read = seen(segment)
    assert read.title_ru == "Кружка дня"
    assert read.beats == (Beat("Покажи дно", "Show the bottom"), Beat("Only English"))
    assert (read.props, read.offer, read.fallback) == ("Кипяток", "Только в эфире", "Если нет кипятка, лёд")
    assert (read.target, read.target_unit, read.product_id) == (40, "orders", mug.product_id)
    assert (read.flash.price_minor, read.flash.lowest_minor, read.flash.quantity) == (99_000, 149_000, 5)
    assert read.envelope == EnvelopePlan(mode="random", total=500, shares=10)
    assert read.author_ids == {anna.pk}


def test_an_edit_carries_the_version_it_saw(rundown, anna, editor):
    segment, other = written(rundown, anna), written(rundown, anna)
    saw = version(rundown)
    asked = {"rundown_id": rundown.pk, "segment_id": segment.pk, "seen": saw, "at": NOON}
    edit_segment(**asked, wording=words(title_ru="Борис"), by=editor)
    facts = refused(RundownStale, edit_segment, **asked, wording=words(title_ru="Анна"), by=anna)
    assert facts["who"] == "Boris"
    assert [(one["deed"], one["title"], one["names"], one["by"]) for one in facts["changes"]] == [
        ("edited", "Борис", ["title_ru"], "Boris")
    ]
    assert seen(segment).title_ru == "Борис"
    # Another segment is nobody's business, and so is the order.
    edit_segment(**{**asked, "segment_id": other.pk}, wording=words(title_ru="Анна"), by=anna)
    move_segment(rundown_id=rundown.pk, segment_id=other.pk, before=segment.pk, seen=saw, by=anna, at=NOON)
    assert order(rundown) == [other.pk, segment.pk]


def test_an_edit_that_changes_nothing_is_none(rundown, anna):
    segment = written(rundown, anna)
    before = (version(rundown), recorded())
    edit_segment(rundown_id=rundown.pk, segment_id=segment.pk, seen=version(rundown), wording=words(), by=anna, at=NOON)
    assert (version(rundown), recorded()) == before


def test_a_stale_order_is_refused_and_where_it_is_already_is_no_change(rundown, anna, editor):
    one, two, three = (written(rundown, anna, title_ru=name) for name in ("Один", "Два", "Три"))
    saw = version(rundown)
    asked = {"rundown_id": rundown.pk, "seen": saw, "at": NOON}
    move_segment(**asked, segment_id=three.pk, before=one.pk, by=anna)
    facts = refused(RundownStale, move_segment, **asked, segment_id=one.pk, before=None, by=editor)
    assert [(one["deed"], one["title"], one["by"]) for one in facts["changes"]] == [("moved", "Три", "Anna")]
    asked["seen"] = version(rundown)
    before = recorded()
    move_segment(**asked, segment_id=three.pk, before=one.pk, by=editor)
    move_segment(**asked, segment_id=three.pk, before=three.pk, by=editor)
    assert (order(rundown), recorded()) == ([three.pk, one.pk, two.pk], before)


def test_a_removed_segment_stays_on_record(rundown, anna):
    one, two, three = (written(rundown, anna) for _ in range(3))
    remove_segment(rundown_id=rundown.pk, segment_id=two.pk, seen=version(rundown), by=anna, at=NOON)
    assert order(rundown) == [one.pk, three.pk]
    two.refresh_from_db()
    assert (two.position, two.removed_at, two.title_ru) == (None, NOON, "Разговор")
    asked = {"rundown_id": rundown.pk, "segment_id": two.pk, "by": anna, "at": NOON}
    refused(SegmentUnknown, remove_segment, **asked, seen=version(rundown))
    refused(RundownStale, edit_segment, **asked, seen=version(rundown) - 1, wording=words(title_ru="Ещё"))
    refused(SegmentUnknown, move_segment, **asked, before=one.pk, seen=version(rundown))


@pytest.mark.parametrize(
    ("wording", "refusal"),
    [
        ({"title_ru": " \x00 "}, WordsMissing),
        ({"title_ru": "я" * 141}, WordsTooLong),
        ({"beats": (Beat("я" * 10_000),)}, WordsTooLong),
        ({"offer": "я" * 501}, WordsTooLong),
        ({"length_s": 0}, NumberUnfit),
        ({"length_s": 4 * 3600 + 1}, NumberUnfit),
        ({"target": 5}, NumberUnfit),
        ({"target": 0, "target_unit": "orders"}, NumberUnfit),
    ],
)
def test_what_does_not_fit_changes_nothing(rundown, anna, wording, refusal):
    segment = written(rundown, anna)
    refused(refusal, add_segment, rundown_id=rundown.pk, wording=words(**wording), by=anna, at=NOON)
    refused(
        refusal,
        edit_segment,
        rundown_id=rundown.pk,
        segment_id=segment.pk,
        seen=version(rundown),
        wording=words(**wording),
        by=anna,
        at=NOON,
    )


def test_products_and_deals_are_of_this_shop(rundown, anna, cellar, mug):
    foreign = cast.product(cellar)
    asked = {"rundown_id": rundown.pk, "by": anna, "at": NOON}
    refused(NoLongerSold, add_segment, **asked, wording=words(product_id=foreign.product_id))
    deal = FlashWish(variant_id=foreign.pk, price_minor=1, quantity=1)
    refused(NoLongerSold, add_segment, **asked, wording=words(), flash=deal)
    facts = refused(
        PriceNotLower,
        add_segment,
        **asked,
        wording=words(),
        flash=replace(deal, variant_id=mug.pk, price_minor=149_000),
    )
    assert facts["lowest_minor"] == 149_000
    refused(NumberUnfit, add_segment, **asked, wording=words(), envelope=EnvelopePlan(mode="equal", total=3, shares=4))


def test_a_segment_of_another_plan_is_not_found_here(rundown, table, anna):
    from tests.rundowns.desk import plan

    elsewhere = written(plan(coming_show(table, anna), anna), anna)
    asked = {"rundown_id": rundown.pk, "segment_id": elsewhere.pk, "seen": 99, "by": anna, "at": NOON}
    refused(SegmentUnknown, edit_segment, **asked, wording=words())
    refused(SegmentUnknown, remove_segment, **asked)
    refused(SegmentUnknown, move_segment, **asked, before=None)


def test_limits_are_the_shows(rundown, anna, table, monkeypatch):
    monkeypatch.setattr("svoi.rundowns.actions.writing.TRAY_ITEMS_MAX", 2)
    things = [cast.product(table) for _ in range(3)]
    for thing in things[:2]:
        written(rundown, anna, product_id=thing.product_id)
    written(rundown, anna, product_id=things[0].product_id)  # a second time is no second product
    refused(
        TooManyProducts,
        add_segment,
        rundown_id=rundown.pk,
        wording=words(product_id=things[2].product_id),
        by=anna,
        at=NOON,
    )
    Segment.objects.bulk_create(
        [Segment(rundown=rundown, position=place, kind="talk", title_ru="x", length_s=1) for place in range(3, 120)]
    )
    refused(TooManySegments, add_segment, rundown_id=rundown.pk, wording=words(), by=anna, at=NOON)


def test_a_product_planned_twice_is_shown_as_such(rundown, show, anna, mug, table):
    written(rundown, anna, product_id=mug.product_id)
    written(rundown, anna, product_id=cast.product(table).product_id)
    written(rundown, anna, product_id=mug.product_id)
    assert [one.repeats_product for one in rundown_of(show_id=show.pk).segments] == [True, False, True]


def test_the_slot_is_set_and_two_do_not_set_it_at_once(rundown, anna, editor):
    saw = version(rundown)
    set_slot(rundown_id=rundown.pk, slot_s=5400, seen=saw, by=anna, at=NOON)
    refused(RundownStale, set_slot, rundown_id=rundown.pk, slot_s=1800, seen=saw, by=editor, at=NOON)
    refused(NumberUnfit, set_slot, rundown_id=rundown.pk, slot_s=59, seen=version(rundown), by=editor, at=NOON)
    assert Rundown.objects.get().slot_s == 5400


def test_the_plan_of_a_show_that_is_over_is_a_record(rundown, show, anna, mug):
    segment, _ = about(rundown, anna, mug)
    show.went_live_at, show.ended_at = NOON, NOON + timedelta(hours=1)
    show.save()
    asked = {"rundown_id": rundown.pk, "by": anna, "at": NOON}
    refused(ShowEnded, add_segment, **asked, wording=words())
    refused(ShowEnded, edit_segment, **asked, segment_id=segment.pk, seen=99, wording=words())
    refused(ShowEnded, move_segment, **asked, segment_id=segment.pk, seen=99, before=None)
    refused(ShowEnded, remove_segment, **asked, segment_id=segment.pk, seen=99)


def test_what_is_told_is_ids_and_never_the_script(rundown, show, anna, mug):
    about(rundown, anna, mug)
    assert {kind: sorted(payload) for kind, payload in recorded()} == {
        "rundown_changed": ["rundown_id", "show_id", "version"]
    }
    from svoi.db.models import OutboxEvent

    assert set(OutboxEvent.objects.values_list("stream", flat=True)) == {f"show:{show.pk}"}


def test_every_change_is_kept_with_who_and_what(rundown, anna, editor):
    segment = written(rundown, anna)
    edit_segment(
        rundown_id=rundown.pk,
        segment_id=segment.pk,
        seen=version(rundown),
        wording=words(title_ru="Иначе", length_s=400),
        by=editor,
        at=NOON,
    )
    assert list(RundownChange.objects.order_by("version").values_list("version", "deed", "names", "by__name")) == [
        (1, "opened", [], "Anna"),
        (2, "added", [], "Anna"),
        (3, "edited", ["length_s", "title_ru"], "Boris"),
    ]


def test_a_plan_is_read_in_the_same_queries_with_one_segment_and_with_three(rundown, show, anna, table):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            rundown_of(show_id=show.pk)
        return len(queries)

    about(rundown, anna, cast.product(table))
    first = asked()
    for _ in range(2):
        about(rundown, anna, cast.product(table))
    assert (asked(), len(claims_of(show_id=show.pk))) == (first, 3)


def test_without_a_plan_there_is_nothing_to_read(show):
    assert (rundown_of(show_id=show.pk), claims_of(show_id=show.pk)) == (None, ())


def breaks(write, *args, **fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **fields)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def test_the_database_keeps_the_shape_by_itself(rundown, show, table, anna, mug):
    segment = written(rundown, anna)
    breaks(Rundown.objects.create, made_at=NOON)
    breaks(Rundown.objects.create, made_at=NOON, show=show)
    breaks(Rundown.objects.create, made_at=NOON, template_of=table)
    breaks(Rundown.objects.create, made_at=NOON, show=coming_show(table, anna), template_of=table, name_ru="x")
    row = {"rundown": rundown, "kind": "talk", "title_ru": "x", "length_s": 60}
    breaks(Segment.objects.create, **row, position=0)
    breaks(Segment.objects.create, **row)
    breaks(Segment.objects.create, **row, position=1, removed_at=NOON)
    breaks(Segment.objects.create, **row, position=1, flash_variant=mug)
    breaks(Segment.objects.create, **row, position=1, envelope_mode="equal")
    breaks(Segment.objects.create, **row, position=1, target=4)
    breaks(Segment.objects.create, **{**row, "length_s": 0}, position=1)
    assert order(rundown) == [segment.pk]


def test_a_change_on_record_is_not_changed(rundown):
    change = RundownChange.objects.get()
    for verb in (change.delete, RundownChange.objects.filter(pk=change.pk).delete, change.save):
        with pytest.raises(IntegrityError), transaction.atomic():
            verb()
