"""What a viewer, a message and a reaction weigh in one room: the live watch, asked in the room's own words.

Nothing is punished here: a weight of one half or nought takes a number down, never a person. What a fact of the room
explains, people coming because the show began, an envelope or a deal, is expected and lowers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from math import exp
from typing import Any, Final, Literal, get_args

from svoi.engines.integrity.live import VERDICTS, LiveLimits, LiveWatch, Reason, mix
from svoi.kernel.traces import UNKNOWN

Mode = Literal["off", "shadow", "live"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
RULE: Final = "live_weights"
RULE_VERSION: Final = 1

COUNTED_FOR_S: Final = 30.0  # how long one honest heartbeat counts a viewer
ROOM_LIMITS: Final = LiveLimits(targets_max=4, pairs_max=1 << 17, actors_max=1 << 15)
KNOWN_MAX: Final = 1 << 15
KNOWN_BYTES: Final = 400  # what is held of one viewer
REASONS_SHOWN_MAX: Final = 5

BITS: Final = {reason: 1 << place for place, reason in enumerate(Reason)}
HALVES: Final = tuple(int(2 * weight) for weight, _ in VERDICTS)
_SEEN: Final = {reasons: place for place, (_, reasons) in reversed(list(enumerate(VERDICTS))) if reasons} | {(): 0}
_SURGE, _METRONOME = BITS[Reason.SURGE], BITS[Reason.METRONOME]
_WATCH, _SAY, _REACT = 1, 2, 3
_CALLING: Final = frozenset(
    {"show_started", "break_ended", "signal_restored", "envelope_sent", "flash_fired", "reminders_rang"}
)
_SHOWING: Final = frozenset(
    {"product_pinned", "shown_stock_returned", "shown_price_changed", "poll_fired", "message_pinned"}
)


@dataclass(frozen=True, slots=True)
class Traces:
    """Keyed hashes of a viewer's device and network (see `kernel.traces`); -1 where unknown."""

    device: int = UNKNOWN
    network: int = UNKNOWN


NO_TRACES: Final = Traces()


@dataclass(slots=True)
class _Known:
    """A viewer as far as the room remembers her; `surges` are kept for her stay, one bit set for each deed."""

    player: int
    hand: int
    seen: int = 0
    surges: int = 0
    has_arrived: bool = False
    counted_until_s: float = 0.0


