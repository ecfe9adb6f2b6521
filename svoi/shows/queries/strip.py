"""The live strip: what the crew sees of a show while it runs, each figure from recorded facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, Sum

from svoi.orders.models import LINE_PAID, OrderLine
from svoi.shows.models import Show, WatchBeat, WatchSample

SAMPLE_FRESH_S = 30


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


def live_strip(*, show_id: int, at: datetime) -> LiveStrip:
    """Read the strip of a show; five queries whatever its size."""
    show = Show.objects.get(pk=show_id)
    now = _now(show, at)
    peak = WatchSample.objects.filter(show=show).aggregate(raw=Max("raw"), counted=Max("counted"))
    unique = (
        WatchBeat.objects.filter(show=show, counted=True).aggregate(people=Count("viewer", distinct=True))["people"]
        or 0
    )
    paid = Q(order__paid_at__isnull=False)
    money = OrderLine.objects.filter(origin_kind="show", origin_id=show_id).aggregate(
        placed=Count("order", distinct=True),
        paid=Count("order", distinct=True, filter=paid),
        buyers=Count("order__buyer", distinct=True, filter=paid),
        minor=Sum(LINE_PAID, filter=paid),
    )
    paid_minor = money["minor"] or 0
    return LiveStrip(
        viewers_raw=now[0],
        viewers_counted=now[1],
        peak_raw=peak["raw"] or 0,
        peak_counted=peak["counted"] or 0,
        unique_viewers=unique,
        orders=money["placed"],
        paid_orders=money["paid"],
        buyers=money["buyers"],
        paid_minor=paid_minor,
        conversion=money["buyers"] / unique if unique else None,
        gpm_minor=round(paid_minor * 1000 / unique) if unique else None,
        as_of=at,
    )


def _now(show: Show, at: datetime) -> tuple[int, int]:
    fresh = show.samples.filter(at__gte=at - timedelta(seconds=SAMPLE_FRESH_S)).order_by("-at")
    return fresh.values_list("raw", "counted").first() or (0, 0)
