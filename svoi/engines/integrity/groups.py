"""Groups of accounts that act together against expectation, only those that the engine would itself act on.

Two ways lead here. Lockstep: the same accounts at several targets in the same windows. On its own it must be
overwhelming (ALONE nats, or far above anything else in the table); beside shared devices or payments less is enough.
Bursts: a crowd at one target, in which accounts share devices or payments. A shared network is never evidence.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from svoi.engines.integrity.bursts import NATS_LEAST, Burst, bursts_of
from svoi.engines.integrity.columns import Pairs, pairs_of, with_rows
from svoi.engines.integrity.evidence import Evidence, evidence_of_burst, evidence_of_lockstep
from svoi.engines.integrity.exposed import brought, explained_by
from svoi.engines.integrity.facts import Facts, Floats, Ints, read_exposures, read_facts
from svoi.engines.integrity.lockstep import Lockstep
from svoi.engines.integrity.null import best_by_chance, p_values, q_values
from svoi.engines.integrity.sweep import candidates_of
from svoi.engines.integrity.traces import KINDS, Sharing, Traces, part_on_one, sharing_among, traces_of

Q_MAX = 0.01
ALONE = 250.0  # nats: what real communities reach without anybody's hand stays below (see docs/reference/integrity.md)
STANDING_OUT = 60.0  # nats for a group that stands alone, or has a second family
STANDS_OUT_TIMES = 3.0  # above the next candidate of the same table
MEMBERS_LEAST, MEMBERS_ALONE = 5, 10
TARGETS_LEAST = 3
ONE_PLACE, ONE_PLACE_TIMES = 0.5, 4.0  # part of the members behind one network; how much more is asked then
SITTING_S = 3 * 3600.0  # a lesson, a meeting, a party
EACH_LEAST = 3.0  # nats per member: many who are each hardly unusual are a crowd
RUNS = 4  # exchanges for the null
ROWS_FOR_FEW_RUNS = 2_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts and targets by id (sorted), the window (begin_s, end_s) of all of it, score in nats, q, evidence."""

    members: Ints
    targets: Ints
    window: tuple[float, float]
    score: float
    q_value: float
    evidence: Evidence


def find_groups(
    facts: Any, exposures: Any = None, *, seed: int = 0, alone: float | None = None, runs: int | None = None
) -> list[Group]:
    """Groups in a table of facts, strongest first; `exposures` say what was shown. Shapes as in facts.py.

    `alone` is how many nats lockstep needs without a second family (ALONE); `runs` how many exchanges the null is
    fitted to. The same seed gives the same groups. Raises FactsBroken.
    """
    table, shown = read_facts(facts), read_exposures(exposures)
    if not len(table):
        return []
    whole = pairs_of(table)
    pairs = with_rows(whole, ~brought(table, shown)[whole.fact])
    explained = explained_by(pairs, shown)
    traces = [one for one in (traces_of(table, kind, whole.actors) for kind in KINDS) if one is not None]
    accounted = (
        ("activity", "popularity", "exposures") if _has_exposures(table, len(shown)) else ("activity", "popularity")
    )
    found = _locksteps(
        table, pairs, explained, traces, accounted, seed=seed, alone=ALONE if alone is None else alone, runs=runs
    )
    found += _bursts(table, whole, explained_by(whole, shown), traces, accounted)
    return _apart(sorted(found, key=lambda group: -group.score))


def _has_exposures(facts: Facts, shown: int) -> bool:
    return shown > 0 or (facts.exposure is not None and bool((facts.exposure >= 0).any()))


def _locksteps(
    facts: Facts,
    pairs: Pairs,
    explained: Floats,
    traces: list[Traces],
    accounted: tuple[str, ...],
    *,
    seed: int,
    alone: float,
    runs: int | None,
) -> list[Group]:
    candidates, rest, rest_explained = candidates_of(pairs, explained)
    network = traces_of(facts, "network", pairs.actors)
    shared = [[sharing_among(one, group.members) for one in traces] for group in candidates]
    passing = [
        place
        for place, group in enumerate(candidates)
        if _is_enough(pairs, candidates, place, shared[place], alone * _times_alone(network, group))
    ]
    if not passing:
        return []
    if runs is None:
        runs = RUNS if len(pairs) < ROWS_FOR_FEW_RUNS else RUNS // 3
    by_chance = best_by_chance(rest, rest_explained, facts.exposure, np.random.default_rng(seed), runs)
    q = q_values(p_values(np.array([group.score for group in candidates]), by_chance))
    mean = float(by_chance.mean()) if len(by_chance) else 0.0
    return [
        _group_of_lockstep(facts, pairs, candidates[place], shared[place], accounted, float(q[place]), mean)
        for place in passing
        if q[place] <= Q_MAX
    ]


