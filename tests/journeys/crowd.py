"""People and an envelope for a burst in a running house, and what its books say afterwards.

`python -m tests.journeys.crowd open MEMBERS SHARES` prints who may ask for what; `… books ENVELOPE` prints the shares.
Runs with the house's own environment.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from uuid import uuid4

import django


def open_envelope(size: int, shares: int) -> dict[str, object]:
    from django.utils import timezone

    from svoi.communities.models import Membership
    from svoi.envelopes.actions import send_envelope
    from svoi.envelopes.rules import Wish
    from svoi.kernel.money import Money
    from svoi.ledger.actions import transfer
    from svoi.members.models import Member
    from svoi.shows.models import Show

    at, show = timezone.now(), Show.objects.get(pk=1)
    people = Member.objects.bulk_create(Member(name="M", email=f"{uuid4().hex}@example.com") for _ in range(size))
    joined = at - timedelta(days=100)
    Membership.objects.bulk_create(
        Membership(community_id=show.community_id, member=one, joined_at=joined) for one in people
    )
    wish = Wish(mode="random", purse="budget", total=shares * 7, shares=shares)
    transfer(
        key=f"burst:{uuid4()}",
        debit=f"issued:{show.community_id}",
        credit=f"budget:{show.community_id}",
        amount=Money(wish.total, "PTS"),
        reason="budget_funded",
        at=at,
    )
    owner = Member.objects.get(role_grants__community_id=show.community_id, role_grants__role="owner")
    sent = send_envelope(
        community=show.community,
        sender=owner,
        place="show",
        place_id=show.pk,
        wish=wish,
        greeting="",
        seed=os.urandom(32),
        key=uuid4(),
        at=at,
    )
    return {"envelope": sent.pk, "members": [one.pk for one in people], "total": wish.total}


def books(envelope_id: int) -> dict[str, object]:
    from svoi.envelopes.models import EnvelopeShare
    from svoi.ledger.models import AccountBalance
    from svoi.ledger.queries import check_ledger

    shares = EnvelopeShare.objects.filter(envelope_id=envelope_id)
    return {
        "shares": list(shares.order_by("position").values_list("member_id", "amount")),
        "left": AccountBalance.objects.get(account__key=f"pot:envelope:{envelope_id}").posted_minor,
        "faults": [str(fault) for fault in check_ledger()],
    }


if __name__ == "__main__":
    django.setup()
    numbers = [int(told) for told in sys.argv[2:]]
    print(json.dumps(open_envelope(*numbers) if sys.argv[1] == "open" else books(*numbers)))
