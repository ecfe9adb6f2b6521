"""Members who have belonged for long, a full budget and sealed envelopes. Prints what those who ask need to know.

Runs in a process of its own, as `python -m bench.claims.seeding MEMBERS SHARES SHARES …`: one envelope for each number.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from uuid import uuid4

import django


def main(members: int, shares: list[int]) -> None:
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - Django must be set up first

    from svoi.communities.models import Community, Membership, RoleGrant  # noqa: PLC0415
    from svoi.envelopes.actions import send_envelope  # noqa: PLC0415
    from svoi.envelopes.rules import Wish  # noqa: PLC0415
    from svoi.kernel.money import Money  # noqa: PLC0415
    from svoi.ledger.actions import transfer  # noqa: PLC0415
    from svoi.members.models import Member  # noqa: PLC0415

    at = timezone.now()
    people = Member.objects.bulk_create(
        (Member(name=f"M{n}", email=f"m{n}@example.com") for n in range(members + 1)), batch_size=5_000
    )
    place = Community.objects.create(slug="bench", name_ru="Стол", name_en="Table", doors="open")
    joined = at - timedelta(days=100)
    Membership.objects.bulk_create(
        (Membership(community=place, member=one, joined_at=joined) for one in people), batch_size=5_000
    )
    RoleGrant.objects.create(community=place, member=people[0], role="owner")
    accounts = {"debit": f"issued:{place.pk}", "credit": f"budget:{place.pk}"}
    transfer(key="bench", amount=Money(10**9, "PTS"), reason="budget_funded", at=at, **accounts)
    sent = [
        send_envelope(
            community=place,
            sender=people[0],
            place="community",
            place_id=place.pk,
            wish=Wish(mode="random", purse="budget", total=many * 10, shares=many),
            greeting="",
            seed=os.urandom(32),
            key=uuid4(),
            at=at,
        )
        for many in shares
    ]
    print(json.dumps({"members": [one.pk for one in people[1:]], "envelopes": [one.pk for one in sent]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(told) for told in sys.argv[2:]])
