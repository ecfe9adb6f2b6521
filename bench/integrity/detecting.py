"""Attacks put into real data and found again; clean and exchanged data, where nothing is to be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.integrity.data import NAMES, NoData, load
from bench.integrity.fraudar import fraudar
from bench.integrity.injecting import DAY_S, Attack, Columns, f1, inject, shuffled_actors
from svoi.engines.integrity import find_groups

SEEDS = 5
HARD_SEEDS = 1
EXCHANGES = 34  # of each data set: about 100 together
GATES = {
    "50 x 20, density .5, 24 h": (Attack(), 0.97),
    "the same, camouflage 3x": (Attack(camouflage=3.0), 0.90),
    "the same, density .3": (Attack(density=0.3), 0.85),
}
HARD = {
    "20 x 10, density .6": Attack(accounts=20, targets=10, density=0.6),
    "20 x 10, density .3": Attack(accounts=20, targets=10, density=0.3),
    "50 x 20 within 7 days": Attack(window_s=7 * DAY_S),
    "50 x 20 within 60 days": Attack(window_s=60 * DAY_S),
    "50 x 20, one day for all targets": Attack(together=True),
    "50 x 20 by old accounts": Attack(is_aged=True),
    "8 x 12, density .5": Attack(accounts=8, targets=12),
}


def rows() -> Iterator[dict[str, Any]]:
    """Rows of the table; a data set that is not here is named."""
    for name in NAMES:
        try:
            facts = load(name)
        except NoData as why:
            yield {"path": f"integrity: {name}", "figure": "skipped", "peer": str(why)}
            continue
        for title, (attack, demanded) in GATES.items():
            yield _detection(name, facts, title, attack, SEEDS, f">= {demanded}", with_peer=True)
        for title, attack in HARD.items():
            yield _detection(name, facts, title, attack, HARD_SEEDS, "reported", with_peer=False)
        yield _clean(name, facts)


def _detection(
    name: str, facts: Columns, title: str, attack: Attack, seeds: int, demanded: str, *, with_peer: bool
) -> dict[str, Any]:
    ours, peers = [], []
    for seed in range(seeds):
        table, attackers = inject(facts, attack, seed)
        wanted = set(attackers.tolist())
        groups = find_groups(table)
        ours.append(f1({member for group in groups for member in group.members.tolist()}, wanted))
        if with_peer:
            peers.append(f1(_densest(table), wanted)[0])
    score, precision, recall = np.mean(ours, axis=0)
    each = " ".join(f"{one[0]:.2f}" for one in ours)
    return {
        "path": f"integrity: {name}, {title}",
        "figure": f"F1 {score:.3f} (P {precision:.2f}, R {recall:.2f}; {each})",
        "peer": f"FRAUDAR, F1 {np.mean(peers):.2f}" if peers else "",
        "ratio": "",
        "demanded": demanded,
    }


def _densest(table: Columns) -> set[int]:
    actors, actor = np.unique(table["actor"], return_inverse=True)
    targets, target = np.unique(table["target"], return_inverse=True)
    pairs = np.unique(actor * len(targets) + target)
    found, _, _ = fraudar((pairs // len(targets)).tolist(), (pairs % len(targets)).tolist(), len(actors), len(targets))
    return set(actors[sorted(found)].tolist())


def _clean(name: str, facts: Columns) -> dict[str, Any]:
    flagged = sum(len(group.members) for group in find_groups(facts))
    exchanged = sum(len(find_groups(shuffled_actors(facts, seed))) for seed in range(EXCHANGES))
    return {
        "path": f"integrity: {name} as it is, and actors exchanged inside days",
        "figure": f"{flagged} accounts; {exchanged} groups in {EXCHANGES} exchanges",
        "peer": f"FRAUDAR flags {len(_densest(facts))} accounts",
        "ratio": "",
        "demanded": "0 accounts; <= 1 group in 100",
    }
