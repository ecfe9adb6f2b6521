"""When a room flushes: at once when it was idle, else as often as its audience and its talk allow."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

WRITES_PER_SECOND_MAX = 100_000  # measured: about what one core hands to the kernel
_WINDOWS_S = ((5_000, 0.05), (10_000, 0.1), (20_000, 0.2))
# Of more than a hundred lines a second nobody reads each: a longer pause is not seen, and saves most of the writes.
TALK_PAUSE_S_MAX = 0.13
_PAUSE_S_PER_LINE = 0.05 / 115

Window = Callable[[int, float], float]


def window_s(viewers: int, talk: float) -> float:
    """The shortest pause between two flushes to so many viewers, of so many lines a second."""
    for most, pause in _WINDOWS_S:
        if viewers <= most:
            return max(pause, min(TALK_PAUSE_S_MAX, talk * _PAUSE_S_PER_LINE))
    return viewers / WRITES_PER_SECOND_MAX


def no_window_s(viewers: int, talk: float) -> float:
    """Every message by itself: what the measurement compares with."""
    return 0.0


class Cadence:
    """Says when the next flush is due; times are seconds of any steady clock."""

    def __init__(self, window: Window = window_s) -> None:
        self._window = window
        self._flushed_at = float("-inf")
        self._talk = 0.0  # lines of about the last second, older ones fading

    def due_at(self, at: float, *, viewers: int, urgent: bool) -> float:
        """The moment to flush what is pending now: `at` itself when idle or urgent."""
        if urgent:
            return at
        return max(at, self._flushed_at + self._window(viewers, self._talk))

    def flushed(self, at: float, lines: int) -> None:
        """So many lines went out at this moment."""
        self._talk = self._talk * exp(self._flushed_at - at) + lines
        self._flushed_at = at
