"""What the budget page shows, and the lists it can be taken away as."""

from __future__ import annotations

from typing import Any

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.orders.rules import order_id_in
from svoi.points.models import Earning
from svoi.points.queries import book_of, budget_changes, earnings_owed, terms_of
from svoi.points.rules import EARN_PERCENT_MAX, LIFE_DAYS_MAX, MAY_SET_POLICY, REASON_LENGTH_MAX, SPEND_PERCENT_MAX


def benefit_parts(place: Community, member: Member) -> dict[str, Any]:
    """A fixed number of queries, however much happened."""
    return {
        "book": book_of(place.pk),
        "terms": terms_of(place.pk),
        "changes": budget_changes(place.pk),
        "owed": _with_orders(earnings_owed(place.pk), place),
        "may_set": bool(MAY_SET_POLICY & roles_of(community=place, member=member)),
        "bounds": {
            "earn": EARN_PERCENT_MAX,
            "spend": SPEND_PERCENT_MAX,
            "days": LIFE_DAYS_MAX,
            "reason": REASON_LENGTH_MAX,
        },
    }


def _with_orders(owed: list[Earning], place: Community) -> list[tuple[Earning, Order | None]]:
    orders = Order.objects.filter(community=place).in_bulk({order_id_in(one.subject) for one in owed})
    return [(one, orders.get(order_id_in(one.subject))) for one in owed]
