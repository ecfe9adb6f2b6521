"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.shows.models import ChatMessage, MessageHiding, MessageWeight, Mute, Reaction, Show, WatchBeat

# Hashes that tell nobody anything, and would help to find out how they are made.
_TRACES = frozenset({"device", "network"})
PARTS = (
    Part("messages", ChatMessage, "author", leave_out=frozenset({"key"})),
    Part("hidden_messages", MessageHiding, "message__author", leave_out=frozenset({"hidden_by"})),
    Part("mutes", Mute, "member", leave_out=frozenset({"muted_by"})),
    Part("shows_hosted", Show, "host"),
    Part("watching", WatchBeat, "member_id", leave_out=_TRACES),
    Part("reactions", Reaction, "member_id", leave_out=_TRACES),
    Part("message_weights", MessageWeight, "member_id", leave_out=_TRACES | {"key"}),
)
EXEMPT = {
    "MessageHiding.hidden_by": "what a moderator did for the house; the row is its author's",
    "Mute.muted_by": "what a moderator did for the house; the row is the muted one's",
    "Pin.pinned_by": "what a producer did for the house; the row is the show's",
    "StreamKey.issued_by": "what a producer did for the house; the row is the show's",
}
