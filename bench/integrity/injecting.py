"""Attacks put into real data: new accounts on existing targets, each target in its own window, with camouflage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

DAY_S = 86_400.0
Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Attack:
    """`accounts` act on `targets`, each pair with chance `density`, inside `window_s`; camouflage per attack fact.

    `together` gives all targets one window, otherwise each has its own anywhere in the data.
    """

    accounts: int = 50
    targets: int = 20
    density: float = 0.5
    camouflage: float = 1.0
    window_s: float = DAY_S
    together: bool = False
    is_aged: bool = False


def inject(facts: Columns, attack: Attack, seed: int) -> tuple[Columns, npt.NDArray[np.int64]]:
    """The facts with the attack among them, and the attackers. Camouflage follows popularity at any time."""
    dice = np.random.default_rng(seed)
    begin, end = float(facts["at_s"].min()), float(facts["at_s"].max())
    targets = dice.choice(np.unique(facts["target"]), attack.targets, replace=False)
    attackers = int(facts["actor"].max()) + 1 + dice.permutation(attack.accounts * 3)[: attack.accounts]
    if attack.is_aged:
        attackers = dice.choice(np.unique(facts["actor"]), attack.accounts, replace=False)
    starts = dice.uniform(begin, max(begin, end - attack.window_s), 1 if attack.together else attack.targets)
    starts = np.broadcast_to(starts, attack.targets)
    who, what = np.nonzero(_hits(dice, attack))
    moments = starts[what] + dice.uniform(0, attack.window_s, len(who))
    spare = dice.integers(0, len(facts["target"]), round(attack.camouflage * len(who)))
    hiding = dice.choice(who, len(spare)) if len(who) else who
    added = {
        "actor": np.concatenate((attackers[who], attackers[hiding])),
        "target": np.concatenate((targets[what], facts["target"][spare])),
        "at_s": np.concatenate((moments, dice.uniform(begin, end, len(spare)))),
        "verb": np.zeros(len(who) + len(spare), dtype=np.int64),
    }
    whole = {name: np.concatenate((facts[name], added[name])) for name in added}
    return whole, np.unique(attackers[who])


def _hits(dice: np.random.Generator, attack: Attack) -> npt.NDArray[np.bool_]:
    return dice.random((attack.accounts, attack.targets)) < attack.density


def shuffled_actors(facts: Columns, seed: int) -> Columns:
    """The facts with actors exchanged inside each day: every target keeps its daily total, lockstep is gone."""
    dice = np.random.default_rng(seed)
    day = np.floor(facts["at_s"] / DAY_S)
    order, mixed = np.argsort(day, kind="stable"), np.lexsort((dice.random(len(day)), day))
    actor = facts["actor"].copy()
    actor[order] = facts["actor"][mixed]
    return facts | {"actor": actor}


def f1(found: set[int], wanted: set[int]) -> tuple[float, float, float]:
    """F1, precision and recall over accounts."""
    hit = len(found & wanted)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(wanted))
    return (2 * precision * recall / (precision + recall) if hit else 0.0), precision, recall
