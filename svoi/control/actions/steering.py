"""Taking control of a show, letting it go, and every step that only whoever steers takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from svoi.control.events import ControlReleased, ControlTaken
from svoi.control.models import Hold
from svoi.control.queries.steering import holder_read
from svoi.control.rules.steering import admit_steering, admit_taking, is_heard
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic, required
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show, locked_show
from svoi.shows.models import Show

Told = TypeVar("Told")


@atomic
def steer(*, verb: Callable[..., Told], show_id: int, by: Member, at: datetime, **asked: Any) -> Told:
    """Take a step that one person at a time takes: start, end, break, cue, arm, fire.

    Raises `ControlHeld` while somebody else steers. When nobody does, the step takes control with it. The right to the
    step is not asked here: the caller has loaded the show by it.
    """
    show = locked_show(show_id)
    if show.ended_at is None:
        hold_on(show, by=by, at=at)
    return verb(show_id=show_id, by=by, at=at, **asked)


def hold_on(show: Show, *, by: Member, at: datetime) -> Hold:
    """Be the one who steers a locked show, or raise `ControlHeld`."""
    required()
    standing = _standing(show)
    holder = holder_read(standing) if standing else None
    admit_steering(holder, by_id=by.pk, at=at)
    if standing is not None and standing.member_id == by.pk and is_heard(holder, at=at):
        return _seen(standing, at=at)
    return _take(show, standing, by=by, at=at)


@atomic
def take_control(*, show_id: int, seen: int | None, by: Member, at: datetime) -> Hold:
    """Steer from now on, whoever steered until now; she is told at once. `seen` is the hold the taker saw.

    Raises `ShowEnded`, and `ControlMoved` when somebody else took control in between: two who press at the same
    moment do not wrestle. Taking what is one's own is no new act.
    """
    show = locked_open_show(show_id)
    standing = _standing(show)
    holder = holder_read(standing) if standing else None
    admit_taking(holder, seen=seen, by_id=by.pk, at=at)
    if standing is not None and standing.member_id == by.pk and is_heard(holder, at=at):
        return _seen(standing, at=at)
    return _take(show, standing, by=by, at=at)


@atomic
def release_control(*, show_id: int, by: Member, at: datetime) -> None:
    """Let go; without control nothing changes."""
    show = locked_show(show_id)
    standing = _standing(show)
    if standing is None or standing.member_id != by.pk:
        return
    standing.ended_at = at
    standing.save(update_fields=["ended_at"])
    record(ControlReleased(show_id=show_id, by_id=by.pk, hold_id=standing.pk))
    wake_relay()


@atomic
def stay_in_control(*, show_id: int, by: Member, at: datetime) -> bool:
    """The console of whoever steers is open; False when she does not steer (any more). Nothing is told."""
    return bool(Hold.objects.filter(show_id=show_id, member=by, ended_at=None, seen_at__lte=at).update(seen_at=at))


def _standing(show: Show) -> Hold | None:
    return (
        Hold.objects.select_for_update(of=("self",)).select_related("member").filter(show=show, ended_at=None).first()
    )


def _seen(hold: Hold, *, at: datetime) -> Hold:
    hold.seen_at = max(hold.seen_at, at)
    hold.save(update_fields=["seen_at"])
    return hold


def _take(show: Show, standing: Hold | None, *, by: Member, at: datetime) -> Hold:
    taken_from = None
    if standing is not None:
        heard = is_heard(holder_read(standing), at=at)
        taken_from = standing.member_id if heard and standing.member_id != by.pk else None
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
    hold = Hold.objects.create(show=show, member=by, taken_at=at, seen_at=at)
    record(ControlTaken(show_id=show.pk, by_id=by.pk, hold_id=hold.pk, from_id=taken_from))
    wake_relay()
    return hold
