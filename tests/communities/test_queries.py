"""What is read about a community takes the same number of queries for one and for many."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from svoi.communities.actions import invite
from svoi.communities.models import Community
from svoi.communities.queries import (
    PAGE_MEMBERS_MAX,
    belongs,
    circle_of,
    communities_of,
    crew_of,
    invitation_of,
    invitations_of,
    memberships_of,
    open_communities,
    roles_of,
)
from svoi.members.models import Member
from tests.cast import NOON, community, joins, member

pytestmark = pytest.mark.django_db


def test_a_visitor_is_nobody_and_costs_nothing(
    table: Community, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert roles_of(community=table, member=AnonymousUser()) == frozenset()
        assert belongs(community=table, member=AnonymousUser()) is False
        assert list(communities_of(member=AnonymousUser())) == []


@pytest.mark.parametrize("more", [1, 3])
def test_a_circle_in_four_queries(
    table: Community, vera: Member, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    joins(vera, table, "host", "moderator")
    for place in range(more):
        joins(member(f"Member{place}"), table, "moderator")
    with django_assert_num_queries(4):
        circle = circle_of(community=table, reader=vera)
    assert (circle.members, circle.belongs, circle.roles) == (2 + more, True, {"host", "moderator"})
    assert [(one.name, one.roles) for one in circle.crew][:2] == [("Anna", ("owner",)), ("Vera", ("host", "moderator"))]
    assert len(circle.crew) == 2 + more


@pytest.mark.parametrize("more", [1, 3])
def test_lists_in_one_query(
    anna: Member, table: Community, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(more):
        joins(member(f"Member{place}"), community(anna, slug=f"place-{place}"))
        joins(member(f"Guest{place}"), table)
        invite(community=table, by=anna, uses=1, at=NOON)
    with django_assert_num_queries(1):
        assert {one.slug: one.members for one in communities_of(member=anna)} == {
            "table": 1 + more,
            **{f"place-{place}": 2 for place in range(more)},
        }
    with django_assert_num_queries(1):
        assert [one.members for one in open_communities(most=9)] == [1 + more, *[2] * more]
    with django_assert_num_queries(1):
        assert len(crew_of(community=table)) == 1
    with django_assert_num_queries(1):
        assert [one.name for one in memberships_of(community=table)] == [
            "Anna",
            *(f"Guest{place}" for place in range(more)),
        ]
    with django_assert_num_queries(1):
        assert {one.invited_by.name for one in invitations_of(community=table)} == {"Anna"}


def test_closed_communities_are_not_shown_around(table: Community, cellar: Community, dmitri: Member) -> None:
    assert [one.slug for one in open_communities(most=9)] == ["table"]
    assert [one.slug for one in Community.objects.visible_to(dmitri)] == ["table"]
    assert [one.slug for one in Community.objects.visible_to(AnonymousUser())] == ["table"]
    joins(dmitri, cellar)
    assert {one.slug for one in Community.objects.visible_to(dmitri)} == {"table", "cellar"}


def test_a_page_of_members_goes_on_where_it_ended(table: Community) -> None:
    for place in range(PAGE_MEMBERS_MAX + 3):
        joins(member(f"Member{place}"), table)
    first = list(memberships_of(community=table))
    rest = list(memberships_of(community=table, after=first[PAGE_MEMBERS_MAX - 1].pk))
    assert (len(first), [one.name for one in rest]) == (PAGE_MEMBERS_MAX + 1, [f"Member{n}" for n in (49, 50, 51, 52)])


def test_an_invitation_is_found_by_its_token_alone(table: Community, anna: Member) -> None:
    token = invite(community=table, by=anna, uses=1, at=NOON)
    found = invitation_of(token=token)
    assert found is not None
    assert (found.community, found.invited_by) == (table, anna)
    assert invitation_of(token=found.token_hash) is None
    assert invitation_of(token="") is None
