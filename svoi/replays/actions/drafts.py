"""Words about a clip: begun, changed, left or handed over. Nothing here publishes anything."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.replays.events import StoryDraftBegun, StoryDraftHandedOver, StoryDraftLeft
from svoi.replays.models import Clip, StoryDraft
from svoi.replays.rules import admit_change, admit_draft, draft_words


@atomic
def begin_draft(*, clip_id: int, text: str, language: str, by: Member, at: datetime) -> StoryDraft:
    """A clip has one draft: whoever comes second gets the one that stands. Raises `ClipNotMade`, `DraftUnworded`."""
    clip = Clip.objects.select_for_update().get(pk=clip_id)
    known = StoryDraft.objects.filter(clip=clip).first()
    if known is not None:
        return known
    admit_draft(made=clip.made_at is not None)
    draft = StoryDraft.objects.create(
        clip=clip, author=by, language=language, text=draft_words(text), begun_at=at, changed_at=at
    )
    record(StoryDraftBegun(show_id=clip.show_id, by_id=by.pk, draft_id=draft.pk, clip_id=clip_id))
    return draft


@atomic
def change_draft(*, draft_id: int, text: str, at: datetime) -> None:
    """Raises `DraftClosed`, `DraftUnworded`."""
    draft = _standing(draft_id)
    draft.text, draft.changed_at = draft_words(text), at
    draft.save(update_fields=["text", "changed_at"])


@atomic
def leave_draft(*, draft_id: int, by: Member, at: datetime) -> None:
    """Nothing will come of it. Raises `DraftClosed`."""
    draft = _standing(draft_id)
    draft.left_at = at
    draft.save(update_fields=["left_at"])
    record(StoryDraftLeft(show_id=draft.clip.show_id, by_id=by.pk, draft_id=draft_id))


@atomic
def hand_over_draft(*, draft_id: int, by: Member, at: datetime) -> None:
    """It goes on to whoever publishes, as it stands now. Raises `DraftClosed`."""
    draft = _standing(draft_id)
    draft.handed_over_at = at
    draft.save(update_fields=["handed_over_at"])
    record(StoryDraftHandedOver(show_id=draft.clip.show_id, by_id=by.pk, draft_id=draft_id))


@atomic
def forget_drafts(*, member: Member) -> int:
    """Drafts of somebody who is forgotten go with her, but for those handed over; how many went."""
    return StoryDraft.objects.filter(author=member, handed_over_at=None).delete()[0]


def _standing(draft_id: int) -> StoryDraft:
    draft = StoryDraft.objects.select_for_update(of=("self",)).select_related("clip").get(pk=draft_id)
    admit_change(draft.state)
    return draft
