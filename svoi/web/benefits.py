"""Points at the till: how many an order may take, in a few steps, with what is left to pay for each."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.communities.models import Community
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.points.queries import free_points, terms_of
from svoi.points.rules import Terms, earned_for, spendable, worth

PARTS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """So many points, and what is left to pay in money."""

    amount: int
    left: Money


@dataclass(frozen=True, slots=True)
class Benefit:
    """What she has, which steps she may choose from, the chosen one, and what the order earns if she keeps it."""

    have: int
    terms: Terms
    steps: tuple[Step, ...]
    chosen: int
    earns: int


def benefit_for(*, place: Community, buyer: Member, total: Money | None, chosen: int) -> Benefit | None:
    """None where there is nothing to order, or points have never been heard of; two queries."""
    if total is None:
        return None
    have, terms = free_points(community_id=place.pk, member_id=buyer.pk), terms_of(place.pk)
    if not have and not terms.is_on:
        return None
    most = spendable(total=total, have=have, terms=terms)
    amounts = sorted({most * part // PARTS for part in range(PARTS + 1)} | ({chosen} if chosen <= most else set()))
    steps = tuple(Step(amount, total - worth(amount) if amount else total) for amount in amounts)
    kept = chosen if chosen <= most else 0
    paid = next(step.left for step in steps if step.amount == kept)
    return Benefit(have, terms, steps if most else (), kept, earned_for(kept=paid, terms=terms))
