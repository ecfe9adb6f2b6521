"""How the calendar answers a refusal: its words, and the conflicts behind it in sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from svoi.kernel.refused import Refused
from svoi.planning.queries.standing import Standing
from svoi.planning.rules.approving import SlotStale
from svoi.planning.rules.conflicts import PlanDoubtful, PlanImpossible
from svoi.studio.planning.words import clock_words, day_words, told_conflicts
from svoi.ui.refusals import say


def refusal_parts(refused: Refused, *, community_id: int, zone: str) -> dict[str, Any]:
    """`told`, the `conflicts` in sentences, and whether a reason would be enough (`doubtful`)."""
    found = refused.facts.get("conflicts", []) if isinstance(refused, (PlanImpossible, PlanDoubtful)) else []
    return {
        "told": say(refused),
        "conflicts": told_conflicts([Standing(one, None) for one in found], community_id=community_id),
        "doubtful": isinstance(refused, PlanDoubtful),
        "now": stale_words(refused, zone=zone),
    }


def stale_words(refused: Refused, *, zone: str) -> str:
    """What somebody else made of a plan, with her name."""
    if not isinstance(refused, SlotStale) or "begins_at" not in refused.facts:
        return ""
    facts = refused.facts
    return _("%(who)s: now %(day)s, %(begins)s–%(ends)s, %(studio)s.") % {
        "who": facts["by"],
        "day": day_words(facts["begins_at"], zone),
        "begins": clock_words(facts["begins_at"], zone),
        "ends": clock_words(facts["ends_at"], zone),
        "studio": facts["studio"],
    }
