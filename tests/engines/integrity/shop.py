"""A small shop with heavy tails and a daily rhythm, and a group put into it."""

from __future__ import annotations

import numpy as np

DAY_S = 86_400.0
BEGIN_S = 1_700_000_000.0


def shop(*, people: int = 400, things: int = 150, facts: int = 6_000, days: int = 60, seed: int = 0):
    """People like things by popularity, more by day than by night; nobody acts together."""
    dice = np.random.default_rng(seed)
    people_p, things_p = dice.lognormal(0, 1, people), np.arange(1, things + 1) ** -0.8
    hour = dice.normal(15, 4, facts) % 24
    return {
        "actor": dice.choice(people, facts, p=people_p / people_p.sum()) + 1_000,
        "verb": dice.choice(["like", "view"], facts),
        "target": dice.choice(things, facts, p=things_p / things_p.sum()) * 7 + 3,
        "at_s": BEGIN_S + dice.integers(0, days, facts) * DAY_S + hour * 3_600,
    }


def with_group(table, *, accounts: int = 30, targets: int = 12, density: float = 0.7, seed: int = 1):
    """The table with accounts that like the same targets, each target within some day; and these accounts."""
    dice = np.random.default_rng(seed)
    who, what = np.nonzero(dice.random((accounts, targets)) < density)
    members = 900_000 + 13 * np.arange(accounts)
    chosen = dice.choice(np.unique(table["target"]), targets, replace=False)
    starts = BEGIN_S + dice.uniform(0, 55 * DAY_S, targets)
    added = {
        "actor": members[who],
        "verb": np.full(len(who), "like"),
        "target": chosen[what],
        "at_s": starts[what] + dice.uniform(0, DAY_S, len(who)),
    }
    return {name: np.concatenate((table[name], added[name])) for name in table}, set(members.tolist()), chosen
