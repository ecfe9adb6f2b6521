"""What a plan becomes when it is moved: everybody's time moves with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from svoi.kernel.refused import Refused
from svoi.planning.rules.conflicts import Plan, Work

Span = tuple[datetime, datetime]


class ShiftOutside(Refused):
    """Work on a show lies between the beginning of its preparation and its end (`begins_at`, `ends_at`)."""

    code: ClassVar[str] = "shift_outside"


class HostNeeded(Refused):
    """The only host of a show cannot be taken off: name another one first."""

    code: ClassVar[str] = "host_needed"


def carried(span: Span, *, was: Span, becomes: Span) -> Span:
    """Somebody's time after the show moved: as far from both ends as before, never outside; at worst all of it."""
    begins_at = max(becomes[0] + (span[0] - was[0]), becomes[0])
    ends_at = min(becomes[1] - (was[1] - span[1]), becomes[1])
    return (begins_at, ends_at) if begins_at < ends_at else becomes


def moved(plan: Plan, *, studio_id: int, studio_community_id: int, turn_around_min: int, becomes: Span) -> Plan:
    """The plan in another studio, or at another time, or longer or shorter."""
    was = (plan.begins_at, plan.ends_at)
    work = []
    for one in plan.work:
        begins_at, ends_at = carried((one.begins_at, one.ends_at), was=was, becomes=becomes)
        work.append(replace(one, begins_at=begins_at, ends_at=ends_at))
    return replace(
        plan,
        studio_id=studio_id,
        studio_community_id=studio_community_id,
        turn_around_min=turn_around_min,
        begins_at=becomes[0],
        ends_at=becomes[1],
        work=tuple(work),
    )


def recast(plan: Plan, *, before: int, after: int) -> Plan:
    """The plan with another host in place of one."""
    if before == after:
        return plan
    kept = [one for one in plan.work if not (one.is_host and one.member_id in (before, after))]
    host = Work(member_id=after, begins_at=plan.begins_at, ends_at=plan.ends_at)
    return replace(plan, work=(*kept, host))


def within(span: Span, *, whole: Span) -> Span:
    """Somebody's time, when it lies within the show's; raises `ShiftOutside`."""
    if not whole[0] <= span[0] < span[1] <= whole[1]:
        raise ShiftOutside(begins_at=whole[0], ends_at=whole[1])
    return span


def admit_withdrawal(*, is_host: bool, other_hosts: int) -> None:
    """A show is never without a host; raises `HostNeeded`."""
    if is_host and not other_hosts:
        raise HostNeeded()
