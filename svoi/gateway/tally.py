"""What a room tells about its numbers: the public reads what is counted, the crew also what is raw, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from svoi.gateway.frames import line
from svoi.gateway.presence import Count, Weighed
from svoi.gateway.totals import Total
from svoi.shows.rules.habit import Bearing
from svoi.shows.rules.weighing import Mode


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of one moment. `weighed` figures are what counts when the mode is live, whatever it is now."""

    viewers: Count
    weights: Weighed = field(default_factory=Weighed)
    mode: Mode = "shadow"
    hearts: Total = field(default_factory=Total)
    chat: Total = field(default_factory=Total)
    bearing: Bearing = field(default_factory=Bearing)

    @property
    def reactions(self) -> int:
        """Counted reactions: all of them, unless weights count."""
        return self._counted(self.hearts)

    @property
    def messages(self) -> int:
        """Counted messages, in the same way."""
        return self._counted(self.chat)

    @property
    def public(self) -> tuple[int, int]:
        return self.viewers.counted, self.reactions

    def public_line(self) -> bytes:
        return line({"t": "count", "viewers": self.viewers.counted, "reactions": self.reactions})

    def crew_line(self) -> bytes:
        return line({"t": "count", **self.told_to_crew()})

    def told_to_crew(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "viewers": self.viewers.counted,
            "raw": self.viewers.raw,
            "peak": self.viewers.peak,
            "reactions": self.reactions,
            "reactions_raw": self.hearts.raw,
            "messages": self.messages,
            "messages_raw": self.chat.raw,
            "mode": self.mode,
        }
        if self.mode != "off":
            told |= {
                "weighed": self.weights.weighed,
                "why": self.weights.why,
                "reactions_weighed": self.hearts.weighed,
                "reactions_why": self.hearts.why,
                "messages_weighed": self.chat.weighed,
                "messages_why": self.chat.why,
            }
        if self.bearing.excess is not None:
            told["excess"] = self.bearing.excess
        return told

    def _counted(self, total: Total) -> int:
        return total.weighed if self.mode == "live" else total.raw
