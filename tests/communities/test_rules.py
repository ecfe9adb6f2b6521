"""Doors, invitations and owners, without a database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.communities.rules import (
    AddressUnreadable,
    CommunityNameMissing,
    DoorsClosed,
    InvitationSpent,
    LastOwner,
    RoleMissing,
    RoleUnknown,
    UsesOutOfRange,
    admit_invitation,
    admit_newcomer,
    admit_role,
    admit_uses,
    hash_invitation,
    invitation_ends,
    keep_an_owner,
    read_address,
    read_community_name,
    require_role,
)
from tests.cast import NOON


def test_open_doors_ask_nothing_and_closed_ones_an_invitation() -> None:
    admit_newcomer(doors="open", invited=False)
    admit_newcomer(doors="closed", invited=True)
    with pytest.raises(DoorsClosed):
        admit_newcomer(doors="closed", invited=False)


@pytest.mark.parametrize(("uses_left", "days"), [(0, 1), (1, 14), (0, 20)])
def test_an_invitation_ends_by_uses_or_by_days(uses_left: int, days: int) -> None:
    ends = invitation_ends(NOON)
    assert ends == NOON + timedelta(days=14)
    admit_invitation(uses_left=1, expires_at=ends, at=ends - timedelta(seconds=1))
    with pytest.raises(InvitationSpent):
        admit_invitation(uses_left=uses_left, expires_at=ends, at=NOON + timedelta(days=days))


def test_the_last_owner_stays() -> None:
    keep_an_owner(owners=2, is_owner=True)
    keep_an_owner(owners=1, is_owner=False)
    with pytest.raises(LastOwner):
        keep_an_owner(owners=1, is_owner=True)


def test_roles_are_those_of_the_house() -> None:
    admit_role("host")
    with pytest.raises(RoleUnknown) as unknown:
        admit_role("tsar")
    assert unknown.value.facts == {"roles": ["owner", "producer", "host", "editor", "moderator", "clerk"]}
    require_role({"moderator", "host"}, frozenset({"host"}))
    with pytest.raises(RoleMissing) as missing:
        require_role({"moderator"}, frozenset({"owner", "producer"}))
    assert missing.value.facts == {"roles": ["owner", "producer"]}


@pytest.mark.parametrize("uses", [0, -1, 101])
def test_an_invitation_brings_a_few(uses: int) -> None:
    admit_uses(1)
    admit_uses(100)
    with pytest.raises(UsesOutOfRange):
        admit_uses(uses)


def test_an_address_is_plain() -> None:
    assert read_address(" Clay-and-Linen2 ") == "clay-and-linen2"
    for typed in ("", "-clay", "clay-", "глина", "a b", "a/b", "a" * 41, "../etc"):
        with pytest.raises(AddressUnreadable):
            read_address(typed)


def test_a_community_has_a_name() -> None:
    assert read_community_name("  Глина \n и лён\0 ") == "Глина и лён"
    assert len(read_community_name("a" * 500)) == 80
    with pytest.raises(CommunityNameMissing):
        read_community_name(" \0 ")


def test_only_the_hash_of_a_link_is_kept() -> None:
    assert hash_invitation("a token") == hash_invitation("a token") != hash_invitation("another")
    assert len(hash_invitation("\udcff")) == 64
