"""The product story: a check is asked for, and somebody else approves it or sends it back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.rundowns.actions.locking import locked_rundown
from svoi.rundowns.events import SegmentApproved, SegmentSentBack
from svoi.rundowns.models import Rundown, StoryStep
from svoi.rundowns.queries import SegmentRead, content_read, read
from svoi.rundowns.queries.proofs import said_of
from svoi.rundowns.rules import (
    REASON_LENGTH_MAX,
    NotForAShow,
    SegmentUnknown,
    admit_approval,
    admit_ask,
    admit_reader,
    admit_sending_back,
    required_line,
)


@atomic
def ask_for_check(*, rundown_id: int, segment_id: int, seen: str, by: Member, at: datetime) -> StoryStep:
    """Put a segment before a second person. `seen` is the fingerprint of the words that were read.

    Raises `StoryMoved`, `StoryAsked`, `NotForAShow`, `SegmentUnknown`.
    """
    rundown, segment = _read(rundown_id, segment_id, seen)
    admit_ask(segment.state)
    return _step(rundown, segment, "asked", by=by, at=at)


@atomic
def approve_segment(*, rundown_id: int, segment_id: int, seen: str, by: Member, at: datetime) -> StoryStep:
    """Let these words be said: not by who asked or wrote them alone, unless the shop is one person (`SVOI_FOUR_EYES`).

    Raises `StoryMoved`, `StoryNotAsked`, `OwnStory`, `ClaimUnproven`, `NotForAShow`, `SegmentUnknown`. The database
    refuses the same by itself while a claim has no evidence that lasts until the show.
    """
    rundown, segment = _read(rundown_id, segment_id, seen)
    admit_approval(
        state=segment.state,
        lacking=said_of(segment.unproven),
        authors=segment.author_ids,
        asked_by_id=segment.last_step.by_id if segment.last_step else None,
        by_id=by.pk,
        four_eyes=settings.FOUR_EYES,
    )
    step = _step(rundown, segment, "approved", by=by, at=at)
    assert rundown.show_id is not None, "templates are not approved"
    record(SegmentApproved(show_id=rundown.show_id, segment_id=segment.id, by_id=by.pk))
    wake_relay()
    return step


@atomic
def send_back(*, rundown_id: int, segment_id: int, seen: str, reason: str, by: Member, at: datetime) -> StoryStep:
    """Want other words, and say why. What was approved can be sent back as well, when somebody sees more.

    Raises `StoryMoved`, `StoryNotAsked`, `WordsMissing`, `NotForAShow`, `SegmentUnknown`.
    """
    rundown, segment = _read(rundown_id, segment_id, seen)
    admit_sending_back(segment.state)
    why = required_line("reason", reason, REASON_LENGTH_MAX)
    step = _step(rundown, segment, "sent_back", by=by, at=at, reason=why)
    assert rundown.show_id is not None, "templates are not checked"
    record(SegmentSentBack(show_id=rundown.show_id, segment_id=segment.id, by_id=by.pk))
    wake_relay()
    return step


def _read(rundown_id: int, segment_id: int, seen: str) -> tuple[Rundown, SegmentRead]:
    """The segment as it is under the plan's lock, which every change of its words takes as well."""
    rundown = locked_rundown(rundown_id=rundown_id)
    if rundown.show_id is None:
        raise NotForAShow()
    segment = read(rundown).segment(segment_id)
    if segment is None:
        raise SegmentUnknown()
    admit_reader(seen=seen, now=segment.fingerprint)
    return rundown, segment


def _step(
    rundown: Rundown, segment: SegmentRead, step: str, *, by: Member, at: datetime, reason: str = ""
) -> StoryStep:
    return StoryStep.objects.create(
        segment_id=segment.id,
        step=step,
        fingerprint=segment.fingerprint,
        content=content_read(segment),
        reason=reason,
        version=rundown.version,
        by=by,
        at=at,
    )
