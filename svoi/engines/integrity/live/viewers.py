"""How many viewers to count: those with a visible player, less the excess that the room's habit does not bear out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

DEVIATIONS = 3.0
EXCESS_LEAST = 20
STRETCHES_MIN = 10


@dataclass(frozen=True, slots=True)
class RoomHabit:
    """How many distinct viewers act (say, react, buy) in a stretch of time for each viewer with a visible player.

    All stretches are of one length: a minute, where hundreds act in one, or ten. `stretches` of the room's own past it
    was learned from; `low` is the share of quiet ones, not of usual ones: a lecture is no fraud.
    """

    low: float = 0.0
    stretches: int = 0


@dataclass(frozen=True, slots=True)
class ViewerCount:
    """`connected` sockets; `visible` distinct viewers with honest heartbeats; `counted` of them; and the excess."""

    connected: int
    visible: int
    counted: int
    excess: int


def learn_habit(stretches: Iterable[tuple[float, float]], *, quantile: float = 0.05) -> RoomHabit:
    """A habit from stretches of (visible viewers, distinct viewers who acted): the lower quantile of their ratio."""
    ratios = sorted(acted / visible for visible, acted in stretches if visible > 0)
    if not ratios:
        return RoomHabit()
    return RoomHabit(ratios[int(quantile * (len(ratios) - 1))], len(ratios))


def counted_viewers(*, connected: int, visible: int, acted: int, led_here: int, habit: RoomHabit) -> ViewerCount:
    """Counted v connected, for one stretch of a room, as long as those of its habit.

    `visible`: distinct viewers whose signed heartbeats said, in time and for the first time, that a visible player
    plays. `acted`: distinct viewers who did something in that stretch. `led_here`: people a push, a link from a show or
    a raffle led here of late; they are new to the room and owe it no habit. Viewers beyond what even a quiet stretch
    with so many acting (upper bound: acted + 3 sqrt(acted + 1)) would have are the excess. Nothing is taken away in a
    room without at least ten stretches of habit, nor for an excess below twenty.
    """
    if min(connected, visible, acted, led_here) < 0:
        raise ValueError("counts are not below nought")
    visible = min(visible, connected)
    if habit.stretches < STRETCHES_MIN or habit.low <= 0.0:
        return ViewerCount(connected, visible, visible, 0)
    borne_out = (acted + DEVIATIONS * sqrt(acted + 1)) / habit.low + led_here
    excess = max(0, visible - int(min(borne_out, visible)))  # the least habit of all bears out any number
    if excess < EXCESS_LEAST:
        excess = 0
    return ViewerCount(connected, visible, visible - excess, excess)
