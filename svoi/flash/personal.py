"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.flash.models import FlashClaim, FlashEnding, FlashExtension

PARTS = (
    Part("flash_claims", FlashClaim, "member", leave_out=frozenset({"key"})),
    Part("flash_extensions", FlashExtension, "claim__member"),
    Part("flash_endings", FlashEnding, "claim__member"),
)
EXEMPT = {
    "FlashDeal.armed_by": "what a producer did for the house; the row is the show's",
    "FlashFiring.fired_by": "what a producer did for the house; the row is the show's",
    "FlashClosing.closed_by": "what a producer did for the house; the row is the show's",
}
