"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.trust.models import FoundMember

PARTS = (Part("found_groups", FoundMember, "member"),)
EXEMPT = {
    "GroupVerdict.by": "what a member of the crew said for the house; the row is the group's",
    "RuleMode.by": "what an owner decided for the whole community; it says nothing about her",
}
