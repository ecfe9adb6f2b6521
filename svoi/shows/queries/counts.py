"""What shows came to, raw and counted, and how they were counted anew: the log behind every shown number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, Max, QuerySet

from svoi.shows.models import ChatMessage, Recount, Show, WatchSample

SHOWS_MAX = 10
RECOUNTS_MAX = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A number before checks and after."""

    raw: int = 0
    counted: int = 0

    @property
    def is_lower(self) -> bool:
        return self.counted < self.raw


@dataclass(frozen=True, slots=True)
class ShowCount:
    """A show's numbers as they are shown; `why` is {"viewers": {reason: viewers}, …}, `excess` the most at a moment.

    `mode` is what weights were in at the end; `recount` is the one that holds, or the last that was tried.
    """

    show: Show
    peak: Pair
    reactions: Pair
    messages: Pair
    mode: str
    why: dict[str, dict[str, int]] = field(default_factory=dict)
    excess: int = 0
    recount: Recount | None = None


class _Most(NamedTuple):
    raw: int
    counted: int
    excess: int | None


def counts_of_shows(*, community_id: int) -> list[ShowCount]:
    """The latest shows in which somebody was there, the newest first; six queries, however many they are."""
    aired = Show.objects.filter(community_id=community_id, went_live_at__isnull=False)
    shows = list(aired.order_by("-went_live_at")[:SHOWS_MAX])
    samples, recounts = WatchSample.objects.filter(show__in=shows), Recount.objects.filter(show__in=shows)
    last = {one.show_id: one for one in samples.order_by("show_id", "-at").distinct("show_id")}
    at_most = {"most_raw": Max("raw"), "most_counted": Max("counted"), "most_excess": Max("excess")}
    most = {show_id: _Most(*told) for show_id, *told in samples.order_by().values_list("show_id").annotate(**at_most)}
    tried, held = _latest(recounts), _latest(recounts.filter(is_dry=False))
    said = dict(ChatMessage.objects.filter(show__in=shows).values_list("show_id").annotate(number=Count("pk")))
    return [
        _count(one, last[one.pk], most[one.pk], held.get(one.pk), tried.get(one.pk), said.get(one.pk, 0))
        for one in shows
        if one.pk in last
    ]


def recounts_of(*, community_id: int) -> list[Recount]:
    """How a community's shows were counted anew, tried ones included, the latest first."""
    rows = Recount.objects.filter(show__community_id=community_id).select_related("show")
    return list(rows.order_by("-at", "-pk")[:RECOUNTS_MAX])


def _latest(recounts: QuerySet[Recount]) -> dict[int, Recount]:
    return {one.show_id: one for one in recounts.order_by("show_id", "-at", "-pk").distinct("show_id")}


def _count(
    show: Show, last: WatchSample, most: _Most, held: Recount | None, tried: Recount | None, said: int
) -> ShowCount:
    shown = held if held is not None and show.ended_at else None
    told = shown or last
    peak = Pair(shown.peak_raw, shown.peak_counted) if shown else Pair(most.raw, most.counted)
    if told.messages_raw is None or told.messages_counted is None:
        messages = Pair(said, said)
    else:
        messages = Pair(told.messages_raw, told.messages_counted)
    return ShowCount(
        show=show,
        peak=peak,
        reactions=Pair(told.reactions_raw, told.reactions_counted),
        messages=messages,
        mode="live" if shown else last.mode,
        why=(shown or tried or last).reasons,
        excess=most.excess or 0,
        recount=shown or tried,
    )
