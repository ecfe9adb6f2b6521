"""Working a show's numbers out anew, and forgetting the traces they are worked out from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.shows.events import ShowRecounted
from svoi.shows.models import MessageWeight, Reaction, Recount, Show, WatchBeat
from svoi.shows.queries.recounts import deeds_of, last_mode
from svoi.shows.rules.recounting import TRACES_KEPT, admit_recount, limits_with, replay
from svoi.shows.rules.weighing import RULE_VERSION

ROWS_A_TIME = 5_000
AFTER_END = "after the end"  # why the clock counts anew


@atomic
def recount_show(
    *, show_id: int, why: str, at: datetime, dry_run: bool, limits: Mapping[str, float] | None = None
) -> Recount:
    """Replay what is on record of an ended show and write down what it comes to; what is shown follows it, if not dry.

    Nothing is written before everything is read, so that a long show holds up no numbering of events.
    Raises `ShowNotOver`, `RecountTooLate` or `LimitUnknown`.
    """
    show = Show.objects.get(pk=show_id)
    admit_recount(ended_at=show.ended_at, at=at)
    changed = dict(limits or {})
    reach = show.community.memberships.count()
    said = show.messages.count()
    numbers = replay(show_id, deeds_of(show_id), reach=reach, said=said, limits=limits_with(changed))
    recount = Recount.objects.create(
        show=show, at=at, version=RULE_VERSION, limits=changed, why=why[:200], is_dry=dry_run, **asdict(numbers)
    )
    if not dry_run:
        figures = {name: number for name, number in asdict(numbers).items() if name != "reasons"}
        record(ShowRecounted(show_id=show_id, recount_id=recount.pk, version=RULE_VERSION, why=recount.why, **figures))
    return recount


def recount_after_end(*, show_id: int, at: datetime) -> Recount:
    """Count a show anew when it is over; where weights did not count, it is only tried."""
    return recount_show(show_id=show_id, why=AFTER_END, at=at, dry_run=last_mode(show_id) != "live")


def drop_old_traces(*, at: datetime) -> int:
    """Forget hashes of devices and networks that are older than 90 days; how many rows had some."""
    dropped = 0
    for model in (WatchBeat, Reaction, MessageWeight):
        traced = model.objects.filter(Q(device__isnull=False) | Q(network__isnull=False), at__lt=at - TRACES_KEPT)
        while some := list(traced.order_by("at").values_list("pk", flat=True)[:ROWS_A_TIME]):
            dropped += model.objects.filter(pk__in=some).update(device=None, network=None)
    return dropped
