"""What each rule of a community is in, since when, and how it came to that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from svoi.communities.models import Community
from svoi.trust.models import RuleMode
from svoi.trust.rules import MODE_AT_FIRST, RULES, may_be_live

HISTORY_MAX = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule is in `mode` since then; in shadow it may be live from `live_from` on, or never where that is None."""

    rule: str
    mode: str
    since: datetime
    live_from: datetime | None


def rule_mode(*, community_id: int, rule: str) -> str:
    """off, shadow or live; without a word of anybody a rule is in shadow."""
    assert rule in RULES
    rows = RuleMode.objects.filter(community_id=community_id, rule=rule).order_by("-id")
    return rows.values_list("mode", flat=True).first() or MODE_AT_FIRST


def standing_of(*, community: Community, rule: str) -> Standing:
    """The mode with its beginning; where nobody said anything it began with the community."""
    assert rule in RULES
    latest = RuleMode.objects.filter(community_id=community.pk, rule=rule).order_by("-id").first()
    mode, since = (latest.mode, latest.at) if latest else (MODE_AT_FIRST, community.founded_at)
    may_follow = mode == "shadow" and may_be_live(rule)
    live_from = since + timedelta(days=settings.SHADOW_DAYS) if may_follow else None
    return Standing(rule, mode, since, live_from)


def standings_of(*, community: Community) -> list[Standing]:
    """Every rule of the house, in their order."""
    return [standing_of(community=community, rule=rule) for rule in RULES]


def mode_history(*, community_id: int) -> list[RuleMode]:
    """How rules were switched, the latest first."""
    rows = RuleMode.objects.filter(community_id=community_id).select_related("by").order_by("-id")
    return list(rows[:HISTORY_MAX])
