"""What this room knows about a member: nothing of her own, only what she did for the house."""

from __future__ import annotations

from svoi.db.personal import Part

PARTS: tuple[Part, ...] = ()
EXEMPT = {
    "SegmentAuthor.member": "what somebody of the crew wrote for the house; the words are the show's",
    "Claim.written_by": "what somebody of the crew wrote for the house; the claim is the shop's",
    "Evidence.added_by": "what somebody of the crew did for the house; the evidence is the shop's",
    "Evidence.withdrawn_by": "what somebody of the crew did for the house; the evidence is the shop's",
    "StoryStep.by": "who let a claim be said answers for it, for as long as claims are kept",
    "RundownChange.by": "what somebody of the crew did for the house; the plan is the show's",
}
