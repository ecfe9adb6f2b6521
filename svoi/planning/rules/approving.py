"""Whether a plan was agreed to, and which step may follow."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from svoi.kernel.refused import Refused

Approval = Literal["draft", "asked", "approved", "declined", "moved"]
DECISIONS = ("approved", "declined")


class SlotStale(Refused):
    """Somebody changed this plan after she looked: `by`, `begins_at`, `ends_at` and `studio_id` as they are now."""

    code: ClassVar[str] = "slot_stale"


class SlotGone(Refused):
    """This show was taken out of the calendar."""

    code: ClassVar[str] = "slot_gone"


class ShowBegun(Refused):
    """The show is on air or over; its plan is history."""

    code: ClassVar[str] = "show_begun"


class NotAsked(Refused):
    """Nobody asked for a decision about this plan as it stands now."""

    code: ClassVar[str] = "approval_not_asked"


class PlacedAlready(Refused):
    """This show stands in the calendar already."""

    code: ClassVar[str] = "placed_already"


def approval_of(*, asked_version: int | None, decision: str, version: int) -> Approval:
    """Where a plan stands: what was agreed to and then moved has to be agreed to anew."""
    if asked_version is None:
        return "draft"
    if asked_version != version:
        return "moved" if decision == "approved" else "draft"
    if decision == "approved":
        return "approved"
    return "declined" if decision == "declined" else "asked"


def admit_change(*, seen: int, version: int, is_removed: bool, has_begun: bool, now: dict[str, object]) -> None:
    """Let a change of a plan through only to somebody who saw the plan as it is. `now` explains a `SlotStale`."""
    if is_removed:
        raise SlotGone()
    if has_begun:
        raise ShowBegun()
    if seen != version:
        raise SlotStale(**now)


def admit_decision(*, standing: Approval) -> None:
    """Only what was asked can be decided; raises `NotAsked`."""
    if standing != "asked":
        raise NotAsked()


def series_may_change(*, standing: Approval, is_by_hand: bool, starts_at: datetime, at: datetime) -> bool:
    """A pattern changes only what is to come, was not agreed to, and was not moved by hand."""
    return starts_at > at and standing not in ("approved", "moved") and not is_by_hand
