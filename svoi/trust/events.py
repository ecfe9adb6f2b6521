"""What happened in the court: rules switched, groups ruled on."""

from __future__ import annotations

from dataclasses import dataclass

from svoi.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleModeChanged(Event):
    """A rule is off, in shadow or live from now on: told to the community and to each of its shows that is not over."""

    community_id: int
    rule: str
    mode: str
    by_id: int
    place: str
    place_id: int

    def stream(self) -> str:
        return f"{self.place}:{self.place_id}"


@dataclass(frozen=True, kw_only=True)
class GroupJudged(Event):
    """A person looked at a found group and ruled; nobody follows it live."""

    community_id: int
    group_id: int
    verdict: str
    by_id: int
