"""A search: facts are read, the engine looks at them outside of any transaction, and what it found is written at once.

Between reading and writing no transaction is open: the engine may think for minutes, and a transaction that waits
for it would hold the relay back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from svoi.communities.models import Community
from svoi.db.transaction import atomic
from svoi.engines import integrity
from svoi.trust.models import FoundGroup, FoundMember, Search
from svoi.trust.queries.facts import CommunityFacts, facts_of
from svoi.trust.queries.modes import rule_mode
from svoi.trust.rules import ENGINE, SearchingIsOff, admit_search, group_key, is_same_group, pseudonyms, thing_of

Window = tuple[datetime, datetime]
Clock = Callable[[], float]
LOOKED_BACK_MAX = 500  # groups that a new one is compared with


@dataclass(frozen=True, slots=True)
class Found:
    """A group as a search saw it, kept or not: its key, who and what by number, both sentences."""

    key: str
    member_ids: tuple[int, ...]
    targets: tuple[int, ...]
    window: Window
    nats: float
    q_value: float
    evidence: dict[str, Any]
    sentence_ru: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The search on record, all it saw, and how many of these groups nobody had seen before."""

    search: Search
    groups: tuple[Found, ...]
    new: int


def search_groups(
    *,
    community: Community,
    window: Window,
    dry_run: bool,
    seed: int,
    at: datetime,
    clock: Clock,
    alone: int | None = None,
) -> Outcome:
    """Look for groups in the facts of a window, and keep what is new unless it is a dry run.

    `clock` gives seconds, for how long it took; `alone` tries another limit than the engine's (nats), in a dry run.
    Raises `WindowUnfit`, `LimitOnlyTried`, `SearchingIsOff` and `TooManyFacts`.
    """
    since, until = window
    mode = rule_mode(community_id=community.pk, rule="groups")
    admit_search(since=since, until=until, mode=mode, is_dry=dry_run, alone=alone)
    began = clock()
    facts = _read(community.pk, since, until)
    seen = integrity.find_groups(facts.facts, facts.exposures, seed=seed, alone=alone)
    groups = tuple(_found(group) for group in seen)
    search = Search(
        community=community,
        since=since,
        until=until,
        mode=mode,
        engine=ENGINE if alone is None else f"{ENGINE}@{alone}",
        seed=seed,
        facts_read=len(facts),
        took_ms=round((clock() - began) * 1000),
        is_dry=dry_run,
        found=[group.key for group in groups],
        at=at,
    )
    return Outcome(search, groups, _keep(search, groups))


@atomic
def _read(community_id: int, since: datetime, until: datetime) -> CommunityFacts:
    return facts_of(community_id=community_id, since=since, until=until)


@atomic
def _keep(search: Search, groups: tuple[Found, ...]) -> int:
    """Write the search, and the groups that are not on record yet; returns how many those are."""
    # Two searches of one community write one after the other, so that neither doubles what the other found.
    Community.objects.select_for_update(no_key=True).get(pk=search.community_id)
    if not search.is_dry and rule_mode(community_id=search.community_id, rule="groups") == "off":
        raise SearchingIsOff()  # by its owner, while the engine was thinking
    search.save()
    if search.is_dry or not groups:
        return 0
    known = FoundGroup.objects.filter(community_id=search.community_id, key__in=search.found)
    on_record = set(known.values_list("key", flat=True))
    earlier = list(FoundGroup.objects.filter(community_id=search.community_id).order_by("-id")[:LOOKED_BACK_MAX])
    members: dict[int, set[int]] = {}
    for group_id, member_id in FoundMember.objects.filter(group__in=earlier).values_list("group_id", "member_id"):
        members.setdefault(group_id, set()).add(member_id)
    fresh = [group for group in groups if group.key not in on_record]
    for group in fresh:
        before = next(
            (
                one
                for one in earlier
                if is_same_group(group.member_ids, group.targets, members.get(one.pk, set()), one.targets)
            ),
            None,
        )
        _write(search, group, before)
    return len(fresh)


def _write(search: Search, group: Found, before: FoundGroup | None) -> None:
    row = FoundGroup.objects.create(
        search=search,
        community_id=search.community_id,
        grown_from=before,
        key=group.key,
        began_at=group.window[0],
        ended_at=group.window[1],
        nats=group.nats,
        q_value=group.q_value,
        targets=list(group.targets),
        evidence=group.evidence,
        sentence_ru=group.sentence_ru,
        sentence_en=group.sentence_en,
        first_found_at=search.at,
    )
    FoundMember.objects.bulk_create(
        FoundMember(group=row, member_id=pk, number=number)
        for number, pk in enumerate(pseudonyms(group.key, group.member_ids), start=1)
    )


def _found(group: integrity.Group) -> Found:
    members, targets = tuple(group.members.tolist()), tuple(group.targets.tolist())
    begin_s, end_s = group.window
    thing = thing_of(targets)
    return Found(
        key=group_key(members, targets),
        member_ids=members,
        targets=targets,
        window=(datetime.fromtimestamp(begin_s, tz=UTC), datetime.fromtimestamp(end_s, tz=UTC)),
        nats=float(group.score),
        q_value=float(group.q_value),
        evidence=asdict(group.evidence),
        sentence_ru=integrity.sentence(group.evidence, language="ru", thing=thing),
        sentence_en=integrity.sentence(group.evidence, language="en", thing=thing),
    )
