"""Who steers a show. The right to steer stays with roles; the hold only keeps two people from steering at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

HOLD_SILENCE_S = 60  # a console that is open says every `RENEW_S` that it is there
RENEW_S = 15


class ControlHeld(Refused):
    """Somebody else (`who`, id `holder_id`) steers since `since`; taking control is one press away."""

    code: ClassVar[str] = "control_held"


class ControlMoved(Refused):
    """Control went from one hand to another while somebody pressed: `who` holds it now."""

    code: ClassVar[str] = "control_moved"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who steers, since when, and when she was last heard of."""

    hold_id: int
    member_id: int
    name: str
    taken_at: datetime
    seen_at: datetime


def silent_since(at: datetime) -> datetime:
    """Whoever was last heard of before this moment no longer steers."""
    return at - timedelta(seconds=HOLD_SILENCE_S)


def is_heard(holder: Holder | None, *, at: datetime) -> bool:
    """Whether somebody steers: a hold expires after silence."""
    return holder is not None and holder.seen_at > silent_since(at)


def admit_steering(holder: Holder | None, *, by_id: int, at: datetime) -> None:
    """Let a step through for whoever steers, or when nobody does; raises `ControlHeld`."""
    if holder is not None and is_heard(holder, at=at) and holder.member_id != by_id:
        raise ControlHeld(who=holder.name, holder_id=holder.member_id, since=holder.taken_at)


def admit_taking(holder: Holder | None, *, seen: int | None, by_id: int, at: datetime) -> None:
    """Taking over is for the hold somebody saw (its id, None for nobody): two who press at once do not both get it."""
    if holder is None or not is_heard(holder, at=at) or holder.member_id == by_id:
        return
    if holder.hold_id != seen:
        raise ControlMoved(who=holder.name)
