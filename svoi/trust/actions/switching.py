"""A rule of a community is switched by its owner, openly and for a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.outbox import record_many, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.trust.events import RuleModeChanged
from svoi.trust.models import RuleMode
from svoi.trust.queries.modes import standing_of
from svoi.trust.rules import MAY_SET_MODES, admit_mode, read_reason


@atomic
def set_rule_mode(
    *, community: Community, rule: str, mode: str, why: str, by: Member, key: UUID, at: datetime
) -> RuleMode:
    """Put a rule off, into shadow or live; the same key is the same change. Off holds at once.

    Raises `RoleMissing`, `ReasonMissing`, `ReasonTooLong`, `ModeStands`, `OnlyShadow`, `ShadowFirst` and
    `ShadowTooShort`.
    """
    require_role(roles_of(community=community, member=by), MAY_SET_MODES)
    # One switch at a time: the days in shadow are counted from the last one.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    known = RuleMode.objects.filter(community=community, rule=rule, by=by, key=key).first()
    if known is not None:
        return known
    reason = read_reason(why)
    stands = standing_of(community=community, rule=rule)
    days = settings.SHADOW_DAYS
    admit_mode(rule=rule, mode=mode, stands=stands.mode, since=stands.since, shadow_days=days, at=at)
    changed = RuleMode.objects.create(community=community, rule=rule, mode=mode, why=reason, by=by, key=key, at=at)
    _tell(changed)
    return changed


def _tell(changed: RuleMode) -> None:
    """The community, and every show whose room counts by this rule now or will."""
    shows = Show.objects.filter(community_id=changed.community_id, ended_at=None).order_by("pk")
    places = [("community", changed.community_id), *(("show", pk) for pk in shows.values_list("pk", flat=True))]
    record_many(
        RuleModeChanged(
            community_id=changed.community_id,
            rule=changed.rule,
            mode=changed.mode,
            by_id=changed.by_id or 0,
            place=place,
            place_id=place_id,
        )
        for place, place_id in places
    )
    wake_relay()
