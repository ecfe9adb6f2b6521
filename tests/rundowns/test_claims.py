"""Claims of a product story and their evidence: written once, kept when proved, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from svoi.rundowns.actions import add_evidence, make_template, say_claim, withdraw_evidence, write_claim
from svoi.rundowns.models import Claim, Evidence, Segment, SegmentClaim, StoryStep
from svoi.rundowns.queries import claims_of, rundown_of
from svoi.rundowns.rules import ClaimUnknown, LinkUnsafe, TooManyClaims
from tests import cast
from tests.cast import NOON
from tests.rundowns.desk import about, coming_show, plan, seen, version, written
from tests.rundowns.stories import approved, refused

pytestmark = pytest.mark.django_db(transaction=True)


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
