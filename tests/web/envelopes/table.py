"""An envelope on the table: funded, sent a minute ago, and browsers of those who come to it."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from svoi.communities.models import Community, Membership
from svoi.envelopes.models import Envelope
from svoi.kernel.money import Money
from svoi.ledger.actions import transfer
from svoi.members.models import Member
from tests.envelopes.purse import fund, send

HTMX = {"HX-Request": "true"}
ENGLISH = {"Accept-Language": "en"}


def now() -> datetime:
    return timezone.now()


def sent(community: Community, sender: Member, **told: Any) -> Envelope:
    """Sent a minute ago by the real clock, which pages read."""
    fund(community, told.get("total", 100))
    return send(community, sender, **{"at": now() - timedelta(minutes=1), **told})


def old_member(community: Community, *members: Member) -> None:
    for member in members:
        joined = {"joined_at": now() - timedelta(days=100)}
        Membership.objects.update_or_create(community=community, member=member, defaults=joined)


def given(community: Community, member: Member, points: int) -> None:
    """Points on her account."""
    transfer(
        key=f"given:{uuid4()}",
        debit=f"issued:{community.pk}",
        credit=f"points:{community.pk}:{member.pk}",
        amount=Money(points, "PTS"),
        reason="points_given",
        at=now(),
    )


def browser_of(person: Member) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def words(response: Any) -> str:
    """The page as people read it, hard spaces taken for spaces."""
    return " ".join(html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ").split())
