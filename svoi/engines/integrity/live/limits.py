"""What a live watch takes for granted: each number has a unit, and errs towards the honest crowd."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveLimits:
    """Raises ValueError where a size is no power of two or a limit is below one."""

    targets_max: int = 4_096  # followed at once; the one heard of longest ago gives way
    pairs_max: int = 1 << 18  # cells a row of each count-min sketch
    actors_max: int = 1 << 16  # accounts whose pauses are remembered
    window_s: float = 86_400.0  # after it, sharing is counted anew
    device_accounts_max: int = 4  # a family has a tablet
    payment_accounts_max: int = 4  # and a card
    network_accounts_max: int = 32  # only ever named beside another reason
    surge_least: float = 60.0  # events a minute above expectation: a classroom stays below
    surge_deviations: float = 6.0  # of a Poisson count around expectation
    shown_response: float = 0.5  # share of those who were shown something that may come
    shown_fade_s: float = 900.0

    def __post_init__(self) -> None:
        for size in (self.pairs_max, self.actors_max):
            if size < 2 or size & (size - 1):
                raise ValueError(f"{size} is not a power of two")
        if min(self.targets_max, self.device_accounts_max, self.payment_accounts_max, self.network_accounts_max) < 1:
            raise ValueError("a limit is below one")
        if min(self.window_s, self.shown_fade_s) <= 0:
            raise ValueError("a time is not above nought")
