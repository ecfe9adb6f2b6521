"""The habit of a community's rooms: for so many who watch, how many speak or react within ten minutes.

A crowd that sits there and does nothing, on clean devices and in no hurry, is seen by nothing else. But people who
listen in silence look the same, so what is found here is told to the crew and never taken off (see
`trust.rules.ONLY_SHADOW`): in a simulated town a quiet show after lively ones has people who are really there beyond
the habit.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Final

from svoi.engines.integrity.live import RoomHabit, counted_viewers

RULE: Final = "room_habit"
# In a minute of a small room nobody acts at all; in ten, a room of a hundred has a habit.
STRETCH_S: Final = 600.0
LOOK_EVERY_S: Final = 10.0
ACTED_MAX: Final = 1 << 15
ACTED_BYTES: Final = 200  # what is held of one who acted
UNKNOWN: Final = RoomHabit()


@dataclass(frozen=True, slots=True)
class Bearing:
    """How many acted within the last stretch, and how many who watch are beyond what those bear out.

    None where that is not known: before a whole stretch has passed, or in a room without a habit.
    """

    acted: int | None = None
    excess: int | None = None


class Habit:
    """Holds the last stretch of one room against its habit, in bounded memory. Times are Unix seconds, in order."""

    def __init__(self, habit: RoomHabit = UNKNOWN) -> None:
        self.habit = habit
        self._acted: OrderedDict[str, float] = OrderedDict()  # the moment of her last deed, the latest at the end
        self._watching: deque[tuple[float, int]] = deque(maxlen=int(STRETCH_S / LOOK_EVERY_S))
        self._since_s: float | None = None

    def act(self, viewer: str, *, at_s: float) -> None:
        """A viewer spoke or reacted, and that counts in full."""
        self._acted[viewer] = at_s
        self._acted.move_to_end(viewer)
        if len(self._acted) > ACTED_MAX:
            # Of somebody we forget we would say that she did nothing: no judgement before a whole stretch is known.
            self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._acted.clear()
        self._watching.clear()
        self._since_s = None

    def look(self, watching: int, *, led_here: float, at_s: float) -> Bearing:
        """What the last stretch bears out of those who watch now; `led_here` owe the room no habit."""
        while self._acted and next(iter(self._acted.values())) <= at_s - STRETCH_S:
            self._acted.popitem(last=False)
        if self._since_s is None:
            self._since_s = at_s
        if not self._watching or at_s - self._watching[-1][0] >= LOOK_EVERY_S:
            self._watching.append((at_s, watching))
        if at_s - self._since_s < STRETCH_S:
            return Bearing()
        lately = [people for moment, people in self._watching if moment > at_s - STRETCH_S]
        # Whoever just came has had no time to act: those count who were there through the stretch, on the average.
        usual = min(watching, round(sum(lately) / len(lately)))
        acted = len(self._acted)
        if self.habit == UNKNOWN:
            return Bearing(acted)
        seen = counted_viewers(connected=usual, visible=usual, acted=acted, led_here=round(led_here), habit=self.habit)
        return Bearing(acted, seen.excess)

    @property
    def memory_bytes(self) -> int:
        """The most this will ever hold."""
        return ACTED_MAX * ACTED_BYTES