class Scales:
    """The scales of one room. Answers are bit sets of reasons, numbered by `BITS`; `HALVES` turns them into weights.

    Times are Unix seconds and should not go back. `reach` is how many people may hear of the show: an exposure leads
    some of them here. Memory is bounded by `memory_bytes`.
    """

    def __init__(self, show_id: int, *, reach: float = 0.0, limits: LiveLimits = ROOM_LIMITS) -> None:
        self.show_id = show_id
        self.reach = reach
        self._limits = limits
        self._watch = LiveWatch(limits)
        self._known: dict[str, _Known] = {}
        self._led, self._led_at_s = 0.0, float("-inf")

    def watch(self, viewer: str, traces: Traces, *, at_s: float, counts: bool) -> int:
        """A heartbeat. That heartbeats come like a clock is how they are made, so their rhythm says nothing."""
        known = self._known.get(viewer) or self._note(viewer)
        exposure = self.show_id if known.has_arrived else UNKNOWN
        known.has_arrived = True
        if counts:
            known.counted_until_s = at_s + COUNTED_FOR_S
        seen = self._weigh(known.player, _WATCH, traces, at_s=at_s, exposure=exposure) & ~_METRONOME
        known.seen = self._kept(known, _WATCH, seen)
        return known.seen

    def say(self, viewer: str, traces: Traces, *, at_s: float) -> int:
        """An admitted message."""
        return self._act(viewer, _SAY, traces, at_s=at_s)

    def react(self, viewer: str, traces: Traces, *, at_s: float) -> int:
        """A reaction."""
        return self._act(viewer, _REACT, traces, at_s=at_s)

    def expect(self, people: float, *, at_s: float) -> None:
        """So many people were led here just now."""
        if people > 0:
            self._watch.show(_WATCH, people, at_s)
            self._led = self.led_here(at_s) + people * self._limits.shown_response
            self._led_at_s = max(at_s, self._led_at_s)

    def led_here(self, at_s: float) -> float:
        """About how many of those who are here now came because something led them here of late."""
        return self._led * exp(min(0.0, self._led_at_s - at_s) / self._limits.shown_fade_s) if self._led else 0.0

    def hear_fact(self, kind: str, payload: Mapping[str, Any], *, at_s: float) -> None:
        """A fact of the room: some call people in, some make those who are here speak and react."""
        if kind in _CALLING:
            told = payload.get("reach")
            self.expect(told if isinstance(told, (int, float)) else self.reach, at_s=at_s)
        if kind in _CALLING or kind in _SHOWING:
            for deed in (_SAY, _REACT):
                self._watch.show(deed, len(self._known), at_s)

    def recall(self, viewer: str, traces: Traces, *, at_s: float, seen: int) -> None:
        """Somebody who was here in an earlier life of this process, weighed as she was then."""
        known = self._known.get(viewer) or self._note(viewer)
        known.counted_until_s = at_s + COUNTED_FOR_S
        known.has_arrived = True
        known.seen = self._kept(known, _WATCH, seen)
        self._weigh(known.player, _WATCH, traces, at_s=at_s, exposure=self.show_id)

    @property
    def memory_bytes(self) -> int:
        """The most these scales will ever hold."""
        return self._watch.memory_bytes + KNOWN_MAX * KNOWN_BYTES

    def _act(self, viewer: str, deed: int, traces: Traces, *, at_s: float) -> int:
        """Whoever honestly watches was led to act by the show itself; what is known of her as a viewer is added."""
        known = self._known.get(viewer) or self._note(viewer)
        exposure = self.show_id if known.counted_until_s > at_s else UNKNOWN
        seen = self._weigh(known.hand, deed, traces, at_s=at_s, exposure=exposure)
        return _named(self._kept(known, deed, seen) | known.seen)

    def _weigh(self, actor: int, deed: int, traces: Traces, *, at_s: float, exposure: int) -> int:
        _, reasons = self._watch.weigh(actor, deed, at_s, traces.device, traces.network, exposure=exposure)
        return _SEEN[reasons]

    def _kept(self, known: _Known, deed: int, seen: int) -> int:
        """The engine names a surge once for each account; it belongs to her deeds of that kind as long as she stays."""
        if seen & _SURGE:
            known.surges |= 1 << deed
        elif known.surges & (1 << deed):
            seen |= _SURGE
        return _named(seen)

    def _note(self, viewer: str) -> _Known:
        if len(self._known) >= KNOWN_MAX:
            del self._known[next(iter(self._known))]
        known = self._known[viewer] = _known(viewer)
        return known


def mode_of(told: object) -> Mode:
    """The mode that was told; the shadow for what is missing or not known, so that nothing is taken off by mistake."""
    for mode in MODES:
        if told == mode:
            return mode
    return "shadow"


def reasons_of(seen: int) -> tuple[Reason, ...]:
    """The reasons in a bit set; none for one that lowers nothing."""
    return VERDICTS[seen][1]


def people_by_reason(people: Mapping[int, int] | Iterable[tuple[int, int]]) -> dict[str, int]:
    """How many people each reason is said of, the most first, from (bit set, people)."""
    pairs = people.items() if isinstance(people, Mapping) else people
    told: dict[str, int] = {}
    for seen, number in pairs:
        for reason in reasons_of(seen):
            told[reason.value] = told.get(reason.value, 0) + number
    return dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0])))


def shown_reasons(people: Mapping[int, int] | Iterable[tuple[int, int]]) -> dict[str, int]:
    """The few reasons said of most people, for a line that is told every second."""
    return dict(list(people_by_reason(people).items())[:REASONS_SHOWN_MAX])


def counted(people: Mapping[int, int]) -> int:
    """The whole number of the sum of weights, from (bit set: how many)."""
    return sum(HALVES[seen] * number for seen, number in people.items()) // 2


def _named(seen: int) -> int:
    """A bit set that lowers nothing is told as nothing."""
    return seen if VERDICTS[seen][1] else 0


def _known(viewer: str) -> _Known:
    number = int.from_bytes(blake2b(viewer.encode(), digest_size=8).digest()) >> 1
    return _Known(player=mix(number, _WATCH) >> 1, hand=number)
