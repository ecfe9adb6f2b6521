"""Envelopes for tests: a budget to spend, members old enough to take part, and the ledger's view of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from svoi.communities.models import Community, Membership
from svoi.envelopes.actions import send_envelope
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import Wish
from svoi.kernel.money import Money
from svoi.ledger.actions import transfer
from svoi.ledger.models import AccountBalance
from svoi.members.models import Member
from tests.cast import NOON

SEED = bytes(range(32))


def fund(community: Community, points: int) -> None:
    transfer(
        key=f"fund:{uuid4()}",
        debit=f"issued:{community.pk}",
        credit=f"budget:{community.pk}",
        amount=Money(points, "PTS"),
        reason="budget_funded",
        at=NOON,
    )


def settle(community: Community, *members: Member, days: int = 100) -> None:
    """They have belonged for so many days by noon."""
    for member in members:
        joined = {"joined_at": NOON - timedelta(days=days)}
        Membership.objects.update_or_create(community=community, member=member, defaults=joined)


def crowd(community: Community, size: int) -> list[Member]:
    """Members who have belonged long enough."""
    people = Member.objects.bulk_create(Member(name=f"M{n}", email=f"{uuid4().hex}@example.com") for n in range(size))
    Membership.objects.bulk_create(
        Membership(community=community, member=one, joined_at=NOON - timedelta(days=100)) for one in people
    )
    return people


def send(
    community: Community,
    sender: Member,
    *,
    total: int = 100,
    shares: int = 5,
    mode: str = "random",
    purse: str = "budget",
    guests: Collection[int] = (),
    at: datetime = NOON,
    **told: Any,
) -> Envelope:
    wish = Wish(mode=mode, purse=purse, total=total, shares=shares, guests=len(guests))
    chosen: dict[str, Any] = {"place": "community", "place_id": community.pk, "greeting": "", "key": uuid4()}
    return send_envelope(
        community=community, sender=sender, wish=wish, guests=guests, seed=SEED, at=at, **{**chosen, **told}
    )


def balance(account: str) -> int:
    return AccountBalance.objects.get(account__key=account).posted_minor
