"""A product story from draft to approved: on proof, by a second person, for exactly these words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from svoi.rundowns.actions import (
    add_evidence,
    approve_segment,
    ask_for_check,
    drop_claim,
    edit_segment,
    make_template,
    move_segment,
    say_claim,
    send_back,
    withdraw_evidence,
    write_claim,
)
from svoi.rundowns.models import Claim, Evidence, Segment, SegmentClaim, StoryStep
from svoi.rundowns.queries import claims_of, rundown_of
from svoi.rundowns.rules import (
    ClaimUnknown,
    ClaimUnproven,
    LinkUnsafe,
    NotForAShow,
    OwnStory,
    StoryAsked,
    StoryMoved,
    StoryNotAsked,
    TooManyClaims,
    WordsMissing,
)
from tests import cast
from tests.cast import NOON, recorded
from tests.rundowns.desk import BEGINS, about, coming_show, plan, seen, version, words, written

pytestmark = pytest.mark.django_db(transaction=True)


def step(verb, segment, by, **more):
    return verb(
        rundown_id=segment.rundown_id,
        segment_id=segment.pk,
        seen=more.pop("read", None) or seen(segment).fingerprint,
        by=by,
        at=more.pop("at", NOON),
        **more,
    )


def refused(refusal, verb, *args, **asked):
    before = (StoryStep.objects.count(), Evidence.objects.count(), SegmentClaim.objects.count(), recorded())
    with pytest.raises(refusal) as told:
        verb(*args, **asked)
    assert (StoryStep.objects.count(), Evidence.objects.count(), SegmentClaim.objects.count(), recorded()) == before
    return told.value.facts


def edited(segment, by, **changes):
    fields = {"kind": "product", "title_ru": "Кружка", "product_id": segment.product_id, **changes}
    edit_segment(
        rundown_id=segment.rundown_id,
        segment_id=segment.pk,
        seen=version(segment.rundown),
        wording=words(**fields),
        by=by,
        at=NOON + timedelta(minutes=1),
    )


@pytest.fixture
def story(rundown, anna, mug):
    return about(rundown, anna, mug)[0]


def approved(segment, writer, checker):
    step(ask_for_check, segment, writer)
    return step(approve_segment, segment, checker)


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


def test_a_claim_is_written_once_and_its_evidence_goes_with_it(story, rundown, table, anna, mug):
    again = plan(coming_show(table, anna), anna)
    other = written(again, anna, kind="product", product_id=mug.product_id)
    here = {"rundown_id": again.pk, "segment_id": other.pk, "by": anna, "at": NOON}
    claim = write_claim(**here, product_id=mug.product_id, kind="property", text="  Держит тепло два часа ")
    say_claim(**here, claim_id=claim.pk)
    assert (Claim.objects.count(), SegmentClaim.objects.count()) == (1, 2)
    assert [len(one.evidence) for one in seen(other).claims] == [1]
    before = (version(rundown), version(again))
    withdraw_evidence(
        rundown_id=again.pk, evidence_id=Evidence.objects.get().pk, by=anna, at=NOON + timedelta(minutes=1)
    )
    assert (version(rundown), version(again)) == (before[0] + 1, before[1] + 1)


def test_what_was_proved_at_the_end_of_a_show_stays(story, rundown, show, table, anna, editor, mug):
    approved(story, anna, editor)
    show.went_live_at, show.ended_at = NOON, NOON + timedelta(hours=1)
    show.save()
    before = rundown_of(show_id=show.pk)
    later = plan(coming_show(table, anna), anna)
    withdraw_evidence(rundown_id=later.pk, evidence_id=Evidence.objects.get().pk, by=anna, at=NOON + timedelta(hours=2))
    add_evidence(
        rundown_id=later.pk,
        claim_id=Claim.objects.get().pk,
        kind="document",
        reference="2",
        says="Новое",
        valid_until=None,
        by=anna,
        at=NOON + timedelta(hours=3),
    )
    assert rundown_of(show_id=show.pk) == before
    assert (before.segments[0].state, version(rundown)) == ("approved", before.version)


def test_claims_and_evidence_of_another_community_are_not_found(story, rundown, cellar, anna):
    foreign = about(plan(coming_show(cellar, anna), anna), anna, cast.product(cellar))
    evidence = Evidence.objects.get(claim=foreign[1])
    here = {"rundown_id": rundown.pk, "by": anna, "at": NOON}
    refused(ClaimUnknown, say_claim, **here, segment_id=story.pk, claim_id=foreign[1].pk)
    refused(ClaimUnknown, withdraw_evidence, **here, evidence_id=evidence.pk)
    refused(ClaimUnknown, withdraw_evidence, **here, evidence_id=0)
    proof = {"kind": "document", "reference": "1", "says": "x", "valid_until": None}
    refused(ClaimUnknown, add_evidence, **here, claim_id=foreign[1].pk, **proof)


def test_a_link_that_runs_is_no_evidence(story, rundown, anna):
    proof = {"kind": "link", "reference": "javascript:alert(1)", "says": "x", "valid_until": None}
    here = {"rundown_id": rundown.pk, "claim_id": Claim.objects.get().pk, "by": anna, "at": NOON}
    refused(LinkUnsafe, add_evidence, **here, **proof)


def test_a_segment_makes_few_claims(story, rundown, anna, mug):
    here = {"rundown_id": rundown.pk, "segment_id": story.pk, "product_id": mug.product_id, "by": anna, "at": NOON}
    for number in range(11):
        write_claim(**here, kind="property", text=f"Утверждение {number}")
    refused(TooManyClaims, write_claim, **here, kind="property", text="Лишнее")
    assert Claim.objects.count() == 12


def test_claims_of_a_show_are_told_once_each(story, rundown, show, anna, mug):
    other = written(rundown, anna, product_id=mug.product_id)
    say_claim(rundown_id=rundown.pk, segment_id=other.pk, claim_id=Claim.objects.get().pk, by=anna, at=NOON)
    assert [(one.text, one.proven) for one in claims_of(show_id=show.pk)] == [("Держит тепло два часа", True)]


# --- What the database refuses by itself ------------------------------------------------------------------------------


def stepped_by_hand(segment, by, what, mark, **fields):
    return StoryStep.objects.create(
        segment=segment, step=what, fingerprint=mark, content={}, version=1, by=by, at=NOON, **fields
    )


def breaks(verb, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        verb(*args, **fields)


def test_nobody_writes_down_an_approval_that_lies(story, rundown, anna, editor):
    mark = seen(story).fingerprint
    breaks(stepped_by_hand, story, editor, "approved", mark)  # nobody asked
    stepped_by_hand(story, anna, "asked", mark)
    breaks(stepped_by_hand, story, editor, "approved", "b" * 64)  # for other words
    Evidence.objects.update(withdrawn_at=NOON, withdrawn_by=anna)
    breaks(stepped_by_hand, story, editor, "approved", mark)  # without proof
    template = make_template(rundown_id=rundown.pk, name_ru="Утро", name_en="", by=anna, at=NOON)
    copy = Segment.objects.get(rundown=template)
    stepped_by_hand(copy, anna, "asked", mark)
    breaks(stepped_by_hand, copy, editor, "approved", mark)  # for no show
    breaks(stepped_by_hand, story, editor, "sent_back", mark)  # without a reason
    assert StoryStep.objects.exclude(step="asked").count() == 0


def test_claims_evidence_and_steps_stay_as_written(story, anna, editor):
    approved(story, anna, editor)
    for model, column in ((Claim, "text"), (StoryStep, "reason"), (Evidence, "says")):
        breaks(model.objects.update, **{column: "x"})
        breaks(lambda model=model: model.objects.all()._raw_delete("default"))
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("delete from svoi_evidence")
    Evidence.objects.update(withdrawn_at=NOON, withdrawn_by=anna)
    breaks(Evidence.objects.update, withdrawn_at=None, withdrawn_by=None)
    breaks(Evidence.objects.create, claim=Claim.objects.get(), kind="link", reference="javascript:x", says="x",
           added_by=anna, added_at=NOON)  # fmt: skip
