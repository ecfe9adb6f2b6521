"""What a community allows, and who takes part without being named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.communities.rules import require_role
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.envelopes.events import EnvelopeLimitsChanged
from svoi.envelopes.models import EnvelopeLimits, QuietTaker
from svoi.envelopes.rules import MAY_SET_LIMITS, Limits, read_limits
from svoi.members.models import Member


@atomic
def change_limits(*, community: Community, by: Member, wanted: Mapping[str, str]) -> Limits:
    """Set what holds for envelopes sent from now on; raises `RoleMissing` and `LimitUnfit`."""
    require_role(roles_of(community=community, member=by), MAY_SET_LIMITS)
    limits = read_limits(wanted)
    EnvelopeLimits.objects.update_or_create(community=community, defaults=limits.as_columns())
    record(EnvelopeLimitsChanged(community_id=community.pk, by_id=by.pk, limits=limits.as_columns()))
    return limits


@atomic
def hide_taker(*, member: Member, at: datetime) -> None:
    """From now on lists of who got what do not name her, those of earlier envelopes included."""
    QuietTaker.objects.get_or_create(member=member, defaults={"since": at})


@atomic
def show_taker(*, member: Member) -> None:
    """Name her again."""
    QuietTaker.objects.filter(member=member).delete()
