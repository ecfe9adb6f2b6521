"""Somebody of the crew looks at a found group and says what she thinks of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.trust.events import GroupJudged
from svoi.trust.models import FoundGroup, GroupVerdict
from svoi.trust.rules import MAY_SEE_COUNTING, admit_verdict, read_reason


@atomic
def judge_group(*, group: FoundGroup, verdict: str, reason: str, by: Member, key: UUID, at: datetime) -> GroupVerdict:
    """Dismiss or confirm a group; the same key is the same verdict, and a later one may say otherwise.

    Nothing follows from it but that it is on record: the house knows no sanction. Raises `RoleMissing`,
    `ReasonMissing`, `ReasonTooLong`, `OwnCase` and `VerdictStands`.
    """
    require_role(roles_of(community=group.community, member=by), MAY_SEE_COUNTING)
    FoundGroup.objects.select_for_update(no_key=True).get(pk=group.pk)  # two people rule one after the other
    known = GroupVerdict.objects.filter(group=group, by=by, key=key).first()
    if known is not None:
        return known
    said = read_reason(reason)
    stands = GroupVerdict.objects.filter(group=group).order_by("-id").values_list("verdict", flat=True).first()
    members = group.members.values_list("member_id", flat=True)
    admit_verdict(verdict=verdict, stands=stands or "", by_id=by.pk, member_ids=frozenset(members))
    made = GroupVerdict.objects.create(group=group, verdict=verdict, reason=said, by=by, key=key, at=at)
    record(GroupJudged(community_id=group.community_id, group_id=group.pk, verdict=verdict, by_id=by.pk))
    return made
