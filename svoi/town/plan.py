"""What is to be built, its calendar and its dice: the same plan, the same town."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

DAY_S = 86_400
MONDAY_S = 1_780_261_200  # 2026-06-01 00:00 in Moscow
SIZES = {"brand": 1_000, "retailer": 100_000, "region": 1_000_000}


@dataclass(frozen=True, slots=True)
class Plan:
    """People, the seed, whole days from `start_s` (Unix seconds, a midnight in Moscow), seconds between two beats."""

    people: int
    seed: int
    days: int
    start_s: float = MONDAY_S
    beat_s: float = 60.0

    def __post_init__(self) -> None:
        if self.people < 50 or self.days < 1 or self.beat_s <= 0:
            raise ValueError("a town has at least 50 people, one day and a beat")

    @property
    def end_s(self) -> float:
        return self.start_s + self.days * DAY_S

    def day_start(self, day: int) -> float:
        return self.start_s + day * DAY_S

    def weekday(self, day: int) -> int:
        """0 is Monday, in Moscow."""
        return int((self.day_start(day) - MONDAY_S) // DAY_S) % 7

    def dice(self, label: str, *numbers: int) -> np.random.Generator:
        """Dice of their own for every part of the town, so that one part never shifts another's."""
        return np.random.default_rng([self.seed, zlib.crc32(label.encode()), *numbers])
