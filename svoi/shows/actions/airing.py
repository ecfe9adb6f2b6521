"""Going on air, pausing, and ending."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.actions import close_allotments
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.flashing import call_off_standing
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.actions.pinning import take_down_pin
from svoi.shows.events import BreakEnded, BreakStarted, ShowEnded, ShowStarted
from svoi.shows.models import Break, StreamKey
from svoi.shows.rules.airing import admit_start, require_on_air


@atomic
def start_show(*, show_id: int, by: Member, at: datetime) -> None:
    """Go on air; raise `AlreadyLive`, `ShowEnded`, or `NoSignal` while no picture arrives."""
    show = locked_open_show(show_id)
    admit_start(stage=show.stage(), signal=show.ingests.filter(offline_at__isnull=True).exists())
    show.went_live_at = at
    show.save(update_fields=["went_live_at"])
    record(ShowStarted(show_id=show_id, by_id=by.pk, started_at=round(at.timestamp() * 1000)))
    wake_relay()


@atomic
def end_show(*, show_id: int, by: Member, at: datetime) -> None:
    """End the show for good: pin and flash deal come to their end, the key is void, the recording stays."""
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    take_down_pin(show, by=by, at=at)
    call_off_standing(show, by=by, at=at)
    close_allotments(show_id=show_id, at=at)
    Break.objects.filter(show=show, ended_at__isnull=True).update(ended_at=at)
    StreamKey.objects.filter(show=show, revoked_at__isnull=True).update(revoked_at=at)
    show.ended_at = at
    show.save(update_fields=["ended_at"])
    record(ShowEnded(show_id=show_id, by_id=by.pk, ended_at=round(at.timestamp() * 1000)))
    wake_relay()


@atomic
def start_break(*, show_id: int, by: Member, at: datetime) -> None:
    """Declare a technical break; a second declaration changes nothing."""
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    _, began = Break.objects.get_or_create(show=show, ended_at=None, defaults={"began_at": at})
    if began:
        record(BreakStarted(show_id=show_id, by_id=by.pk))
        wake_relay()


@atomic
def end_break(*, show_id: int, by: Member, at: datetime) -> None:
    """Go on after a break; without one nothing changes."""
    show = locked_open_show(show_id)
    if Break.objects.filter(show=show, ended_at__isnull=True).update(ended_at=at):
        record(BreakEnded(show_id=show_id, by_id=by.pk))
        wake_relay()
