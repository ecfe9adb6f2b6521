"""What stands between a planned show and its neighbours, worked out from values alone.

The rule is symmetric: what a show has against another, the other has against it. A hard conflict refuses; a soft
one is a warning that a producer may accept with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused
from svoi.planning.rules.terms import DEFAULTS, local

Kind = Literal[
    "studio_taken", "turn_around", "host_taken", "host_rest", "crew_busy", "day_hours", "week_hours", "sample_short",
    "host_untrained", "studio_elsewhere", "not_of_the_crew",
]  # fmt: skip
HARD: frozenset[Kind] = frozenset({"studio_taken", "host_taken", "studio_elsewhere", "not_of_the_crew"})
MINUTE = timedelta(minutes=1)
CONFLICT_LENGTH_MAX = 160


class PlanImpossible(Refused):
    """Hard conflicts (`conflicts`) stand in the way, or the database held one that came up meanwhile."""

    code: ClassVar[str] = "plan_impossible"


class PlanDoubtful(Refused):
    """Soft conflicts (`conflicts`) have to be accepted with a reason first."""

    code: ClassVar[str] = "plan_doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Somebody's time on a show."""

    member_id: int
    begins_at: datetime
    ends_at: datetime
    is_host: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A planned show: where, from when to when (preparation included), who works, which samples and how many."""

    slot_id: int
    community_id: int
    studio_id: int
    studio_community_id: int
    turn_around_min: int
    begins_at: datetime
    ends_at: datetime
    work: tuple[Work, ...] = ()
    samples: Mapping[int, int] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[int]:
        return frozenset(one.member_id for one in self.work)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a community asks of its plans.

    `crew` are members who hold a role, `untrained` those with open steps of training, `samples` how many pieces the
    house has of each. Days and weeks (from Monday) are those of `zone`; work counts where it begins.
    """

    zone: str = "Europe/Moscow"
    rest_min: int = DEFAULTS["rest_min"]
    day_max_min: int = DEFAULTS["day_max_min"]
    week_max_min: int = DEFAULTS["week_max_min"]
    refuses_untrained: bool = False
    crew: Collection[int] = frozenset()
    untrained: Collection[int] = frozenset()
    samples: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Why a plan does not fit: `amount` is what there is, `limit` what there may be (minutes, or pieces)."""

    kind: Kind
    is_hard: bool
    others: tuple[int, ...] = ()
    member_id: int = 0
    sample_id: int = 0
    amount: int = 0
    limit: int = 0

    def named(self, slot_id: int) -> str:
        """A name for the conflict of this slot; the same from whichever of its shows it is looked at."""
        shows = "-".join(str(one) for one in sorted({slot_id, *self.others}))
        return f"{self.kind}:{self.member_id}:{self.sample_id}:{shows}"[:CONFLICT_LENGTH_MAX]


def conflicts_of(plan: Plan, others: Sequence[Plan], house: House) -> tuple[Conflict, ...]:
    """Everything that stands in the way, hard ones first; `plan` itself among the others is left out."""
    rest = [one for one in others if one.slot_id != plan.slot_id]
    found = [
        *_belonging(plan, house),
        *_training(plan, house),
        *(conflict for other in rest for conflict in _between(plan, other, house)),
        *_hours(plan, rest, house),
        *_samples(plan, rest, house),
    ]
    return tuple(sorted(found, key=lambda one: not one.is_hard))


def admit_plan(conflicts: Collection[Conflict], *, is_accepted: bool) -> None:
    """Raise `PlanImpossible` for hard conflicts, `PlanDoubtful` for soft ones that nobody took upon herself."""
    if any(one.is_hard for one in conflicts):
        raise PlanImpossible(conflicts=list(conflicts))
    if conflicts and not is_accepted:
        raise PlanDoubtful(conflicts=list(conflicts))


def _found(kind: Kind, *others: int, **facts: int) -> Conflict:
    return Conflict(kind=kind, is_hard=kind in HARD, others=others, **facts)


def _belonging(plan: Plan, house: House) -> Iterator[Conflict]:
    if plan.studio_community_id != plan.community_id:
        yield _found("studio_elsewhere")
    for member_id in sorted(plan.people - frozenset(house.crew)):
        yield _found("not_of_the_crew", member_id=member_id)


def _training(plan: Plan, house: House) -> Iterator[Conflict]:
    hosts = {one.member_id for one in plan.work if one.is_host}
    for member_id in sorted(hosts.intersection(house.untrained)):
        yield Conflict(kind="host_untrained", is_hard=house.refuses_untrained, member_id=member_id)


def _between(plan: Plan, other: Plan, house: House) -> Iterator[Conflict]:
    """One show against another: the studio, and whoever works at both."""
    if plan.studio_id == other.studio_id:
        gap_min = _gap_min(plan, other)
        asked_min = max(plan.turn_around_min, other.turn_around_min)
        if gap_min < 0:
            yield _found("studio_taken", other.slot_id)
        elif gap_min < asked_min:
            yield _found("turn_around", other.slot_id, amount=gap_min, limit=asked_min)
    for member_id in sorted(plan.people & other.people):
        yield from _person(member_id, plan, other, house)


def _person(member_id: int, plan: Plan, other: Plan, house: House) -> Iterator[Conflict]:
    pairs = [
        (_gap_min(mine, theirs), mine.is_host and theirs.is_host)
        for mine in plan.work
        for theirs in other.work
        if mine.member_id == member_id == theirs.member_id
    ]
    hosting = [gap_min for gap_min, both_host in pairs if both_host]
    if any(gap_min < 0 for gap_min in hosting):
        yield _found("host_taken", other.slot_id, member_id=member_id)
        return
    if any(gap_min < 0 for gap_min, _ in pairs):
        yield _found("crew_busy", other.slot_id, member_id=member_id)
    if hosting and min(hosting) < house.rest_min:
        yield _found("host_rest", other.slot_id, member_id=member_id, amount=min(hosting), limit=house.rest_min)


def _hours(plan: Plan, others: Sequence[Plan], house: House) -> Iterator[Conflict]:
    for member_id in sorted({one.member_id for one in plan.work if one.is_host}):
        for kind, limit in (("day_hours", house.day_max_min), ("week_hours", house.week_max_min)):
            worst = max(_sums(kind, member_id, plan, others, house.zone), key=lambda found: found[0])
            if worst[0] > limit:
                yield _found(_KINDS[kind], *worst[1], member_id=member_id, amount=worst[0], limit=limit)


_KINDS: dict[str, Kind] = {"day_hours": "day_hours", "week_hours": "week_hours"}


def _sums(
    kind: str, member_id: int, plan: Plan, others: Sequence[Plan], zone: str
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Minutes a host works in each day (or week) this plan touches, with the other shows in it."""

    def spell(moment: datetime) -> tuple[int, ...]:
        day = local(moment, zone).date()
        return (day.toordinal(),) if kind == "day_hours" else tuple(day.isocalendar())[:2]

    for wanted in {spell(one.begins_at) for one in plan.work if one.member_id == member_id and one.is_host}:
        total_min, shows = 0, []
        for each in (plan, *others):
            minutes = sum(
                _minutes(one.ends_at - one.begins_at)
                for one in each.work
                if one.member_id == member_id and one.is_host and spell(one.begins_at) == wanted
            )
            total_min += minutes
            if minutes and each is not plan:
                shows.append(each.slot_id)
        yield total_min, tuple(sorted(shows))


