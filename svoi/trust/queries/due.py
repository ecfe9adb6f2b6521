"""Whether there is anything to search."""

from __future__ import annotations

from datetime import datetime

from svoi.trust.models import Search
from svoi.trust.queries.acts import has_facts_since
from svoi.trust.queries.modes import rule_mode


def search_is_due(*, community_id: int, since: datetime, until: datetime) -> bool:
    """Is the rule on, and has anybody done anything in this window since the end of the last search?"""
    if rule_mode(community_id=community_id, rule="groups") == "off":
        return False
    ends = Search.objects.filter(community_id=community_id, is_dry=False).order_by("-until")
    last = ends.values_list("until", flat=True).first()
    return has_facts_since(community_id=community_id, since=max(since, last or since), until=until)
