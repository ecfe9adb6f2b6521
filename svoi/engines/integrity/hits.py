"""Compiled loops of the lockstep: where members met, who hits what in windows, what activity alone would bring."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from svoi.engines.integrity.compiled import compiled
from svoi.engines.integrity.facts import Codes, Floats, Ints

Flags = npt.NDArray[np.bool_]
TOGETHER_LEAST = 3  # members in a window below which nothing met there


@compiled
def densest_window(actor: Codes, at_s: Floats, rows: Ints, width_s: float, count: Codes) -> tuple[int, int, int]:
    """Most distinct actors among `rows` (one item, in time order) within `width_s`: how many, first and last place.

    `count` (actors,) holds zeros and is left so.
    """
    left, distinct, best, best_left, best_right = 0, 0, 0, 0, 0
    for right in range(len(rows)):
        who = actor[rows[right]]
        count[who] += 1
        if count[who] == 1:
            distinct += 1
        while at_s[rows[right]] - at_s[rows[left]] > width_s:
            gone = actor[rows[left]]
            count[gone] -= 1
            if count[gone] == 0:
                distinct -= 1
            left += 1
        if distinct > best:
            best, best_left, best_right = distinct, left, right
    for place in range(left, len(rows)):
        count[actor[rows[place]]] = 0
    return best, best_left, best_right


@compiled
def _between(times: Floats, begin_s: float, end_s: float) -> int:
    """How many of the sorted moments lie between the two, both included."""
    return int(np.searchsorted(times, end_s, side="right") - np.searchsorted(times, begin_s, side="left"))


@compiled
def _public(
    actor: Codes,
    at_s: Floats,
    rows: Ints,
    is_member: Flags,
    begin_s: float,
    end_s: float,
    around_s: float,
    explained: Floats,
) -> tuple[int, int, float]:
    """Rows of one item by others, ever and around the window; how many actors exposures explain inside it."""
    others, here, pushed = 0, 0, 0.0
    for row in rows:
        if not is_member[actor[row]]:
            others += 1
            if begin_s - around_s <= at_s[row] <= end_s + around_s:
                here += 1
        if begin_s <= at_s[row] <= end_s:
            pushed = max(pushed, explained[row])
    return others, here, pushed


@compiled
def meetings(
    actor: Codes,
    item: Codes,
    at_s: Floats,
    by_item: Ints,
    item_starts: Ints,
    rows: Ints,
    own_at: Floats,
    is_member: Flags,
    width_s: float,
    explained: Floats,
    prior: float,
) -> tuple[Ints, Floats, Floats, Ints, Floats, Floats]:
    """Items on which members met beyond expectation: item, window, members there, share among others, expectation.

    The share of an item is its long-run share among everybody else, moved towards its share around the window with the
    weight of facts against `prior` facts. Members' own activity in the window times the share is what is expected, and
    what exposures explain comes on top. Kept is what a likelihood ratio puts above the choice among items and moments.
    `rows` are those of the members by item and time, `own_at` their moments in order of time.
    """
    total, n_items = len(rows), len(item_starts) - 1
    outside = max(1.0, float(len(actor) - total))
    count = np.zeros(len(is_member), dtype=np.int32)
    items, hits = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    begins, ends, shares, expecteds = np.empty(total), np.empty(total), np.empty(total), np.empty(total)
    found, start = 0, 0
    while start < total:
        one, stop = item[rows[start]], start
        while stop < total and item[rows[stop]] == one:
            stop += 1
        of_item = rows[start:stop]
        start = stop
        if len(of_item) < TOGETHER_LEAST:
            continue
        best, first, last = densest_window(actor, at_s, of_item, width_s, count)
        if best < TOGETHER_LEAST:
            continue
        begin, end = at_s[of_item[first]], at_s[of_item[last]]
        around = float(
            _between(at_s, begin - width_s, end + width_s) - _between(own_at, begin - width_s, end + width_s)
        )
        there = by_item[item_starts[one] : item_starts[one + 1]]
        others, others_here, pushed = _public(actor, at_s, there, is_member, begin, end, width_s, explained)
        share = (others + 0.5) / outside
        share = max(share, (others_here + prior * share) / (around + prior))
        own = _between(own_at, begin, end)
        expected = own * share + pushed
        gain = best * math.log(best / expected) - (best - expected) if best > expected else 0.0
        if gain > math.log(float(n_items) * len(of_item)):
            items[found], begins[found], ends[found], hits[found] = one, begin, end, best
            shares[found], expecteds[found] = min(1.0, max(share, pushed / max(own, 1))), expected
            found += 1
    return items[:found], begins[:found], ends[:found], hits[:found], shares[:found], expecteds[:found]


@compiled
def _summed(moments: Floats, share: Floats) -> tuple[Floats, Floats]:
    """The moments in order, and the sum of the shares of the first 0, 1, 2 … of them."""
    order = np.argsort(moments)
    sums = np.zeros(len(moments) + 1)
    sums[1:] = np.cumsum(share[order])
    return moments[order], sums


@compiled
def hits_of(
    actor: Codes,
    at_s: Floats,
    by_actor: Ints,
    actor_starts: Ints,
    by_item: Ints,
    item_starts: Ints,
    items: Ints,
    targets: Ints,
    begin_s: Floats,
    end_s: Floats,
    share: Floats,
) -> tuple[Ints, Ints, Floats]:
    """Accounts with a hit: places, distinct targets hit (columns are sorted by target), hits expected of activity."""
    n_actors = len(actor_starts) - 1
    count, last = np.zeros(n_actors, dtype=np.int64), np.full(n_actors, -1, dtype=np.int64)
    touched = np.empty(n_actors, dtype=np.int64)
    found = 0
    for column in range(len(items)):
        for place in range(item_starts[items[column]], item_starts[items[column] + 1]):
            row = by_item[place]
            who = actor[row]
            if at_s[row] < begin_s[column] or at_s[row] > end_s[column] or last[who] == targets[column]:
                continue
            if count[who] == 0:
                touched[found] = who
                found += 1
            last[who] = targets[column]
            count[who] += 1
    begins, begun = _summed(begin_s, share)
    ends, ended = _summed(end_s, share)
    chance = np.zeros(found)
    for place in range(found):
        who = touched[place]
        if count[who] < 2:  # no member by one hit, whatever was expected
            chance[place] = 1.0
            continue
        own = by_actor[actor_starts[who] : actor_starts[who + 1]]
        if len(own) < len(items):  # few moments are asked for their windows, many are counted in each window
            for row in own:
                open_at = np.searchsorted(begins, at_s[row], side="right")
                shut_at = np.searchsorted(ends, at_s[row], side="left")
                chance[place] += begun[open_at] - ended[shut_at]
        else:
            times = at_s[own]
            for column in range(len(items)):
                chance[place] += _between(times, begin_s[column], end_s[column]) * share[column]
        chance[place] = max(chance[place], 1e-9)
    return touched[:found], count[touched[:found]], chance


@compiled
def hit_edges(
    actor: Codes,
    at_s: Floats,
    by_item: Ints,
    item_starts: Ints,
    items: Ints,
    begin_s: Floats,
    end_s: Floats,
    place_of: Codes,
) -> tuple[Codes, Codes, Ints]:
    """Each account (by its place, -1 is left out) and column once, where it hit it inside the window; and the row."""
    total = 0
    for column in range(len(items)):
        total += item_starts[items[column] + 1] - item_starts[items[column]]
    rows, columns = np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int32)
    origin = np.empty(total, dtype=np.int64)
    last = np.full(len(place_of), -1, dtype=np.int32)
    edges = 0
    for column in range(len(items)):
        for at in range(item_starts[items[column]], item_starts[items[column] + 1]):
            row = by_item[at]
            who = actor[row]
            if place_of[who] < 0 or last[who] == column or at_s[row] < begin_s[column] or at_s[row] > end_s[column]:
                continue
            last[who] = column
            rows[edges], columns[edges], origin[edges] = place_of[who], column, row
            edges += 1
    return rows[:edges], columns[:edges], origin[:edges]
