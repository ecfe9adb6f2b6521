"""How much of an account's pauses are the same pause again: a program on a timer, not a person."""

from __future__ import annotations

import numpy as np

from svoi.engines.integrity.ranks.acts import Acts, Floats, distinct

ALIKE = 0.01  # two pauses are the same within one per cent
STEPS_MIN = 50  # a pause must be so many steps of the table's clock long, or rounding alone makes pauses alike
PAUSES_MIN = 8


def clockwork(acts: Acts) -> Floats:
    """Nats per pair of neighbouring pauses, for each account: divergence of the share of alike ones from everybody's.

    The share expected is that of two pauses drawn from all accounts. Zero for accounts with fewer than eight pauses.
    """
    order = np.lexsort((acts.at_s, acts.who))
    who, gap = acts.who[order][1:], np.diff(acts.at_s[order])
    own = acts.who[order][1:] == acts.who[order][:-1]
    worth = np.zeros(len(acts.accounts))
    long = own & (gap >= STEPS_MIN * _tick(acts))
    both = long[1:] & long[:-1] & (who[1:] == who[:-1])
    if not both.any():
        return worth
    length = np.log(np.where(long, gap, 1.0))
    alike = np.abs(np.diff(length)) <= ALIKE
    seen = np.bincount(who[1:][both], minlength=len(worth))
    same = np.bincount(who[1:][both], alike[both], minlength=len(worth))
    usual = _usual(np.sort(length[long]))
    share = (same + usual) / (seen + 1.0)
    divergence = share * np.log(share / usual) + (1 - share) * np.log((1 - share) / (1 - usual))
    return np.asarray(np.where((seen + 1 >= PAUSES_MIN) & (share > usual), divergence, 0.0))


def _tick(acts: Acts) -> float:
    """The step of the clock: the smallest difference between two different moments of the table."""
    steps = np.diff(distinct(np.round(acts.at_s, 3)))
    return float(steps.min()) if len(steps) else 1.0


def _usual(lengths: Floats) -> float:
    """The chance that two pauses of the table are alike; never quite nothing and never half."""
    total = len(lengths)
    near = np.searchsorted(lengths, lengths + ALIKE, side="right") - np.arange(total) - 1
    return float(np.clip(2 * near.sum() / max(total * (total - 1), 1), 1e-3, 0.5))
