"""The live strip: what the crew sees of a show while it runs, each figure from recorded facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, Sum

from svoi.orders.models import LINE_PAID, OrderLine
from svoi.shows.models import ChatMessage, Recount, Show, WatchBeat, WatchSample
from svoi.shows.queries.recounts import last_recount, standing_recount
from svoi.shows.rules.weighing import Mode, mode_of

SAMPLE_FRESH_S = 30


@dataclass(frozen=True, slots=True)
class Room:
    """The numbers of a show's room, and why some of those who were there count for less: {reason: viewers}.

    `unique` are distinct viewers; `weighed` is what is counted now, or would be if weights counted. In mode shadow the
    reasons are told and nothing is taken off. `excess` viewers are beyond the room's habit, which is only told.
    """

    raw: int = 0
    counted: int = 0
    peak_raw: int = 0
    peak_counted: int = 0
    unique: int = 0
    reactions_raw: int = 0
    reactions_counted: int = 0
    messages_raw: int = 0
    messages_counted: int = 0
    mode: Mode = "off"
    weighed: int = 0
    why: dict[str, int] = field(default_factory=dict)
    reactions_why: dict[str, int] = field(default_factory=dict)
    messages_why: dict[str, int] = field(default_factory=dict)
    excess: int = 0
    is_recounted: bool = False


@dataclass(frozen=True, slots=True)
class LiveStrip:
    """Figures of one show as of a moment. Money in minor units; ratios are None while nobody watched.

    `conversion` is buyers per unique counted viewer, `gpm_minor` is paid money per 1,000 unique counted viewers (UV).
    """

    viewers_raw: int
    viewers_counted: int
    peak_raw: int
    peak_counted: int
    unique_viewers: int
    orders: int
    paid_orders: int
    buyers: int
    paid_minor: int
    conversion: float | None
    gpm_minor: int | None
    as_of: datetime
    room: Room = field(default_factory=Room)


def live_strip(*, show_id: int, at: datetime) -> LiveStrip:
    """Read the strip of a show; seven queries at most, whatever its size."""
    show = Show.objects.get(pk=show_id)
    room = room_numbers(show, at=at)
    paid = Q(order__paid_at__isnull=False)
    money = OrderLine.objects.filter(origin_kind="show", origin_id=show_id).aggregate(
        placed=Count("order", distinct=True),
        paid=Count("order", distinct=True, filter=paid),
        buyers=Count("order__buyer", distinct=True, filter=paid),
        minor=Sum(LINE_PAID, filter=paid),
    )
    paid_minor = money["minor"] or 0
    return LiveStrip(
        viewers_raw=room.raw,
        viewers_counted=room.counted,
        peak_raw=room.peak_raw,
        peak_counted=room.peak_counted,
        unique_viewers=room.unique,
        orders=money["placed"],
        paid_orders=money["paid"],
        buyers=money["buyers"],
        paid_minor=paid_minor,
        conversion=money["buyers"] / room.unique if room.unique else None,
        gpm_minor=round(paid_minor * 1000 / room.unique) if room.unique else None,
        as_of=at,
        room=room,
    )


def room_numbers(show: Show, *, at: datetime) -> Room:
    """From the newest recount that holds, where the show has one; else from samples and heartbeats."""
    standing = standing_recount(show.pk) if show.ended_at else None
    if standing is not None:
        return _recounted(standing, said=_said(show.pk, standing))
    last = show.samples.order_by("-at").first() or WatchSample(at=show.starts_at, raw=0, counted=0)
    is_fresh = last.at >= at - timedelta(seconds=SAMPLE_FRESH_S)
    peak = show.samples.aggregate(raw=Max("raw"), counted=Max("counted"))
    unique = WatchBeat.objects.filter(show=show, counted=True).aggregate(people=Count("viewer", distinct=True))[
        "people"
    ]
    tried = last_recount(show.pk) if show.ended_at else None
    reasons, said = tried.reasons if tried else last.reasons, _said(show.pk, last)
    return Room(
        raw=last.raw if is_fresh else 0,
        counted=last.counted if is_fresh else 0,
        peak_raw=peak["raw"] or 0,
        peak_counted=peak["counted"] or 0,
        unique=unique or 0,
        reactions_raw=last.reactions_raw,
        reactions_counted=last.reactions_counted,
        messages_raw=said[0],
        messages_counted=said[1],
        mode=mode_of(last.mode),
        weighed=(last.weighed or 0) if is_fresh else 0,
        why=reasons.get("viewers", {}),
        reactions_why=reasons.get("reactions", {}),
        messages_why=reasons.get("messages", {}),
        excess=(last.excess or 0) if is_fresh else 0,
    )


def _said(show_id: int, told: WatchSample | Recount) -> tuple[int, int]:
    """Messages, raw and counted. Where nobody counted them every message on record counts."""
    if told.messages_raw is None or told.messages_counted is None:
        number = ChatMessage.objects.filter(show_id=show_id).count()
        return number, number
    return told.messages_raw, told.messages_counted


def _recounted(recount: Recount, *, said: tuple[int, int]) -> Room:
    return Room(
        peak_raw=recount.peak_raw,
        peak_counted=recount.peak_counted,
        unique=recount.viewers_counted,
        reactions_raw=recount.reactions_raw,
        reactions_counted=recount.reactions_counted,
        messages_raw=said[0],
        messages_counted=said[1],
        mode="live",
        why=recount.reasons.get("viewers", {}),
        reactions_why=recount.reasons.get("reactions", {}),
        messages_why=recount.reasons.get("messages", {}),
        is_recounted=True,
    )
