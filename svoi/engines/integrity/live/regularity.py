"""Whether an account's pauses are the same again and again: a Beta surprise over pairs of neighbouring pauses."""

from __future__ import annotations

from array import array
from math import lgamma, log

from svoi.engines.integrity.live.mixing import mix

ALIKE = 0.02  # two pauses in a row are the same within two per cent
USUAL = 0.05  # the share of such pairs that chance and habit give a person
PAUSE_S_MIN = 2.0  # quicker taps are a finger, not a timer
SEEN_MAX = 32  # then both counts are halved, so that old habits fade
SURPRISE_NATS = 12.0  # five alike in a row; one in millions by chance


def _is_surprising(seen: int, alike: int) -> bool:
    """The log Bayes factor of any share (Beta(1, 1)) against the usual one, in the manner of BIRDNEST (Hooi, 2016)."""
    if not seen / 2 <= alike <= seen:
        return False
    any_share = lgamma(1 + alike) + lgamma(1 + seen - alike) - lgamma(2 + seen)
    return any_share - alike * log(USUAL) - (seen - alike) * log(1 - USUAL) >= SURPRISE_NATS


SURPRISING = bytes(_is_surprising(seen, alike) for seen in range(SEEN_MAX + 1) for alike in range(SEEN_MAX + 1))


class Pauses:
    """A table of `places` accounts (a power of two); who falls into another's place takes it over and begins anew."""

    __slots__ = ("alike", "at", "gap", "mask", "seen", "who")

    def __init__(self, places: int) -> None:
        self.mask = places - 1
        self.who = array("Q", bytes(8 * places))
        self.at = array("d", bytes(8 * places))
        self.gap = array("d", bytes(8 * places))
        self.seen = bytearray(places)
        self.alike = bytearray(places)

    def hear(self, actor: int, at_s: float) -> bool:
        """Note that the account acted; True when its pauses surprise."""
        mark = mix(actor, 7) | 1
        place = (mark >> 1) & self.mask
        if self.who[place] != mark:
            self.who[place], self.at[place], self.gap[place] = mark, at_s, 0.0
            self.seen[place] = self.alike[place] = 0
            return False
        gap = at_s - self.at[place]
        if gap >= PAUSE_S_MIN:
            self._note(place, gap)
            self.at[place] = at_s
        return SURPRISING[self.seen[place] * (SEEN_MAX + 1) + self.alike[place]] == 1

    def _note(self, place: int, gap: float) -> None:
        before = self.gap[place]
        self.gap[place] = gap
        if before:
            if self.seen[place] == SEEN_MAX:
                self.seen[place] //= 2
                self.alike[place] //= 2
            self.seen[place] += 1
            self.alike[place] += abs(gap - before) <= ALIKE * before

    @property
    def memory_bytes(self) -> int:
        return 26 * (self.mask + 1)
