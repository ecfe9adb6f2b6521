"""At the same moment: many with one invitation, many taps of one person, and two owners who both leave."""

from __future__ import annotations

import pytest

from svoi.communities.actions import invite, join_community, leave_community
from svoi.communities.models import Invitation, Membership, RoleGrant
from tests.cast import NOON, community, joins, member, recorded
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_is_never_overdrawn() -> None:
    place = community(member("Anna"), doors="closed")
    token = invite(community=place, by=place.memberships.get().member, uses=3, at=NOON)
    guests = [member(f"Guest{number}") for number in range(THREADS)]
    said = at_once(lambda number: join_community(community=place, member=guests[number], at=NOON, invitation=token))
    assert said == ["done"] * 3 + ["invitation_spent"] * (THREADS - 3)
    assert (Membership.objects.count(), Invitation.objects.get().uses_left) == (4, 0)
    assert len(recorded("member_joined")) == 3


def test_many_taps_join_once() -> None:
    place, vera = community(member("Anna"), doors="closed"), member("Vera")
    token = invite(community=place, by=place.memberships.get().member, uses=5, at=NOON)
    said = at_once(lambda _: join_community(community=place, member=vera, at=NOON, invitation=token))
    assert said == ["done"] * THREADS
    assert Membership.objects.filter(member=vera).count() == len(recorded("member_joined")) == 1
    assert Invitation.objects.get().uses_left == 4


def test_two_owners_cannot_both_leave() -> None:
    anna, boris = member("Anna"), member("Boris")
    place = community(anna)
    joins(boris, place, "owner")
    said = at_once(lambda number: leave_community(community=place, member=(anna, boris)[number], at=NOON), 2)
    assert said == ["done", "last_owner"]
    assert RoleGrant.objects.filter(role="owner").count() == Membership.objects.count() == 1
