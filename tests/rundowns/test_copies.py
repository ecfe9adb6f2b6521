"""Templates and copies: prices read anew, approvals only where they still hold, and a series that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from svoi.catalog.models import Variant
from svoi.rundowns.actions import (
    add_segment,
    approve_segment,
    ask_for_check,
    clone_rundown,
    copy_rundown,
    follow_plan,
    make_template,
    open_rundown,
    remove_segment,
    retire_template,
    set_slot,
    withdraw_evidence,
)
from svoi.rundowns.models import Evidence, Rundown, Segment, StoryStep
from svoi.rundowns.queries import RundownRead, rundown_by_id, rundown_of
from svoi.rundowns.rules import EnvelopePlan, FlashWish, RundownNotEmpty, RundownUnknown, WordsMissing
from svoi.shows.rules.airing import ShowEnded
from tests import cast
from tests.cast import NOON
from tests.rundowns.desk import BEGINS, LATER, about, coming_show, plan, seen, version, words, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def next_show(table, anna):
    return coming_show(table, anna, starts_at=BEGINS + timedelta(days=7), title="Вечер")


def approve(segment, writer, checker):
    asked = {"rundown_id": segment.rundown_id, "segment_id": segment.pk, "seen": seen(segment).fingerprint, "at": NOON}
    ask_for_check(**asked, by=writer)
    return approve_segment(**asked, by=checker)


def plain(read: RundownRead) -> list:
    """Segments without what belongs to one plan alone."""
    return [replace(one, id=0, state="free", last_step=None, fingerprint="") for one in read.segments]


def test_a_copy_is_the_same_plan(story, rundown, show, next_show, anna, mug):
    flash = FlashWish(variant_id=mug.pk, price_minor=99_000, quantity=5)
    gift = EnvelopePlan(mode="equal", total=50, shares=5)
    deal = words(kind="flash", title_ru="Акция", target=7, target_unit="orders")
    add_segment(rundown_id=rundown.pk, wording=deal, flash=flash, envelope=gift, by=anna, at=NOON)
    gone = written(rundown, anna, title_ru="Убрано")
    remove_segment(rundown_id=rundown.pk, segment_id=gone.pk, seen=version(rundown), by=anna, at=NOON)
    set_slot(rundown_id=rundown.pk, slot_s=5400, seen=version(rundown), by=anna, at=NOON)
    clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=NOON)
    first, second = rundown_of(show_id=show.pk), rundown_of(show_id=next_show.pk)
    assert plain(second) == plain(first)
    assert (second.slot_s, [one.title_ru for one in second.segments]) == (5400, ["Кружка", "Акция"])


def test_prices_of_planned_deals_are_read_anew(rundown, show, next_show, table, anna, mug):
    kept, dear = cast.product(table, price_minor=200_000), mug
    for thing in (kept, dear):
        deal = FlashWish(variant_id=thing.pk, price_minor=99_000, quantity=5)
        add_segment(rundown_id=rundown.pk, wording=words(kind="flash"), flash=deal, by=anna, at=NOON)
    for thing, price_minor in ((kept, 150_000), (dear, 99_000)):
        Variant.objects.filter(pk=thing.pk).update(price_minor=price_minor)  # its history keeps the moment by itself
    clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=timezone.now() + timedelta(seconds=1))
    read = rundown_of(show_id=next_show.pk)
    assert read.segments[0].flash == replace(rundown_of(show_id=show.pk).segments[0].flash, lowest_minor=150_000)
    assert (read.segments[1].flash, read.segments[1].kind) == (None, "flash")


def test_a_deal_for_what_is_no_longer_sold_is_left_out(rundown, show, next_show, anna, mug):
    deal = FlashWish(variant_id=mug.pk, price_minor=99_000, quantity=5)
    add_segment(rundown_id=rundown.pk, wording=words(kind="flash"), flash=deal, by=anna, at=NOON)
    mug.withdrawn_at = NOON
    mug.save()
    clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=NOON)
    assert [one.flash for one in rundown_of(show_id=next_show.pk).segments] == [None]


def test_an_approval_comes_along_where_words_and_proofs_are_the_same(story, show, next_show, anna, editor):
    first = approve(story, anna, editor)
    later = NOON + timedelta(hours=1)
    clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=later)
    (copy,) = rundown_of(show_id=next_show.pk).segments
    assert (copy.state, copy.last_step.by_name, copy.last_step.at, copy.last_step.carried) == (
        "approved",
        "Boris",
        later,
        True,
    )
    assert StoryStep.objects.get(segment=copy.id).carried_from == first


@pytest.mark.parametrize("why", ["short proof", "withdrawn", "asked only", "other words"])
def test_it_does_not_where_it_would_say_more_than_was_checked(rundown, show, next_show, anna, editor, mug, why):
    ends = BEGINS + timedelta(days=6) if why == "short proof" else LATER
    story = about(rundown, anna, mug, valid_until=ends)[0]
    if why == "asked only":
        fingerprint = seen(story).fingerprint
        ask_for_check(rundown_id=rundown.pk, segment_id=story.pk, seen=fingerprint, by=anna, at=NOON)
    else:
        approve(story, anna, editor)
    if why == "withdrawn":
        withdraw_evidence(rundown_id=rundown.pk, evidence_id=Evidence.objects.get().pk, by=anna, at=NOON)
    if why == "other words":
        Segment.objects.update(offer="Иначе")
    clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=NOON)
    (copy,) = rundown_of(show_id=next_show.pk).segments
    assert (copy.state, copy.author_ids) == ("draft", {anna.pk})


def test_a_template_starts_shows_and_carries_no_approval(story, rundown, next_show, anna, editor, table):
    approve(story, anna, editor)
    template = make_template(rundown_id=rundown.pk, name_ru=" Утро ", name_en="Morning", by=anna, at=NOON)
    assert (template.name_ru, template.show, template.template_of) == ("Утро", None, table)
    copy_rundown(rundown_id=template.pk, show_id=next_show.pk, by=anna, at=NOON)
    assert plain(rundown_of(show_id=next_show.pk)) == plain(rundown_by_id(rundown_id=template.pk))
    assert [one.state for one in rundown_of(show_id=next_show.pk).segments] == ["draft"]
    with pytest.raises(WordsMissing):
        make_template(rundown_id=rundown.pk, name_ru=" ", name_en="", by=anna, at=NOON)


def test_a_retired_template_starts_nothing_and_a_plan_is_not_retired(story, rundown, next_show, anna, table):
    template = make_template(rundown_id=rundown.pk, name_ru="Утро", name_en="", by=anna, at=NOON)
    retire_template(rundown_id=template.pk, at=NOON)
    assert list(Rundown.objects.templates_of(table.pk)) == []
    for verb in (
        lambda: copy_rundown(rundown_id=template.pk, show_id=next_show.pk, by=anna, at=NOON),
        lambda: retire_template(rundown_id=template.pk, at=NOON),
        lambda: retire_template(rundown_id=rundown.pk, at=NOON),
    ):
        with pytest.raises(RundownUnknown):
            verb()


def test_nothing_is_copied_over_a_plan_nor_between_communities(story, rundown, show, next_show, cellar, anna):
    written(plan(next_show, anna), anna, title_ru="Уже есть")
    foreign = coming_show(cellar, anna)
    for target, refusal in ((next_show, RundownNotEmpty), (foreign, RundownUnknown), (show, RundownUnknown)):
        with pytest.raises(refusal):
            copy_rundown(rundown_id=rundown.pk, show_id=target.pk, by=anna, at=NOON)
    assert [one.title_ru for one in rundown_of(show_id=next_show.pk).segments] == ["Уже есть"]
    assert rundown_of(show_id=foreign.pk) is None


def test_a_show_that_is_over_gives_its_plan_and_takes_none(story, rundown, show, next_show, anna):
    for one in (show, next_show):
        one.went_live_at, one.ended_at = NOON, NOON + timedelta(hours=1)
        one.save()
    with pytest.raises(ShowEnded):
        clone_rundown(from_show_id=show.pk, show_id=next_show.pk, by=anna, at=NOON)
    assert make_template(rundown_id=rundown.pk, name_ru="Утро", name_en="", by=anna, at=NOON).segments.count() == 1


def test_a_series_follows_once(story, show, next_show, anna):
    asked = {"show_id": next_show.pk, "from_show_id": show.pk, "at": NOON}
    assert [follow_plan(**asked), follow_plan(**asked)] == [True, False]
    assert [one.title_ru for one in rundown_of(show_id=next_show.pk).segments] == ["Кружка"]


def test_a_series_leaves_alone_what_somebody_began(story, rundown, show, next_show, table, cellar, anna):
    asked = {"from_show_id": show.pk, "at": NOON}
    begun = written(open_rundown(show_id=next_show.pk, by=anna, at=NOON), anna)
    assert follow_plan(**asked, show_id=next_show.pk) is False
    # What was taken out on purpose does not come back by itself either.
    plan_id = Rundown.objects.get(show=next_show).pk
    remove_segment(rundown_id=plan_id, segment_id=begun.pk, seen=99, by=anna, at=NOON)
    assert follow_plan(**asked, show_id=next_show.pk) is False
    assert follow_plan(**asked, show_id=coming_show(cellar, anna).pk) is False
    assert follow_plan(**asked, show_id=show.pk) is False
    bare = coming_show(table, anna)
    assert follow_plan(show_id=bare.pk, from_show_id=next_show.pk, at=NOON) is False
    assert follow_plan(show_id=bare.pk, from_show_id=10**9, at=NOON) is False
    assert rundown_of(show_id=bare.pk) is None
