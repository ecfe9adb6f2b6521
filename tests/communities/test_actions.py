"""Joining and leaving, roles and invitations: what is written, what is told, and what a refusal leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from svoi.communities.actions import (
    found_community,
    grant_role,
    invite,
    join_community,
    leave_community,
    withdraw_invitation,
    withdraw_role,
)
from svoi.communities.models import Community, Invitation, Membership, RoleGrant
from svoi.communities.queries import belongs, roles_of
from svoi.communities.rules import (
    AddressTaken,
    DoorsClosed,
    InvitationSpent,
    LastOwner,
    NotOneOfUs,
    RoleMissing,
    RoleUnknown,
    UsesOutOfRange,
)
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from tests.cast import NOON, joins, recorded

pytestmark = pytest.mark.django_db


def people(place: Community) -> set[str]:
    return set(Membership.objects.filter(community=place).values_list("member__name", flat=True))


def roles(place: Community) -> set[tuple[str, str]]:
    return set(RoleGrant.objects.filter(community=place).values_list("member__name", "role"))


def refuses(refusal: type[Refused], verb: Callable[[], object]) -> None:
    """The verb is refused, and neither people nor roles nor invitations nor the outbox changed."""

    def everything() -> list[object]:
        rows = [list(model.objects.order_by("pk").values()) for model in (Community, Membership, RoleGrant, Invitation)]
        return [*rows, recorded()]

    before = everything()
    with pytest.raises(refusal), transaction.atomic():
        verb()
    assert everything() == before


def test_a_founder_belongs_and_owns(anna: Member) -> None:
    place = found_community(founder=anna, slug="Clay", name_ru="Глина", name_en="Clay", doors="closed", at=NOON)
    assert (place.slug, place.doors, people(place), roles(place)) == ("clay", "closed", {"Anna"}, {("Anna", "owner")})
    assert recorded() == [("community_founded", {"community_id": place.pk, "member_id": anna.pk})]


def test_an_address_is_taken_once(anna: Member, boris: Member, table: Community) -> None:
    words = {"name_ru": "Стол", "name_en": "Table", "doors": "open"}
    refuses(AddressTaken, lambda: found_community(founder=boris, slug="table", at=NOON, **words))


def test_anybody_joins_by_the_open_door_once(table: Community, vera: Member) -> None:
    first = join_community(community=table, member=vera, at=NOON)
    again = join_community(community=table, member=vera, at=NOON + timedelta(days=1))
    assert (first, first.joined_at, first.invited_by_id) == (again, NOON, None)
    told = {"community_id": table.pk, "member_id": vera.pk, "invited_by_id": None}
    assert recorded() == [("member_joined", told)]


def test_closed_doors_want_an_invitation(cellar: Community, vera: Member) -> None:
    refuses(DoorsClosed, lambda: join_community(community=cellar, member=vera, at=NOON))
    refuses(InvitationSpent, lambda: join_community(community=cellar, member=vera, at=NOON, invitation="guess"))


def test_an_invitation_opens_the_door_and_is_used_up(
    cellar: Community, anna: Member, vera: Member, gleb: Member
) -> None:
    token = invite(community=cellar, by=anna, uses=1, at=NOON)
    letter = Invitation.objects.get()
    assert (token in str(letter.__dict__), letter.uses_left, letter.expires_at) == (False, 1, NOON + timedelta(days=14))
    membership = join_community(community=cellar, member=vera, at=NOON, invitation=token)
    join_community(community=cellar, member=vera, at=NOON, invitation=token)
    letter.refresh_from_db()
    assert (membership.invited_by_id, letter.uses_left) == (anna.pk, 0)
    ids = {"community_id": cellar.pk}
    assert recorded() == [
        ("invitation_issued", {**ids, "member_id": anna.pk, "invitation_id": letter.pk, "uses": 1}),
        ("member_joined", {**ids, "member_id": vera.pk, "invited_by_id": anna.pk}),
    ]
    refuses(InvitationSpent, lambda: join_community(community=cellar, member=gleb, at=NOON, invitation=token))


def test_an_invitation_opens_only_its_own_door_and_only_in_time(
    cellar: Community, table: Community, anna: Member, gleb: Member
) -> None:
    other = invite(community=table, by=anna, uses=5, at=NOON)
    refuses(InvitationSpent, lambda: join_community(community=cellar, member=gleb, at=NOON, invitation=other))
    own, late = invite(community=cellar, by=anna, uses=5, at=NOON), NOON + timedelta(days=14)
    refuses(InvitationSpent, lambda: join_community(community=cellar, member=gleb, at=late, invitation=own))


def test_a_spent_invitation_does_not_close_an_open_door(table: Community, vera: Member) -> None:
    assert join_community(community=table, member=vera, at=NOON, invitation="spent").invited_by_id is None


def test_only_the_crew_invites_and_only_a_few(cellar: Community, anna: Member, vera: Member, dmitri: Member) -> None:
    joins(vera, cellar)
    for person in (vera, dmitri):
        refuses(RoleMissing, lambda person=person: invite(community=cellar, by=person, uses=1, at=NOON))
    refuses(UsesOutOfRange, lambda: invite(community=cellar, by=anna, uses=101, at=NOON))


def test_a_withdrawn_link_opens_nothing(cellar: Community, table: Community, anna: Member, gleb: Member) -> None:
    token = invite(community=cellar, by=anna, uses=5, at=NOON)
    pk = Invitation.objects.get().pk
    refuses(InvitationSpent, lambda: withdraw_invitation(community=table, invitation_id=pk, by=anna, at=NOON))
    withdraw_invitation(community=cellar, invitation_id=pk, by=anna, at=NOON)
    told = {"community_id": cellar.pk, "member_id": anna.pk, "invitation_id": pk}
    assert recorded("invitation_withdrawn") == [("invitation_withdrawn", told)]
    refuses(InvitationSpent, lambda: join_community(community=cellar, member=gleb, at=NOON, invitation=token))
    refuses(InvitationSpent, lambda: withdraw_invitation(community=cellar, invitation_id=pk, by=anna, at=NOON))


def test_leaving_gives_back_every_role(table: Community, vera: Member) -> None:
    joins(vera, table, "host", "moderator")
    leave_community(community=table, member=vera, at=NOON)
    assert (people(table), roles(table)) == ({"Anna"}, {("Anna", "owner")})
    ids = {"community_id": table.pk, "member_id": vera.pk}
    assert recorded() == [
        ("role_withdrawn", {**ids, "role": "host", "withdrawn_by_id": vera.pk}),
        ("role_withdrawn", {**ids, "role": "moderator", "withdrawn_by_id": vera.pk}),
        ("member_left", ids),
    ]


def test_who_does_not_belong_cannot_leave_and_the_last_owner_stays(
    table: Community, anna: Member, dmitri: Member
) -> None:
    refuses(NotOneOfUs, lambda: leave_community(community=table, member=dmitri, at=NOON))
    refuses(LastOwner, lambda: leave_community(community=table, member=anna, at=NOON))


def test_an_owner_may_go_when_another_stays(table: Community, anna: Member, boris: Member) -> None:
    joins(boris, table)
    grant_role(community=table, member=boris, role="owner", by=anna, at=NOON)
    leave_community(community=table, member=anna, at=NOON)
    assert roles(table) == {("Boris", "owner")}


def test_an_owner_gives_roles_and_takes_them_back(table: Community, anna: Member, boris: Member) -> None:
    joins(boris, table)
    for _ in range(2):
        grant_role(community=table, member=boris, role="producer", by=anna, at=NOON)
    assert roles_of(community=table, member=boris) == {"producer"}
    for _ in range(2):
        withdraw_role(community=table, member=boris, role="producer", by=anna, at=NOON)
    assert roles_of(community=table, member=boris) == frozenset()
    ids = {"community_id": table.pk, "member_id": boris.pk, "role": "producer"}
    assert recorded() == [
        ("role_granted", {**ids, "granted_by_id": anna.pk}),
        ("role_withdrawn", {**ids, "withdrawn_by_id": anna.pk}),
    ]


def test_nobody_gives_herself_a_role(table: Community, cellar: Community, anna: Member, gleb: Member) -> None:
    joins(gleb, table, "producer", "moderator")
    refuses(RoleMissing, lambda: grant_role(community=table, member=gleb, role="owner", by=gleb, at=NOON))
    refuses(RoleMissing, lambda: withdraw_role(community=table, member=anna, role="owner", by=gleb, at=NOON))
    refuses(RoleMissing, lambda: grant_role(community=cellar, member=gleb, role="host", by=gleb, at=NOON))


def test_roles_go_to_members_and_are_of_the_list(table: Community, anna: Member, dmitri: Member) -> None:
    refuses(NotOneOfUs, lambda: grant_role(community=table, member=dmitri, role="host", by=anna, at=NOON))
    refuses(RoleUnknown, lambda: grant_role(community=table, member=anna, role="tsar", by=anna, at=NOON))


def test_a_role_can_be_given_up_but_not_the_last_ownership(table: Community, anna: Member, vera: Member) -> None:
    joins(vera, table, "host")
    withdraw_role(community=table, member=vera, role="host", by=vera, at=NOON)
    assert roles(table) == {("Anna", "owner")}
    refuses(LastOwner, lambda: withdraw_role(community=table, member=anna, role="owner", by=anna, at=NOON))
    assert belongs(community=table, member=anna)
