"""What is remembered of each target: two rates, what was shown of it, and three counts of distinct, in fixed memory."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from math import exp, sqrt

from svoi.engines.integrity.live.distinct import REGISTERS, estimate, raised
from svoi.engines.integrity.live.limits import LiveLimits

KINDS = 3  # actors, devices, networks
AT, FAST, SLOW, SHOWN, SHOWN_AT, BORN = range(6)
RATES = 6
MINUTE_S, YOUNG_S, HOUR_S, DAY_S = 60.0, 600.0, 3_600.0, 86_400.0
TARGET_BYTES = KINDS * (REGISTERS + 8) + RATES * 8
INDEX_BYTES = 256  # the entry that finds it, and the number that names it


class Targets:
    """Places of at most `limits.targets_max` targets; each array holds all of them, so that compiled code reads it."""

    __slots__ = ("_limits", "_places", "harmonic", "rates", "registers")

    def __init__(self, limits: LiveLimits) -> None:
        self._limits = limits
        self._places: OrderedDict[int, int] = OrderedDict()
        self.rates = array("d", bytes(8 * RATES * limits.targets_max))
        self.registers = bytearray(KINDS * REGISTERS * limits.targets_max)
        self.harmonic = array("d", [float(REGISTERS)]) * (KINDS * limits.targets_max)

    def place_of(self, target: int) -> int:
        """The target's place; the one heard of longest ago gives way when all are taken."""
        place = self._places.get(target)
        if place is not None:
            self._places.move_to_end(target)
            return place
        if len(self._places) < self._limits.targets_max:
            place = len(self._places)
        else:
            _, place = self._places.popitem(last=False)
            self._wipe(place)
        self._places[target] = place
        return place

    def hear(self, place: int, at_s: float, *, counts: bool) -> bool:
        """Note an event; True when the last minute surges. One that an exposure led to is heard, but does not count."""
        rates, begin = self.rates, place * RATES
        since = at_s - rates[begin + AT]
        if since > 0.0:
            rates[begin + FAST] *= exp(-since / MINUTE_S)
            rates[begin + SLOW] *= exp(-since / DAY_S)
            if not rates[begin + AT]:
                rates[begin + BORN] = at_s
            rates[begin + AT] = at_s
        elif since < -HOUR_S:  # one moment from the future must not stop the clock of a target
            rates[begin + AT] = at_s
        if not counts:
            return False
        fast = rates[begin + FAST] = rates[begin + FAST] + 1.0
        rates[begin + SLOW] += 1.0
        return fast > self._limits.surge_least and self._surges(begin, fast, at_s)

    def _surges(self, begin: int, fast: float, at_s: float) -> bool:
        """Whether the minute is beyond the target's own day (never less than ten minutes) and what was shown of it."""
        rates, limits = self.rates, self._limits
        known = 1.0 - exp(-max(at_s - rates[begin + BORN], YOUNG_S) / DAY_S)
        expected = max(rates[begin + SLOW] - fast, 0.0) * MINUTE_S / (DAY_S * known)
        if rates[begin + SHOWN]:
            expected += rates[begin + SHOWN] * min(1.0, exp((rates[begin + SHOWN_AT] - at_s) / limits.shown_fade_s))
        return fast - expected > limits.surge_least + limits.surge_deviations * sqrt(expected)

    def show(self, place: int, reach: float, at_s: float) -> None:
        """Something led `reach` people here: the minute may bring the share of them that responds."""
        begin = place * RATES
        faded = exp(min(0.0, (self.rates[begin + SHOWN_AT] - at_s) / self._limits.shown_fade_s))
        self.rates[begin + SHOWN] = self.rates[begin + SHOWN] * faded + reach * self._limits.shown_response
        self.rates[begin + SHOWN_AT] = at_s

    def note(self, place: int, *keys: int) -> None:
        """A distinct actor, device and network, by their hashes with the target."""
        for at, key in enumerate(keys, place * KINDS):
            change = raised(self.registers, at * REGISTERS, key)
            if change:
                self.harmonic[at] += change

    def distinct(self, target: int) -> tuple[float, float, float]:
        """Estimates of distinct actors, devices and networks within the window; noughts for a target not followed."""
        place = self._places.get(target)
        if place is None:
            return 0.0, 0.0, 0.0
        actors, devices, networks = (self._estimate(place * KINDS + kind) for kind in range(KINDS))
        return actors, devices, networks

    def forget_distinct(self) -> None:
        self.registers[:] = bytes(len(self.registers))
        self.harmonic[:] = array("d", [float(REGISTERS)]) * len(self.harmonic)

    def _estimate(self, at: int) -> float:
        begin = at * REGISTERS
        return estimate(self.harmonic[at], self.registers.count(0, begin, begin + REGISTERS))

    def _wipe(self, place: int) -> None:
        self.rates[place * RATES : (place + 1) * RATES] = array("d", bytes(8 * RATES))
        width = KINDS * REGISTERS
        self.registers[place * width : (place + 1) * width] = bytes(width)
        self.harmonic[place * KINDS : (place + 1) * KINDS] = array("d", [float(REGISTERS)]) * KINDS

    @property
    def memory_bytes(self) -> int:
        return (TARGET_BYTES + INDEX_BYTES) * self._limits.targets_max
