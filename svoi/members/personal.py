"""What this room knows about a member."""

from __future__ import annotations

from svoi.db.personal import Part
from svoi.members.models import Member, MemberSession, Operator

PARTS = (
    Part("member", Member, "pk", leave_out=frozenset({"password"})),
    Part("sessions", MemberSession, "member", leave_out=frozenset({"session_key", "session_data"})),
    Part("operator", Operator, "member"),
)
EXEMPT = {"Operator.called_by": "it is the row of the one who was called"}
