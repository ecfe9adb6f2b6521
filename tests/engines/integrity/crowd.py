"""An organic crowd and a ring inside it, both by a seed: small enough for a test, of the shape of real ones."""

from __future__ import annotations

import numpy as np

DAY_S = 86_400.0


def crowd(seed, *, accounts=300, targets=120, days=90, verbs=("like", "view")):
    """Columns of facts: accounts of uneven activity at targets of uneven popularity, in sessions of their own."""
    dice = np.random.default_rng(seed)
    actor = np.repeat(np.arange(accounts), dice.geometric(0.08, accounts))
    popular = 1.0 / np.arange(1, targets + 1)
    target = 10_000 + dice.choice(targets, len(actor), p=popular / popular.sum())
    at_s = 1.7e9 + dice.uniform(0, days * DAY_S, len(actor))
    return {"actor": actor, "verb": dice.choice(list(verbs), len(actor)), "target": target, "at_s": at_s}


def with_ring(facts, seed, *, ring=20, targets=12, hours=12.0, first=5_000):
    """The same with a ring of accounts from `first` on, each at half of the ring's targets within some hours."""
    dice = np.random.default_rng(seed)
    chosen = dice.choice(np.unique(facts["target"]), targets, replace=False)
    who, what = np.nonzero(dice.random((ring, targets)) < 0.5)
    at_s = facts["at_s"].mean() + dice.uniform(0, hours * 3600, len(who))
    own = {"actor": first + who, "verb": np.full(len(who), facts["verb"][0]), "target": chosen[what], "at_s": at_s}
    return {name: np.concatenate([facts[name], own[name]]) for name in facts}
