"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.replays.models import ClaimSaid, DebriefNote, StoryDraft

PARTS = (
    Part("story_drafts", StoryDraft, "author", words="text"),
    Part("claims_said", ClaimSaid, "said_by", leave_out=frozenset({"marked_by"})),
    Part("debrief_notes", DebriefNote, "author", leave_out=frozenset({"key", "closed_by"})),
)
EXEMPT = {
    "Clip.asked_by": "what somebody of the crew did for the house; the row is the show's",
    "ClaimSaid.marked_by": "what somebody of the crew did for the house; the row is the speaker's",
    "DebriefNote.closed_by": "what somebody of the crew did for the house; the row is its author's",
}
