"""A show's numbers worked out anew: its recorded deeds go over the same scales again, with other limits if asked."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Literal

from svoi.engines.integrity.live import LiveLimits
from svoi.kernel.refused import Refused
from svoi.shows.rules.weighing import (
    COUNTED_FOR_S,
    HALVES,
    NO_TRACES,
    ROOM_LIMITS,
    Scales,
    Traces,
    counted,
    people_by_reason,
)

TRACES_KEPT: Final = timedelta(days=90)
RECOUNT_AFTER: Final = timedelta(minutes=3)  # the last rows of telemetry are written by then


class ShowNotOver(Refused):
    """Only a show that is over is counted anew; while it runs its numbers are live."""

    code: ClassVar[str] = "show_not_over"


class RecountTooLate(Refused):
    """The traces of the show are dropped, so a recount could only give back what was rightly taken off."""

    code: ClassVar[str] = "recount_too_late"


class LimitUnknown(Refused):
    """There is no such limit, or it cannot have this value (`name`)."""

    code: ClassVar[str] = "limit_unknown"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something on record of a room, at a moment (Unix seconds).

    A beat, reaction or message of a `viewer`; a fact, whose `kind` and `payload` are as it was recorded; or a sample,
    whose `payload` has `raw` and `present`.
    """

    at_s: float
    what: Literal["fact", "beat", "reaction", "message", "sample"]
    viewer: str = ""
    traces: Traces = NO_TRACES
    counts: bool = False
    kind: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a show came to; `viewers` are distinct.

    `reasons` is {"viewers": {reason: viewers}, "reactions": {…}, "messages": {…}}.
    """

    viewers_raw: int
    viewers_counted: int
    peak_raw: int
    peak_counted: int
    reactions_raw: int
    reactions_counted: int
    messages_raw: int
    messages_counted: int
    reasons: dict[str, dict[str, int]]


def admit_recount(*, ended_at: datetime | None, at: datetime) -> None:
    """Raise `ShowNotOver` or `RecountTooLate`."""
    if ended_at is None:
        raise ShowNotOver()
    if at - ended_at >= TRACES_KEPT:
        raise RecountTooLate()


def limits_with(changes: Mapping[str, float]) -> LiveLimits:
    """The room's limits with some of them changed. Raises `LimitUnknown`."""
    known = asdict(ROOM_LIMITS)
    for name, value in changes.items():
        if name not in known or (isinstance(known[name], int) and value != int(value)):
            raise LimitUnknown(name=name)
    try:
        return replace(ROOM_LIMITS, **{name: type(known[name])(value) for name, value in changes.items()})
    except ValueError:
        raise LimitUnknown(name=", ".join(changes)) from None


def replay(
    show_id: int, deeds: Iterable[Deed], *, reach: float, said: int, limits: LiveLimits = ROOM_LIMITS
) -> Numbers:
    """Weigh the deeds of a show, given in order of time; as its room did, if the limits are the same.

    `said` is how many messages are on record: one whose traces are not counts in full.
    """
    return _Replay(show_id, reach=reach, limits=limits).run(deeds, said=said)


class _Replay:
    def __init__(self, show_id: int, *, reach: float, limits: LiveLimits) -> None:
        self.scales = Scales(show_id, reach=reach, limits=limits)
        self.heard: set[str] = set()
        self.viewers: dict[str, int] = {}  # who ever counted: her reasons by her last beat that did
        self.reactors: dict[str, int] = {}
        self.talkers: dict[str, int] = {}
        self.reactions = self.halves = self.taken_of_messages = self.peak_raw = self.peak_counted = 0
        self.now: Counter[int] = Counter()
        self.until: dict[str, tuple[float, int]] = {}
        self.ends: deque[tuple[float, str]] = deque()

    def run(self, deeds: Iterable[Deed], *, said: int) -> Numbers:
        is_first = True
        for deed in deeds:
            if is_first:
                self.scales.expect(self.scales.reach, at_s=deed.at_s)
                is_first = False
            self._let_go(deed.at_s)
            getattr(self, f"_{deed.what}")(deed)
        people = Counter(self.viewers.values())
        return Numbers(
            viewers_raw=len(self.heard),
            viewers_counted=counted(people),
            peak_raw=self.peak_raw,
            peak_counted=min(self.peak_counted, self.peak_raw),
            reactions_raw=self.reactions,
            reactions_counted=self.halves // 2,
            messages_raw=said,
            messages_counted=max(0, 2 * said - self.taken_of_messages) // 2,
            reasons={
                "viewers": people_by_reason(people),
                "reactions": people_by_reason(Counter(self.reactors.values())),
                "messages": people_by_reason(Counter(self.talkers.values())),
            },
        )

    def _fact(self, deed: Deed) -> None:
        self.scales.hear_fact(deed.kind, deed.payload, at_s=deed.at_s)

    def _beat(self, deed: Deed) -> None:
        viewer = deed.viewer
        seen = self.scales.watch(viewer, deed.traces, at_s=deed.at_s, counts=deed.counts)
        self.heard.add(viewer)
        if not deed.counts and viewer not in self.until:
            return
        until, before = self.until.get(viewer, (0.0, seen))
        if until:
            self.now[before] -= 1
        if deed.counts:
            until = deed.at_s + COUNTED_FOR_S
            self.ends.append((until, viewer))
        self.now[seen] += 1
        self.until[viewer] = (until, seen)
        self.viewers[viewer] = seen

    def _reaction(self, deed: Deed) -> None:
        seen = self.scales.react(deed.viewer, deed.traces, at_s=deed.at_s)
        self.reactions += 1
        self.halves += HALVES[seen]
        if seen:
            self.reactors[deed.viewer] = self.reactors.get(deed.viewer, 0) | seen

    def _message(self, deed: Deed) -> None:
        seen = self.scales.say(deed.viewer, deed.traces, at_s=deed.at_s)
        self.taken_of_messages += 2 - HALVES[seen]
        if seen:
            self.talkers[deed.viewer] = self.talkers.get(deed.viewer, 0) | seen

    def _sample(self, deed: Deed) -> None:
        """Who left at once is known to the sample alone, so the peak is the least of both."""
        self.peak_raw = max(self.peak_raw, deed.payload["raw"])
        self.peak_counted = max(self.peak_counted, min(deed.payload["present"], counted(self.now)))

    def _let_go(self, at_s: float) -> None:
        while self.ends and self.ends[0][0] <= at_s:
            end, viewer = self.ends.popleft()
            until, seen = self.until.get(viewer, (0.0, 0))
            if until == end:
                self.now[seen] -= 1
                del self.until[viewer]
