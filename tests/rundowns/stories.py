"""Steps of a product story, made and refused the short way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.rundowns.actions import approve_segment, ask_for_check, edit_segment
from svoi.rundowns.models import Evidence, SegmentClaim, StoryStep
from tests.cast import NOON, recorded
from tests.rundowns.desk import seen, version, words


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


def approved(segment, writer, checker):
    step(ask_for_check, segment, writer)
    return step(approve_segment, segment, checker)
