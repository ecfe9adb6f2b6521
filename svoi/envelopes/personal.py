"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.envelopes.models import Envelope, EnvelopeGuest, EnvelopeShare, QuietTaker

PARTS = (
    Part("envelopes_sent", Envelope, "sender", leave_out=frozenset({"key"})),
    Part("envelope_guest_lists", EnvelopeGuest, "member"),
    Part("envelope_shares", EnvelopeShare, "member", leave_out=frozenset({"key"})),
    Part("quiet_taker", QuietTaker, "member"),
)
EXEMPT: dict[str, str] = {}
