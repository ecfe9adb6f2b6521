"""What this room knows about a member: how she voted; the rest is what a crew did for the house."""

from __future__ import annotations

from svoi.control.models import PollVote
from svoi.db.personal import Part

PARTS = (Part("poll_votes", PollVote, "member"),)
EXEMPT = {
    "Cue.by": "what somebody of the crew did for the house; the cue is the show's",
    "Hold.member": "who steered a show answers for it, for as long as shows are kept",
    "Duties.member": "what somebody of the crew was let do for the house",
    "Duties.given_by": "what an owner or producer did for the house",
    "CrewNote.by": "what somebody of the crew wrote for the house; the line is the show's",
    "Answer.answered_by": "what somebody of the crew did for the house; the question is its author's",
    "MessagePin.pinned_by": "what somebody of the crew did for the house; the message is its author's",
    "MessagePin.unpinned_by": "what somebody of the crew did for the house; the message is its author's",
    "Incident.by": "who reports an incident answers for the report, for as long as shows are kept",
    "Poll.armed_by": "what somebody of the crew did for the house; the poll is the show's",
    "Poll.fired_by": "what somebody of the crew did for the house; the poll is the show's",
    "Poll.closed_by": "what somebody of the crew did for the house; the poll is the show's",
}
