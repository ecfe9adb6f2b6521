"""Drafts of stories on a real database: one for a clip, handed over once, refused is unchanged."""

from __future__ import annotations

from datetime import timedelta

from svoi.replays.actions import begin_draft, change_draft, forget_drafts, hand_over_draft, leave_draft
from svoi.replays.models import StoryDraft
from svoi.replays.rules import ClipNotMade, DraftClosed, DraftUnworded
from tests.cast import recorded
from tests.replays.stage import LATER, ask, made_clip, refuses


def test_a_clip_has_one_draft_that_is_changed_and_handed_over_once(show, mug, anna, boris):
    clip = made_clip(show, mug, anna)
    draft = begin_draft(clip_id=clip.pk, text="Кружка", language="ru", by=anna, at=LATER)
    assert begin_draft(clip_id=clip.pk, text="Другое", language="ru", by=boris, at=LATER).pk == draft.pk
    change_draft(draft_id=draft.pk, text=" Кружка, что держит тепло \r\nи цвет ", at=LATER + timedelta(minutes=1))
    hand_over_draft(draft_id=draft.pk, by=boris, at=LATER)
    for verb in (leave_draft, hand_over_draft):
        with refuses(DraftClosed):
            verb(draft_id=draft.pk, by=anna, at=LATER)
    with refuses(DraftClosed):
        change_draft(draft_id=draft.pk, text="Поздно", at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.author) == ("handed_over", "Кружка, что держит тепло \nи цвет", anna)
    assert [kind for kind, _ in recorded()] == ["story_draft_begun", "story_draft_handed_over"]


def test_a_draft_needs_a_clip_that_is_made_and_words(show, mug, anna):
    asked = ask(show, mug, anna)
    with refuses(ClipNotMade):
        begin_draft(clip_id=asked.pk, text="Кружка", language="ru", by=anna, at=LATER)
    clip = made_clip(show, mug, anna, place=2)
    for text in (" \n ", "x" * 4001):
        with refuses(DraftUnworded):
            begin_draft(clip_id=clip.pk, text=text, language="ru", by=anna, at=LATER)
    assert StoryDraft.objects.count() == 0


def test_drafts_of_somebody_forgotten_go_but_for_those_handed_over(show, mug, anna, boris):
    drafts = [
        begin_draft(clip_id=made_clip(show, mug, anna, place=n + 1).pk, text="Слова", language="ru", by=who, at=LATER)
        for n, who in enumerate((boris, boris, anna))
    ]
    hand_over_draft(draft_id=drafts[0].pk, by=boris, at=LATER)
    assert forget_drafts(member=boris) == 1
    assert set(StoryDraft.objects.values_list("pk", flat=True)) == {drafts[0].pk, drafts[2].pk}
