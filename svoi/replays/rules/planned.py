"""A show as it was planned beside the show as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svoi.replays.rules.chapters import Chapter

ON_TIME_S = 120  # a show that begins up to two minutes after its hour is on time


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """What a rundown says of one segment; `product_id` is None for talk without a product."""

    title: str
    length_s: int
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProductMinutes:
    """How long a product was to be explained and was; `planned_s` is None where nothing was planned."""

    product_id: int
    planned_s: int | None
    actual_s: int

    @property
    def drift_s(self) -> int | None:
        return None if self.planned_s is None else self.actual_s - self.planned_s


@dataclass(frozen=True, slots=True)
class PlanBesideActual:
    """`late_s` is negative when the show began early. `planned_s` is None without a rundown."""

    late_s: int
    planned_s: int | None
    actual_s: int
    products: tuple[ProductMinutes, ...]

    @property
    def is_on_time(self) -> bool:
        return self.late_s <= ON_TIME_S

    @property
    def drift_s(self) -> int | None:
        return None if self.planned_s is None else self.actual_s - self.planned_s


def plan_beside_actual(
    *, late_s: int, actual_s: int, chapters: Iterable[Chapter], planned: Sequence[PlannedSegment] | None = None
) -> PlanBesideActual:
    """Minutes by product: those of the plan in its order, then what was explained without a plan, in order of time."""
    explained: dict[int, int] = {}
    for chapter in chapters:
        explained[chapter.product_id] = explained.get(chapter.product_id, 0) + chapter.length_ms
    wanted: dict[int, int] = {}
    for segment in planned or ():
        if segment.product_id is not None:
            wanted[segment.product_id] = wanted.get(segment.product_id, 0) + segment.length_s
    products = tuple(
        ProductMinutes(product_id, wanted.get(product_id), round(explained.get(product_id, 0) / 1000))
        for product_id in dict.fromkeys([*wanted, *explained])
    )
    whole = None if planned is None else sum(segment.length_s for segment in planned)
    return PlanBesideActual(late_s, whole, actual_s, products)
