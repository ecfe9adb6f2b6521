"""Found groups as those who may see them read them: without names, with what was said of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.members.models import Member
from svoi.trust.models import FoundGroup, GroupVerdict, Search
from svoi.trust.queries.modes import rule_mode
from svoi.trust.rules import MAY_SEE_COUNTING, MAY_SET_MODES, may_see_groups

GROUPS_MAX = 50
SEARCHES_MAX = 20


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group in the list: its sentences, how many accounts at how many targets, and the last verdict, if any."""

    group: FoundGroup
    accounts: int
    verdict: str
    was_in_shadow: bool


def groups_of(*, community: Community, reader: Member) -> list[GroupCard]:
    """The latest form of each group, the newest first, as far as the reader may see them now."""
    found = _seen_by(community, reader).filter(~Exists(FoundGroup.objects.filter(grown_from=OuterRef("pk"))))
    latest = GroupVerdict.objects.filter(group=OuterRef("pk")).order_by("-id").values("verdict")[:1]
    rows = found.select_related("search").annotate(accounts=Count("members"), said=Subquery(latest))
    return [
        GroupCard(group, group.accounts, group.said or "", was_in_shadow=group.search.mode == "shadow")
        for group in rows.order_by("-id")[:GROUPS_MAX]
    ]


def group_seen_by(*, community: Community, reader: Member, group_id: int) -> FoundGroup | None:
    """One group, if the reader may see it."""
    return _seen_by(community, reader).select_related("search", "grown_from").filter(pk=group_id).first()


def verdicts_of(*, group: FoundGroup) -> list[GroupVerdict]:
    """What was said of a group, the last word first."""
    return list(GroupVerdict.objects.filter(group=group).select_related("by").order_by("-id"))


def latest_searches(*, community_id: int) -> list[Search]:
    """The latest searches, those kept apart as dry runs included."""
    return list(Search.objects.filter(community_id=community_id).order_by("-id")[:SEARCHES_MAX])


def _seen_by(community: Community, reader: Member) -> QuerySet[FoundGroup]:
    held = roles_of(community=community, member=reader)
    mode = rule_mode(community_id=community.pk, rule="groups")
    found = FoundGroup.objects.filter(community_id=community.pk)
    if not MAY_SEE_COUNTING & held or not may_see_groups(mode=mode, is_owner=bool(MAY_SET_MODES & held)):
        return found.none()
    return found
