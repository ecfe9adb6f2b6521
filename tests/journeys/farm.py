"""A show for people and a farm in a running house, and how it is counted anew.

`python -m tests.journeys.farm open PEOPLE` prints the show and who may come; `… close SHOW LIMIT…` what it came to.
Runs with the house's own environment.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from uuid import uuid4

import django


def open_show(size: int) -> dict[str, object]:
    """On air, with members who belong for long; weights count from now on, said by the owner for a reason."""
    from django.utils import timezone

    from svoi.communities.models import Membership
    from svoi.members.models import Member
    from svoi.shows.actions.airing import start_show
    from svoi.shows.actions.ingest import note_online
    from svoi.shows.models import Show
    from svoi.trust.actions import set_rule_mode

    at, demo = timezone.now(), Show.objects.get(pk=1)
    place, owner = demo.community, Member.objects.get(email="anna@example.com")
    show = Show.objects.create(community=place, title_ru="Честный счёт", host=demo.host, starts_at=at)
    note_online(show_id=show.pk, session=uuid4(), signal={}, at=at)
    start_show(show_id=show.pk, by=owner, at=at)
    people = Member.objects.bulk_create(Member(name="Гость", email=f"{uuid4().hex}@example.com") for _ in range(size))
    joined = at - timedelta(days=100)
    Membership.objects.bulk_create(Membership(community=place, member=one, joined_at=joined) for one in people)
    set_rule_mode(community=place, rule="live_weights", mode="live", why="Проверено", by=owner, key=uuid4(), at=at)
    return {"show": show.pk, "members": [one.pk for one in people]}


def close(show_id: int, *limits: int) -> dict[str, object]:
    """The owner ends the show, and it is counted anew by hand with each of these limits of accounts on one device."""
    from django.core.management import call_command
    from django.utils import timezone

    from svoi.members.models import Member
    from svoi.shows.actions.airing import end_show
    from svoi.shows.models import Recount

    end_show(show_id=show_id, by=Member.objects.get(email="anna@example.com"), at=timezone.now())
    for most in limits:
        told = {"limits": [f"device_accounts_max={most}"], "why": f"предел {most}", "language": "ru"}
        call_command("recount_show", show_id, **told)
    names = [f"{what}_{kind}" for what in ("viewers", "reactions", "messages") for kind in ("counted", "raw")]
    return {"recounts": list(Recount.objects.filter(show_id=show_id).order_by("at").values(*names))}


if __name__ == "__main__":
    django.setup()
    verb, *numbers = sys.argv[1:]
    told = open_show(int(numbers[0])) if verb == "open" else close(*map(int, numbers))
    print(json.dumps(told))
