"""How unusual a value is among a few others, in a way that one odd value among them does not sway.

The modified z of Iglewicz and Hoaglin (1993): 0.6745 · (x − median) ÷ MAD, and where more than half of the values are
the same (MAD is nought) (x − median) ÷ (1.253314 · mean absolute deviation).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

SCORE_MAX = 10.0  # where the others never differed at all, any difference is as large as can be


def robust_score(value: float, others: Sequence[float]) -> float:
    """Below nought when the value is less than usual; nought when it is the usual one. `others` is not empty."""
    middle = median(others)
    away = [abs(one - middle) for one in others]
    spread = median(away) / 0.6745 or 1.253314 * fmean(away)
    if value == middle:
        return 0.0
    score = (value - middle) / spread if spread else SCORE_MAX * (1 if value > middle else -1)
    return max(-SCORE_MAX, min(SCORE_MAX, score))
