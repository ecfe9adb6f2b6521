"""What this room knows about a member, and the parts of every room in the order of an export."""

from __future__ import annotations

from svoi.catalog import personal as catalog
from svoi.communities import personal as communities
from svoi.control import personal as control
from svoi.db.personal import Part
from svoi.envelopes import personal as envelopes
from svoi.flash import personal as flash
from svoi.law.models import Consent, ConsentWithdrawal, DataExport, Erasure, LegalText
from svoi.letters import personal as letters
from svoi.members import personal as members
from svoi.orders import personal as orders
from svoi.pickup import personal as pickup
from svoi.planning import personal as planning
from svoi.points import personal as points
from svoi.replays import personal as replays
from svoi.rundowns import personal as rundowns
from svoi.shows import personal as shows
from svoi.trust import personal as trust

PARTS = (
    Part("consents", Consent, "member"),
    Part("consent_withdrawals", ConsentWithdrawal, "consent__member"),
    Part("consent_texts", LegalText, "consents__member", words="body"),
    Part("exports", DataExport, "member", leave_out=frozenset({"key"})),
    Part("erasures", Erasure, "member"),
)
EXEMPT: dict[str, str] = {}

ROOMS = (
    members,
    communities,
    catalog,
    orders,
    pickup,
    points,
    envelopes,
    flash,
    shows,
    planning,
    rundowns,
    control,
    replays,
    trust,
    letters,
)
ALL_PARTS: tuple[Part, ...] = tuple(part for room in ROOMS for part in room.PARTS) + PARTS
ALL_EXEMPT: dict[str, str] = {name: why for room in ROOMS for name, why in room.EXEMPT.items()} | EXEMPT
