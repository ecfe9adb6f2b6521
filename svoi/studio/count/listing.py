"""What the first page of honest counting shows: each rule with what may follow, groups, searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.functional import Promise

from svoi.communities.models import Community
from svoi.communities.queries import roles_of
from svoi.members.models import Member
from svoi.shows.queries.counts import recounts_of
from svoi.studio.count.shows import counted_shows
from svoi.studio.count.words import MODE_MEANING, MODE_WORDS, RULE_WORDS, SWITCH_WORDS
from svoi.trust.queries import groups_of, latest_searches, mode_history, standings_of
from svoi.trust.queries.modes import Standing
from svoi.trust.rules import MAY_SET_MODES, MODES, may_be_live, may_see_groups

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its card shows it; `ways` are the modes it can be put into now, with their buttons."""

    standing: Standing
    name: Said
    what: Said
    mode: Said
    meaning: Said
    ways: tuple[tuple[str, Said], ...]
    key: UUID

    @property
    def may_be_live(self) -> bool:
        return any(mode == "live" for mode, _ in self.ways)

    @property
    def is_only_watched(self) -> bool:
        return not may_be_live(self.standing.rule)


def home_parts(place: Community, *, reader: Member, at: datetime) -> dict[str, Any]:
    """A fixed number of queries, however much was found."""
    is_owner = bool(MAY_SET_MODES & roles_of(community=place, member=reader))
    standings = standings_of(community=place)
    mode = next(one.mode for one in standings if one.rule == "groups")
    return {
        "rules": [_rule(one, at) for one in standings],
        "is_owner": is_owner,
        "history": [
            {"row": row, "rule": RULE_WORDS[row.rule][0], "mode": MODE_WORDS[row.mode]}
            for row in mode_history(community_id=place.pk)
        ],
        "counted_shows": counted_shows(place),
        "recounts": recounts_of(community_id=place.pk),
        "sees_groups": may_see_groups(mode=mode, is_owner=is_owner),
        "groups_mode": mode,
        "groups": groups_of(community=place, reader=reader),
        "searches": latest_searches(community_id=place.pk),
    }


def _rule(standing: Standing, at: datetime) -> Rule:
    name, what = RULE_WORDS[standing.rule]
    ways = tuple((mode, SWITCH_WORDS[mode]) for mode in MODES if _may_follow(mode, standing, at))
    return Rule(standing, name, what, MODE_WORDS[standing.mode], MODE_MEANING[standing.mode], ways, uuid4())


def _may_follow(mode: str, standing: Standing, at: datetime) -> bool:
    if mode == standing.mode:
        return False
    return mode != "live" or (standing.live_from is not None and at >= standing.live_from)
