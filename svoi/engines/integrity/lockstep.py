"""From a seed to a group: who hits which targets in which windows beyond what popularity and activity would bring.

Two steps are taken in turn until nothing changes. Given the members, every target has the window in which most of them
met there, and is kept where that is more than their own activity times the share of the target among everybody else.
Given targets and windows, an account is a member where its hits are likelier for a member (Poisson around the mean of
the members) than for anybody as active (geometric around activity times share, which has the heavy tail of taste).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.columns import Pairs
from svoi.engines.integrity.compiled import compiled
from svoi.engines.integrity.facts import Floats, Ints

ROUNDS = 10
HITS_LEAST = 2
MEMBER_LEAST = 2.0
COMMON = 0.25
HERE_LEAST = 20.0  # facts of others around a window below which its own share of a target says little
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lockstep:
    """Members (places of actors), columns with window, share among others, hits; score in nats."""

    members: Ints
    items: Ints
    begin_s: Floats
    end_s: Floats
    hits: Ints
    expected: Floats
    member_hits: Ints
    member_expected: Floats
    score: float


def grow(pairs: Pairs, members: Ints, width_s: float, explained: Floats) -> Lockstep | None:
    """The group around the seed `members`, with windows up to `width_s`; None where nothing holds together."""
    n_actors, n_targets = len(pairs.actors), len(pairs.targets)
    windows = max(1.0, float(pairs.at_s[-1] - pairs.at_s[0]) / width_s)
    seen: list[bytes] = []
    best: Lockstep | None = None
    for _ in range(ROUNDS):
        if len(members) < 2:
            break
        is_member = np.zeros(n_actors, dtype=np.bool_)
        is_member[members] = True
        items, begin_s, end_s, hits, share, expected, gain = _columns(
            pairs.actor, pairs.item, pairs.at_s, pairs.by_actor, pairs.actor_starts, pairs.by_item, pairs.item_starts,
            members, is_member, width_s, explained,
        )
        common = hits >= COMMON * _biased_mean(hits)
        items, begin_s, end_s, hits, share, expected, gain = (
            one[common] for one in (items, begin_s, end_s, hits, share, expected, gain)
        )
        targets = pairs.item_target[items]
        if len(np.unique(targets)) < 2:
            break
        order = np.argsort(targets, kind="stable")
        items, begin_s, end_s, hits, share, expected, gain = (
            one[order] for one in (items, begin_s, end_s, hits, share, expected, gain)
        )
        found, counts, chance = _hits(
            pairs.actor, pairs.at_s, pairs.by_actor, pairs.actor_starts, pairs.by_item, pairs.item_starts,
            items, targets[order], begin_s, end_s, share, n_actors,
        )
        mean = _mean_hits(found, counts, is_member)
        ratio = _member_ratio(counts, chance, mean) + math.log(len(members) / n_actors)
        inside = (ratio > MEMBER_LEAST) & (counts >= max(HITS_LEAST, COMMON * mean))
        members = found[inside]
        n_distinct = len(np.unique(targets))
        score = float(ratio[inside].sum()) - n_distinct * math.log(math.e * windows * n_targets / n_distinct)
        group = Lockstep(
            members.astype(np.int64), items.astype(np.int64), begin_s, end_s, hits, expected,
            counts[inside], chance[inside], score,
        )
        if len(members) >= 2 and (best is None or score > best.score):
            best = group
        mark = members.tobytes()
        if mark in seen:
            break
        seen.append(mark)
    return best


def _mean_hits(found: Ints, counts: Ints, is_member: Flags) -> float:
    of_members = counts[is_member[found] & (counts >= HITS_LEAST)]
    return _biased_mean(of_members) if len(of_members) else float(HITS_LEAST)


def _biased_mean(counts: Ints) -> float:
    """The mean weighed by the counts themselves: what a hit sees, so that many small ones do not hide the core."""
    return float((counts * counts).sum() / max(1, counts.sum()))


def _member_ratio(counts: Ints, chance: Floats, mean: float) -> Floats:
    """Log likelihood of the hits for a member over that for anybody, per account (a Poisson over a geometric)."""
    of_anybody = counts * np.log(chance / (1 + chance)) - np.log1p(chance)
    factorial = np.array([math.lgamma(k + 1.0) for k in range(int(counts.max(initial=0)) + 1)])[counts]
    return np.asarray(counts * math.log(mean) - mean - factorial - of_anybody)


@compiled
def _columns(
    actor, item, at_s, by_actor, actor_starts, by_item, item_starts, members, is_member, width_s, explained
):
    """For each item of the members the window with most of them, where it is more than expected."""
    rows = np.empty(0, dtype=np.int64)
    total = 0
    for m in members:
        total += actor_starts[m + 1] - actor_starts[m]
    rows = np.empty(total, dtype=np.int64)
    at = 0
    for m in members:
        for place in range(actor_starts[m], actor_starts[m + 1]):
            rows[at] = by_actor[place]
            at += 1
    rows.sort()  # rows are in time order
    own_at = at_s[rows]
    order = np.argsort(item[rows], kind="mergesort")
    n_items = len(item_starts) - 1
    outside = max(1.0, float(len(actor) - total))
    last = np.full(len(actor_starts) - 1, -1, dtype=np.int64)  # counts of actors inside the sliding window
    count = np.zeros(len(actor_starts) - 1, dtype=np.int32)
    out_item = np.empty(total, dtype=np.int64)
    out_begin = np.empty(total)
    out_end = np.empty(total)
    out_hits = np.empty(total, dtype=np.int64)
    out_share = np.empty(total)
    out_expected = np.empty(total)
    out_gain = np.empty(total)
    found = 0
    start = 0
    while start < total:
        one = item[rows[order[start]]]
        stop = start
        while stop < total and item[rows[order[stop]]] == one:
            stop += 1
        if stop - start >= 3:
            left, distinct, best, best_left, best_right = start, 0, 0, start, start
            for right in range(start, stop):
                who = actor[rows[order[right]]]
                count[who] += 1
                if count[who] == 1:
                    distinct += 1
                while at_s[rows[order[right]]] - at_s[rows[order[left]]] > width_s:
                    gone = actor[rows[order[left]]]
                    count[gone] -= 1
                    if count[gone] == 0:
                        distinct -= 1
                    left += 1
                if distinct > best:
                    best, best_left, best_right = distinct, left, right
            for place in range(left, stop):
                count[actor[rows[order[place]]]] = 0
            if best >= 3:
                lo, hi = at_s[rows[order[best_left]]], at_s[rows[order[best_right]]]
                own = np.searchsorted(own_at, hi, side="right") - np.searchsorted(own_at, lo, side="left")
                wide_lo, wide_hi = lo - width_s, hi + width_s
                around = float(np.searchsorted(at_s, wide_hi, side="right") - np.searchsorted(at_s, wide_lo, side="left"))
                around -= np.searchsorted(own_at, wide_hi, side="right") - np.searchsorted(own_at, wide_lo, side="left")
                others_here, others, pushed = 0, 0, 0.0
                for place in range(item_starts[one], item_starts[one + 1]):
                    row = by_item[place]
                    if not is_member[actor[row]]:
                        others += 1
                        if wide_lo <= at_s[row] <= wide_hi:
                            others_here += 1
                    if lo <= at_s[row] <= hi:
                        pushed = max(pushed, explained[row])
                share = max((others + 0.5) / outside, others_here / max(around, HERE_LEAST))
                expected = own * share + pushed
                share = min(1.0, max(share, pushed / max(own, 1)))
                gain = 0.0
                if best > expected:
                    gain = best * math.log(best / expected) - (best - expected)
                if gain > math.log(float(n_items) * (stop - start)):
                    out_item[found], out_begin[found], out_end[found] = one, lo, hi
                    out_hits[found], out_share[found], out_expected[found] = best, share, expected
                    out_gain[found] = gain
                    found += 1
        start = stop
    return (
        out_item[:found], out_begin[:found], out_end[:found], out_hits[:found], out_share[:found],
        out_expected[:found], out_gain[:found],
    )


@compiled
def _hits(
    actor, at_s, by_actor, actor_starts, by_item, item_starts, items, targets, begin_s, end_s, share, n_actors
):
    """Accounts with at least one hit: their places, targets hit, and the hits expected of their activity."""
    count = np.zeros(n_actors, dtype=np.int64)
    last = np.full(n_actors, -1, dtype=np.int64)
    touched = np.empty(n_actors, dtype=np.int64)
    found = 0
    for column in range(len(items)):
        for place in range(item_starts[items[column]], item_starts[items[column] + 1]):
            row = by_item[place]
            if at_s[row] < begin_s[column] or at_s[row] > end_s[column]:
                continue
            who = actor[row]
            if last[who] == targets[column]:
                continue
            if count[who] == 0:
                touched[found] = who
                found += 1
            last[who] = targets[column]
            count[who] += 1
    chance = np.zeros(found)
    for place in range(found):
        who = touched[place]
        times = at_s[by_actor[actor_starts[who] : actor_starts[who + 1]]]
        for column in range(len(items)):
            active = np.searchsorted(times, end_s[column], side="right") - np.searchsorted(
                times, begin_s[column], side="left"
            )
            chance[place] += active * share[column]
        chance[place] = max(chance[place], 1e-9)
    return touched[:found], count[touched[:found]], chance
