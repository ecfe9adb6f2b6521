"""Where a rundown stands: what runs, what comes next, how long is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused

MAY_CUE = frozenset({"owner", "producer", "host"})


class CueMoved(Refused):
    """Somebody (`who`) cued another segment (`title`) meanwhile; what was pressed would now mean something else."""

    code: ClassVar[str] = "cue_moved"


class NothingPlanned(Refused):
    """The show has no rundown, so there is nothing to cue."""

    code: ClassVar[str] = "nothing_planned"


@dataclass(frozen=True, slots=True)
class Around:
    """Ids of the segment that runs, the next and the one before it in the plan; None where there is none."""

    current: int | None
    next: int | None
    back: int | None


def around(order: Sequence[int], cued: Sequence[int]) -> Around:
    """Read a plan (ids in order) at its cues (ids as they were cued, the last runs now).

    Before the first cue the first segment is next. A segment that was taken out of the plan while it ran is followed
    by what stands behind the last segment that was cued and is still planned.
    """
    if not cued:
        return Around(None, order[0] if order else None, None)
    current = cued[-1]
    known = next((one for one in reversed(cued) if one in order), None)
    if known is None:
        return Around(current, order[0] if order else None, None)
    place = order.index(known)
    following = order[place + 1] if place + 1 < len(order) else None
    if known != current:
        return Around(current, following, known)
    return Around(current, following, order[place - 1] if place else None)


def admit_cue(*, seen: int | None, latest: int | None, who: str, title: str) -> None:
    """A cue follows exactly the cue somebody saw; raises `CueMoved`."""
    if seen != latest:
        raise CueMoved(who=who, title=title)


def left_s(*, length_s: int, ran_s: int) -> int:
    """Seconds a segment still has by its plan; below zero it overruns."""
    return length_s - ran_s
