"""What is done with a show that is over."""

from svoi.replays.actions.claims import forget_claims, log_claim
from svoi.replays.actions.clips import ask_clip, make_clip
from svoi.replays.actions.drafts import begin_draft, change_draft, forget_drafts, hand_over_draft, leave_draft
from svoi.replays.actions.notes import close_note, write_note

__all__ = [
    "ask_clip",
    "begin_draft",
    "change_draft",
    "close_note",
    "forget_claims",
    "forget_drafts",
    "hand_over_draft",
    "leave_draft",
    "log_claim",
    "make_clip",
    "write_note",
]
