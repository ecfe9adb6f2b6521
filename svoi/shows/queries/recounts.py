"""What is on record of a show's room, in order of time; and how its numbers were worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from operator import attrgetter
from typing import Literal

from svoi.db.models import OutboxEvent
from svoi.kernel.traces import UNKNOWN
from svoi.shows.models import MessageWeight, Reaction, Recount, Show, WatchBeat, WatchSample, WeighedRow
from svoi.shows.rules.recounting import RECOUNT_AFTER, TRACES_KEPT, Deed
from svoi.shows.rules.weighing import Mode, Traces, mode_of

ROWS_A_TIME = 2_000


def standing_recount(show_id: int) -> Recount | None:
    """The newest recount that was not only tried; what is shown of an ended show follows it."""
    return Recount.objects.filter(show_id=show_id, is_dry=False).order_by("-at", "-pk").first()


def last_recount(show_id: int) -> Recount | None:
    """The newest recount, tried or not."""
    return Recount.objects.filter(show_id=show_id).order_by("-at", "-pk").first()


def due_for_recount(*, at: datetime) -> list[int]:
    """Shows that ended some minutes ago, still have their traces, and were never counted anew; the earliest first."""
    ended = Show.objects.filter(ended_at__lte=at - RECOUNT_AFTER, ended_at__gt=at - TRACES_KEPT, recounts=None)
    return list(ended.order_by("ended_at").values_list("pk", flat=True))


def last_mode(show_id: int) -> Mode:
    """In which mode the room weighed at its end."""
    last = WatchSample.objects.filter(show_id=show_id).order_by("-at").values_list("mode", flat=True).first()
    return mode_of(last)


def deeds_of(show_id: int) -> Iterator[Deed]:
    """Everything on record of a show's room, in order of time. Call it inside a transaction: it reads as it goes."""
    sources = (
        _facts(show_id),
        _samples(show_id),
        _beats(show_id),
        _rows(Reaction, show_id),
        _rows(MessageWeight, show_id),
    )
    return merge(*sources, key=attrgetter("at_s"))


def _facts(show_id: int) -> Iterator[Deed]:
    rows = OutboxEvent.objects.filter(stream=f"show:{show_id}").order_by("at", "pk")
    for kind, payload, at in rows.values_list("kind", "payload", "at").iterator(chunk_size=ROWS_A_TIME):
        yield Deed(at.timestamp(), "fact", kind=kind, payload=payload)


def _samples(show_id: int) -> Iterator[Deed]:
    rows = WatchSample.objects.filter(show_id=show_id).order_by("at").values_list("at", "raw", "counted", "present")
    for at, raw, counted, present in rows.iterator(chunk_size=ROWS_A_TIME):
        told = counted if present is None else present
        yield Deed(at.timestamp(), "sample", payload={"raw": raw, "present": told})


def _beats(show_id: int) -> Iterator[Deed]:
    rows = WatchBeat.objects.filter(show_id=show_id).order_by("at", "pk")
    names = ("at", "viewer", "device", "network", "counted")
    for at, viewer, device, network, counts in rows.values_list(*names).iterator(chunk_size=ROWS_A_TIME):
        yield Deed(at.timestamp(), "beat", viewer, _traces(device, network), counts)


def _rows(model: type[WeighedRow], show_id: int) -> Iterator[Deed]:
    what: Literal["reaction", "message"] = "reaction" if model is Reaction else "message"
    rows = model._default_manager.filter(show_id=show_id).order_by("at", "pk")  # noqa: SLF001 - Django's documented name
    names = ("at", "viewer", "device", "network")
    for at, viewer, device, network in rows.values_list(*names).iterator(chunk_size=ROWS_A_TIME):
        yield Deed(at.timestamp(), what, viewer, _traces(device, network))


def _traces(device: int | None, network: int | None) -> Traces:
    return Traces(UNKNOWN if device is None else device, UNKNOWN if network is None else network)
