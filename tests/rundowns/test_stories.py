"""A product story from draft to approved: on proof, by a second person, for exactly these words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.rundowns.actions import (
    add_evidence,
    approve_segment,
    ask_for_check,
    drop_claim,
    make_template,
    move_segment,
    send_back,
    withdraw_evidence,
    write_claim,
)
from svoi.rundowns.models import Claim, Evidence
from svoi.rundowns.rules import (
    ClaimUnproven,
    NotForAShow,
    OwnStory,
    StoryAsked,
    StoryMoved,
    StoryNotAsked,
    WordsMissing,
)
from tests.cast import NOON, recorded
from tests.rundowns.desk import BEGINS, about, seen, version, written
from tests.rundowns.stories import approved, edited, refused, step

pytestmark = pytest.mark.django_db(transaction=True)


def test_draft_asked_approved(story, show, anna, editor):
    assert seen(story).state == "draft"
    step(ask_for_check, story, anna)
    assert seen(story).state == "asked"
    before = len(recorded())
    made = step(approve_segment, story, editor)
    assert seen(story).state == "approved"
    assert recorded()[before:] == [
        ("segment_approved", {"show_id": show.pk, "segment_id": story.pk, "by_id": editor.pk})
    ]
    assert (made.by, made.at, made.version, made.fingerprint) == (
        editor,
        NOON,
        version(story.rundown),
        seen(story).fingerprint,
    )
    assert made.content["claims"][0][1] == "Держит тепло два часа"


def test_sent_back_with_a_reason_and_a_draft_again_when_written_anew(story, show, anna, editor):
    step(ask_for_check, story, anna)
    refused(WordsMissing, step, send_back, story, editor, reason=" \x00 ")
    before = len(recorded())
    step(send_back, story, editor, reason="Два часа при какой температуре?")
    read = seen(story)
    assert (read.state, read.last_step.reason, read.last_step.by_name) == (
        "sent_back",
        "Два часа при какой температуре?",
        "Boris",
    )
    assert recorded()[before:] == [
        ("segment_sent_back", {"show_id": show.pk, "segment_id": story.pk, "by_id": editor.pk})
    ]
    edited(story, anna, offer="При двадцати градусах")
    assert (seen(story).state, seen(story).last_step.holds) == ("draft", False)


@pytest.mark.parametrize("change", ["words", "claim", "dropped", "evidence", "withdrawn"])
def test_other_words_or_proofs_are_a_draft_again(story, anna, editor, mug, change):
    approved(story, anna, editor)
    claim = Claim.objects.get()
    here = {"rundown_id": story.rundown_id, "by": anna, "at": NOON + timedelta(minutes=1)}
    match change:
        case "words":
            edited(story, anna, offer="Ещё")
        case "claim":
            text = {"kind": "origin", "text": "Из Гжели"}
            write_claim(**here, segment_id=story.pk, product_id=mug.product_id, **text)
        case "dropped":
            drop_claim(**here, segment_id=story.pk, claim_id=claim.pk)
        case "evidence":
            add_evidence(**here, claim_id=claim.pk, kind="document", reference="1", says="x", valid_until=None)
        case "withdrawn":
            withdraw_evidence(**here, evidence_id=Evidence.objects.get().pk)
    assert seen(story).state == "draft"


def test_another_place_or_length_is_the_same_story(story, rundown, anna, editor):
    other = written(rundown, anna)
    approved(story, anna, editor)
    move_segment(rundown_id=rundown.pk, segment_id=other.pk, before=story.pk, seen=version(rundown), by=anna, at=NOON)
    edited(story, anna, length_s=999, props="Стол")
    assert seen(story).state == "approved"


def test_words_that_come_back_bring_their_approval_back(story, anna, editor):
    approved(story, anna, editor)
    edited(story, anna, offer="Иначе")
    edited(story, anna)
    assert seen(story).state == "approved"


def test_a_claim_without_evidence_that_lasts_is_not_approved(rundown, show, anna, editor, mug):
    story, claim = about(rundown, anna, mug, valid_until=BEGINS)
    step(ask_for_check, story, anna)
    facts = refused(ClaimUnproven, step, approve_segment, story, editor)
    assert facts == {"unproven": 1, "text": "Держит тепло два часа"}
    add_evidence(
        rundown_id=rundown.pk,
        claim_id=claim.pk,
        kind="laboratory",
        reference="Протокол 7",
        says="Держит",
        valid_until=BEGINS + timedelta(seconds=1),
        by=anna,
        at=NOON,
    )
    approved(story, anna, editor)
    # The show moves beyond the proof: what was approved no longer is.
    show.starts_at = BEGINS + timedelta(days=1)
    show.save()
    assert seen(story).state == "lapsed"


def test_a_second_pair_of_eyes(story, anna, editor, settings):
    step(ask_for_check, story, editor)
    refused(OwnStory, step, approve_segment, story, anna)  # wrote it alone
    refused(OwnStory, step, approve_segment, story, editor)  # asked about it
    settings.FOUR_EYES = False
    step(approve_segment, story, anna)
    assert seen(story).state == "approved"


def test_after_an_approval_only_new_authors_count(story, anna, editor):
    approved(story, anna, editor)
    edited(story, editor, offer="Поправка")
    assert seen(story).author_ids == {editor.pk}
    step(ask_for_check, story, editor)
    step(approve_segment, story, anna)
    assert seen(story).state == "approved"


def test_an_answer_is_for_the_words_that_were_read(story, anna, editor):
    step(ask_for_check, story, anna)
    read = seen(story).fingerprint
    edited(story, anna, offer="Другое")
    step(ask_for_check, story, anna)
    refused(StoryMoved, step, approve_segment, story, editor, read=read)
    refused(StoryMoved, step, send_back, story, editor, read=read, reason="x")
    refused(StoryMoved, step, ask_for_check, story, editor, read="0" * 64)
    refused(StoryAsked, step, ask_for_check, story, anna)


def test_an_answer_needs_a_question(story, anna, editor):
    refused(StoryNotAsked, step, approve_segment, story, editor)
    refused(StoryNotAsked, step, send_back, story, editor, reason="x")


def test_a_template_is_not_checked(story, rundown, anna, editor):
    template = make_template(rundown_id=rundown.pk, name_ru="Утро", name_en="", by=anna, at=NOON)
    refused(NotForAShow, step, ask_for_check, template.segments.get(), anna)
