"""What this room knows about a member: nothing but what she did for the shop."""

from __future__ import annotations

from svoi.db.personal import Part

PARTS: tuple[Part, ...] = ()
EXEMPT = {
    "AllotmentChange.by": "what a producer or host did for the house; the row is the show's",
    "ApiToken.issued_by": "what an owner did for the shop; the row is the shop's",
}
