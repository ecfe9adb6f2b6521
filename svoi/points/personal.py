"""What this room knows about a member; her accounts are named by her number, and no key leads to them."""

from __future__ import annotations

from django.db.models import Q

from svoi.db.personal import Part
from svoi.ledger.models import Entry
from svoi.points.models import Earning


def _of_her_accounts(member_id: int) -> Q:
    return Q(account__key__regex=rf"^points:[0-9]+:{int(member_id)}$")


PARTS = (
    Part("earnings", Earning, "member"),
    Part("point_moves", Entry, _of_her_accounts),
)
EXEMPT = {
    "PointsPolicy.changed_by": "what an owner decided for the whole shop; it says nothing about her",
    "BudgetChange.changed_by": "what a keeper did with the shop's budget; it says nothing about her",
}
