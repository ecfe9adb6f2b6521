"""What a room tells about its numbers: the public reads what is counted, the crew also what is raw, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from svoi.gateway.frames import line
from svoi.gateway.presence import Count, Weighed
from svoi.shows.rules.weighing import Mode


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of one moment. `weighed` figures are what counts when the mode is live, whatever it is now."""

    viewers: Count
    weights: Weighed = field(default_factory=Weighed)
    mode: Mode = "shadow"
    reactions_raw: int = 0
    reactions_weighed: int = 0
    reactions_why: dict[str, int] = field(default_factory=dict)

    @property
    def reactions(self) -> int:
        """Counted reactions: all of them, unless weights count."""
        return self.reactions_weighed if self.mode == "live" else self.reactions_raw

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
            "reactions_raw": self.reactions_raw,
            "mode": self.mode,
        }
        if self.mode != "off":
            told |= {
                "weighed": self.weights.weighed,
                "why": self.weights.why,
                "reactions_weighed": self.reactions_weighed,
                "reactions_why": self.reactions_why,
            }
        return told
