"""When groups are looked for, each community in a process apart."""

from __future__ import annotations

import logging

from django.utils import timezone

from svoi.communities.models import Community
from svoi.jobs.searching import SearchFailed, search_apart
from svoi.jobs.tasks.running import every
from svoi.trust.queries import rule_mode, search_is_due
from svoi.trust.rules import RECENT, SEASON

log = logging.getLogger(__name__)


@every("*/10 * * * *", "find recent groups", lock="find groups")
def find_recent_groups(timestamp: int) -> None:
    """Look at the last two days of communities where somebody did something since the last look."""
    now = timezone.now()
    for pk, slug in Community.objects.order_by("pk").values_list("pk", "slug"):
        if search_is_due(community_id=pk, since=now - RECENT, until=now):
            _search(slug, RECENT.days)


@every("23 2 * * *", "find groups of a season", lock="find groups")
def find_groups_of_season(timestamp: int) -> None:
    """Every night look at ninety days of each community whose owner has not switched the search off."""
    for pk, slug in Community.objects.order_by("pk").values_list("pk", "slug"):
        if rule_mode(community_id=pk, rule="groups") != "off":
            _search(slug, SEASON.days)


def _search(slug: str, days: int) -> None:
    """One community whose search fails does not keep the others waiting; why it failed stands in the log above."""
    try:
        search_apart(slug, days=days)
    except SearchFailed as failed:
        log.error("no search for groups: %s", failed)
