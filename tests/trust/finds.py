"""Found groups for tests that need no engine: rows as a search writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.trust.models import FoundGroup, FoundMember, Search
from svoi.trust.rules import ENGINE, group_key
from tests.cast import NOON


@contextmanager
def refused(*kinds: type[Exception], match: str | None = None) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """What stands inside is refused, and undone as the transaction it would have been."""
    with pytest.raises(kinds, match=match) as caught, transaction.atomic():
        yield caught


def found_group(
    community: Community,
    members: Sequence[Member],
    *,
    targets: Sequence[int] = (18, 34, 50),
    grown_from: FoundGroup | None = None,
    mode: str = "shadow",
    began_at: datetime = NOON - timedelta(hours=2),
) -> FoundGroup:
    """A group of these members at these targets, found at noon."""
    key = group_key([one.pk for one in members], targets)
    search = Search.objects.create(
        community=community, since=NOON - timedelta(days=2), until=NOON, mode=mode, engine=ENGINE, seed=0,
        facts_read=100, took_ms=12, found=[key], at=NOON,
    )  # fmt: skip
    hits = len(members) * len(targets)
    evidence = {
        "accounts": len(members), "targets": len(targets), "observed": hits, "expected": 0.3, "window_s": 2400.0,
        "is_one_window": True, "verbs": ["order"], "accounted": ["activity", "popularity", "exposures"],
        "families": [["time", 120.0]], "traces": [], "by_chance": 0.0,
    }  # fmt: skip
    group = FoundGroup.objects.create(
        search=search, community=community, grown_from=grown_from, key=key, began_at=began_at,
        ended_at=began_at + timedelta(minutes=40), nats=120.0, q_value=0.0004, targets=list(targets),
        evidence=evidence, first_found_at=NOON,
        sentence_ru=f"{len(members)} аккаунта, {len(targets)} товара, одни и те же 40 минут",
        sentence_en=f"{len(members)} accounts, {len(targets)} products, the same 40 minutes",
    )  # fmt: skip
    FoundMember.objects.bulk_create(
        FoundMember(group=group, member=one, number=number) for number, one in enumerate(members, start=1)
    )
    return group