def _times_alone(network: Traces | None, group: Lockstep) -> float:
    """People behind one address (an office, a class) do things together anyway: alone, more is asked of lockstep.

    What they do in one sitting has one cause, however much of it there is: that is never enough alone.
    """
    if network is None or part_on_one(network, group.members) < ONE_PLACE:
        return 1.0
    is_sitting = group.columns.end_s.max() - group.columns.begin_s.min() <= SITTING_S
    return math.inf if is_sitting else ONE_PLACE_TIMES


def _is_enough(pairs: Pairs, candidates: list[Lockstep], place: int, shared: list[Sharing], alone: float) -> bool:
    """Is the candidate, in itself and beside the others, more than people do of their own accord?"""
    group = candidates[place]
    targets = len(np.unique(pairs.item_target[group.columns.items]))
    is_loose = group.score < EACH_LEAST * len(group.members)
    if len(group.members) < MEMBERS_LEAST or targets < TARGETS_LEAST or is_loose:
        return False
    if group.score >= alone:
        return True
    if any(one.nats >= NATS_LEAST and one.sharing * 2 >= len(group.members) for one in shared):
        return group.score >= min(alone, STANDING_OUT) / 3
    others = [other.score for at, other in enumerate(candidates) if at != place]
    stands_out = group.score >= max(min(alone, STANDING_OUT), STANDS_OUT_TIMES * max(others, default=0.0))
    return alone <= ALONE and stands_out and len(group.members) >= MEMBERS_ALONE


def _group_of_lockstep(
    facts: Facts,
    pairs: Pairs,
    group: Lockstep,
    shared: list[Sharing],
    accounted: tuple[str, ...],
    q: float,
    by_chance: float,
) -> Group:
    evidence = evidence_of_lockstep(
        pairs, group, verbs=facts.verbs, sharing=shared, accounted=accounted, by_chance=by_chance
    )
    return Group(
        members=pairs.actors[np.sort(group.members)],
        targets=pairs.targets[np.unique(pairs.item_target[group.columns.items])],
        window=(float(group.columns.begin_s.min()), float(group.columns.end_s.max())),
        score=group.score + sum(one.nats for one in shared),
        q_value=q,
        evidence=evidence,
    )


def _bursts(
    facts: Facts, pairs: Pairs, explained: Floats, traces: list[Traces], accounted: tuple[str, ...]
) -> list[Group]:
    found: list[Burst] = bursts_of(pairs, explained, traces)
    if not found:
        return []
    p = np.array([burst.p_value for burst in found])
    untouched = np.ones(max(0, found[0].tested - len(found)))  # crowds that showed nothing were tests as well
    q = q_values(np.concatenate((p, untouched)))
    return [
        Group(
            members=pairs.actors[burst.accounts],
            targets=pairs.targets[[pairs.item_target[burst.item]]],
            window=(burst.begin_s, burst.end_s),
            score=burst.nats,
            q_value=float(q[place]),
            evidence=evidence_of_burst(pairs, burst, verbs=facts.verbs, accounted=accounted),
        )
        for place, burst in enumerate(found)
        if q[place] <= Q_MAX
    ]


def _apart(groups: list[Group]) -> list[Group]:
    """Without groups most of whose members are already in a stronger one."""
    kept: list[Group] = []
    of_member: dict[int, list[int]] = {}  # places in `kept`: only groups that share somebody are compared
    for group in groups:
        members = group.members.tolist()
        shared = Counter(place for member in members for place in of_member.get(member, ()))
        if max(shared.values(), default=0) * 2 >= len(members):
            continue
        for member in members:
            of_member.setdefault(member, []).append(len(kept))
        kept.append(group)
    return kept
