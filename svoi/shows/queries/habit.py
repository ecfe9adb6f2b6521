"""What a community's rooms did before: how many acted for those who watched, by the samples of its earlier shows."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Avg, ExpressionWrapper, F, FloatField, Max, Min
from django.db.models.functions import Coalesce, Extract, Floor

from svoi.engines.integrity.live import RoomHabit, learn_habit
from svoi.shows.models import Show, WatchSample
from svoi.shows.rules.habit import STRETCH_S

SHOWS_MAX = 12
LEARNED_FROM = timedelta(days=180)
# A stretch that was sampled for less than half of its length, as the last one of a show, teaches nothing.
SAMPLED_LEAST = timedelta(seconds=STRETCH_S / 2)


def habit_before(show: Show) -> RoomHabit:
    """The habit that the latest shows of its community that are over teach; a habit of nothing where there are none.

    Whoever weighed less is not among those who watched, nor is a crowd that was beyond the habit of its own day: what
    was found must not teach the next room to overlook it.
    """
    over = Show.objects.filter(community_id=show.community_id, ended_at__gt=show.starts_at - LEARNED_FROM)
    latest = list(over.exclude(pk=show.pk).order_by("-ended_at").values_list("pk", flat=True)[:SHOWS_MAX])
    stretch = Floor(ExpressionWrapper(Extract("at", "epoch") / STRETCH_S, output_field=FloatField()))
    samples = WatchSample.objects.filter(show_id__in=latest, acted__isnull=False, weighed__gt=0)
    rows = (
        samples.annotate(stretch=stretch)
        .values("show", "stretch")
        .annotate(
            watching=Avg(F("weighed") - Coalesce(F("excess"), 0), output_field=FloatField()),
            acting=Avg("acted"),
            lasted=Max("at") - Min("at"),
        )
        .filter(lasted__gte=SAMPLED_LEAST)
    )
    return learn_habit((row["watching"], row["acting"]) for row in rows.order_by("show", "stretch"))