def _samples(plan: Plan, others: Sequence[Plan], house: House) -> Iterator[Conflict]:
    """Pieces wanted at one moment against pieces there are; it can only be worst when a show begins."""
    for sample_id, pieces in sorted(plan.samples.items()):
        sharing = [one for one in others if one.samples.get(sample_id) and _gap_min(plan, one) < 0]
        there_are = house.samples.get(sample_id, 0)
        moments = [plan.begins_at, *(max(one.begins_at, plan.begins_at) for one in sharing)]
        wanted, blamed = 0, set[int]()
        for moment in moments:
            now = [one for one in sharing if one.begins_at <= moment < one.ends_at]
            sought = pieces + sum(one.samples[sample_id] for one in now)
            wanted = max(wanted, sought)
            if sought > there_are:
                blamed.update(one.slot_id for one in now)
        if wanted > there_are:
            yield _found("sample_short", *sorted(blamed), sample_id=sample_id, amount=wanted, limit=there_are)


def _gap_min(one: Plan | Work, other: Plan | Work) -> int:
    """Whole minutes between two stretches of time; below zero when they overlap."""
    gap = max(one.begins_at, other.begins_at) - min(one.ends_at, other.ends_at)
    return -1 if gap < timedelta() else _minutes(gap)


def _minutes(span: timedelta) -> int:
    return span // MINUTE
