"""A balance and what it is made of: for every entry what it said, what each step took off, and what is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

STEPS = ("decay", "repeats", "group", "mutual", "giver", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One entry's part of a balance, in micro-points: `raw` and the changes by the steps add up to `value`.

    A change of a credit is at most 0; a penalty is changed by decay alone, towards 0.
    """

    number: int
    rule: str
    version: int
    counterparty: int | None
    raw: int
    decay: int
    repeats: int = 0
    group: int = 0
    mutual: int = 0
    giver: int = 0
    capacity: int = 0

    @property
    def value(self) -> int:
        return self.raw + self.decay + self.repeats + self.group + self.mutual + self.giver + self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The standing of one chain at `at`, in micro-points; `parts` by number, their values adding up to `micro`."""

    at: int
    micro: int
    parts: tuple[Part, ...] = field(default=())

    def by_rule(self) -> dict[tuple[str, int], int]:
        """(rule, version) -> its micro-points of the balance, in alphabetic order."""
        sums: dict[tuple[str, int], int] = defaultdict(int)
        for part in self.parts:
            sums[part.rule, part.version] += part.value
        return dict(sorted(sums.items()))


def shared_out(total: int, weights: list[int]) -> list[int]:
    """`total` in whole parts near its proportion to `weights` (>= 0): they add up exactly, none exceeds its weight.

    `total` is at most the sum of weights. Rounding is of running sums, so that the remainder is spread.
    """
    whole, run, dealt, shares = sum(weights), 0, 0, []
    for weight in weights:
        run += weight
        upto = total * run // whole if whole else 0
        shares.append(upto - dealt)
        dealt = upto
    return shares
