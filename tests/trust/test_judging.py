"""People rule on groups: openly, for a reason, never in their own case; and nothing else follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from svoi.communities.models import Community
from svoi.communities.rules import RoleMissing
from svoi.members.models import Member
from svoi.trust.actions import judge_group, set_rule_mode
from svoi.trust.models import FoundGroup, GroupVerdict
from svoi.trust.queries import group_seen_by, groups_of, verdicts_of
from svoi.trust.rules import OwnCase, ReasonMissing, VerdictStands
from tests import cast
from tests.cast import NOON
from tests.trust.finds import found_group, refused
from tests.trust.village import key_of

pytestmark = pytest.mark.django_db


def judge(group: FoundGroup, by: Member, verdict: str = "dismissed", *, n: int = 1, **told) -> GroupVerdict:
    chosen = {"reason": "Это кружок керамики", "key": key_of(n), "at": NOON}
    return judge_group(group=group, verdict=verdict, by=by, **{**chosen, **told})


@pytest.fixture
def group(table: Community, vera: Member, gleb: Member) -> FoundGroup:
    return found_group(table, [cast.joins(vera, table), cast.joins(gleb, table)])


@pytest.fixture
def moderator(table: Community, boris: Member) -> Member:
    return cast.joins(boris, table, "moderator")


def test_a_verdict_is_on_record_and_the_last_one_stands(table, group, anna, moderator):
    judge(group, moderator)
    judge(group, anna, "confirmed", n=2, reason="Один телефон на всех")
    assert [(one.verdict, one.by, one.reason) for one in verdicts_of(group=group)] == [
        ("confirmed", anna, "Один телефон на всех"),
        ("dismissed", moderator, "Это кружок керамики"),
    ]
    assert [card.verdict for card in groups_of(community=table, reader=anna)] == ["confirmed"]
    assert [payload["verdict"] for _, payload in cast.recorded("group_judged")] == ["dismissed", "confirmed"]


def test_the_same_key_is_the_same_verdict_and_the_same_word_is_not_said_twice(group, anna):
    first = judge(group, anna)
    assert judge(group, anna) == first
    with refused(VerdictStands):
        judge(group, anna, n=2)
    assert (GroupVerdict.objects.count(), len(cast.recorded("group_judged"))) == (1, 1)


def test_nobody_rules_in_her_own_case(table, group, vera):
    from svoi.communities.models import RoleGrant

    RoleGrant.objects.create(community=table, member=vera, role="moderator")
    with refused(OwnCase):
        judge(group, vera)
    assert (GroupVerdict.objects.count(), cast.recorded("group_judged")) == (0, [])


def test_a_reason_is_needed(group, anna):
    with refused(ReasonMissing):
        judge(group, anna, reason="\n\0")
    assert GroupVerdict.objects.count() == 0


@pytest.mark.parametrize("role", ["", "producer", "host", "clerk"])
def test_owners_and_moderators_alone_rule(table, group, dmitri, role):
    cast.joins(dmitri, table, *([role] if role else []))
    with refused(RoleMissing):
        judge(group, dmitri)
    assert (GroupVerdict.objects.count(), groups_of(community=table, reader=dmitri)) == (0, [])


def test_in_shadow_the_owner_sees_and_a_moderator_does_not(table, group, anna, moderator):
    assert [card.was_in_shadow for card in groups_of(community=table, reader=anna)] == [True]
    assert groups_of(community=table, reader=moderator) == []
    assert group_seen_by(community=table, reader=moderator, group_id=group.pk) is None
    later = table.founded_at + timedelta(days=15)
    set_rule_mode(community=table, rule="groups", mode="live", why="Пора", by=anna, key=key_of(9), at=later)
    assert group_seen_by(community=table, reader=moderator, group_id=group.pk) == group


def test_a_group_of_another_community_is_not_found(group, cellar, anna):
    assert group_seen_by(community=cellar, reader=anna, group_id=group.pk) is None


def test_the_list_has_the_latest_form_alone(table, group, anna, vera, gleb, dmitri):
    grown = found_group(table, [vera, gleb, cast.joins(dmitri, table)], grown_from=group)
    assert [(card.group, card.accounts) for card in groups_of(community=table, reader=anna)] == [(grown, 3)]


def test_verdicts_stay(group, anna):
    made = judge(group, anna)
    with refused(DatabaseError, match="keeps facts"):
        GroupVerdict.objects.filter(pk=made.pk).update(verdict="confirmed")
    with refused(DatabaseError, match="keeps facts"):
        made.delete()
