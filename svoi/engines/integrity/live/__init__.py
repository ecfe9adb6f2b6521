"""Integrity in real time: events weighed 1, 0.5 or 0 with reasons, in fixed memory; viewers counted against habit."""

from svoi.engines.integrity.live.counting import CountMin
from svoi.engines.integrity.live.distinct import Distinct
from svoi.engines.integrity.live.limits import LiveLimits
from svoi.engines.integrity.live.mixing import mix
from svoi.engines.integrity.live.reasons import VERDICTS, Reason, Verdict
from svoi.engines.integrity.live.viewers import RoomHabit, ViewerCount, counted_viewers, learn_habit
from svoi.engines.integrity.live.watch import LiveWatch

__all__ = [
    "VERDICTS",
    "CountMin",
    "Distinct",
    "LiveLimits",
    "LiveWatch",
    "Reason",
    "RoomHabit",
    "Verdict",
    "ViewerCount",
    "counted_viewers",
    "learn_habit",
    "mix",
]
