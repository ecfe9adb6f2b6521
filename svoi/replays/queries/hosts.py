"""The hosts' cards of a community, from the facts as they stand: a return that arrives later changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Min, Q
from django.utils import timezone

from svoi.communities.models import Community
from svoi.envelopes.models import Envelope
from svoi.flash.models import FlashDeal
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.replays.models import ClaimSaid
from svoi.replays.queries.facts import facts_of
from svoi.replays.rules import CARD_DAYS, RETENTION_DAYS, Card, Format, Hosted, card_of, format_of, rests_of
from svoi.shows.models import Show

Key = TypeVar("Key")
Slot = tuple[int, int]  # weekday (Monday is 0) and hour, by the shop's time zone


@dataclass(frozen=True, slots=True)
class HostCards:
    """A host with her card, and the same by slot and by format, the most hours first."""

    host: Member
    whole: Card
    by_slot: tuple[tuple[Slot, Card], ...]
    by_format: tuple[tuple[Format, Card], ...]


def host_cards(*, community: Community, at: datetime, host_id: int | None = None) -> list[HostCards]:
    """Of everybody who hosted here in the last `CARD_DAYS` days, by name; of one host alone with `host_id`."""
    shows = Show.objects.filter(
        community=community, ended_at__isnull=False, ended_at__lte=at, went_live_at__gte=at - timedelta(days=CARD_DAYS)
    )
    if host_id is not None:
        shows = shows.filter(host_id=host_id)
    found = list(shows.select_related("host").order_by("went_live_at", "pk"))
    hosted = _hosted(community, found, at=at)
    by_host: dict[Member, list[Hosted]] = defaultdict(list)
    for show in found:
        by_host[show.host].append(hosted[show.pk])
    return [_cards(host, shown) for host, shown in sorted(by_host.items(), key=lambda one: one[0].name.casefold())]


def _cards(host: Member, shows: list[Hosted]) -> HostCards:
    by_slot: dict[Slot, list[Hosted]] = defaultdict(list)
    by_format: dict[Format, list[Hosted]] = defaultdict(list)
    for one in shows:
        by_slot[one.weekday, one.hour].append(one)
        by_format[one.format].append(one)
    return HostCards(host, card_of(shows), _by_hours(by_slot), _by_hours(by_format))


def _by_hours(grouped: dict[Key, list[Hosted]]) -> tuple[tuple[Key, Card], ...]:
    cards = [(key, card_of(shows)) for key, shows in grouped.items()]
    return tuple(sorted(cards, key=lambda one: -one[1].hours))


def _hosted(community: Community, shows: Sequence[Show], *, at: datetime) -> dict[int, Hosted]:
    ids, facts = [show.pk for show in shows], facts_of(shows)
    deals = set(FlashDeal.objects.filter(show_id__in=ids, firing__isnull=False).values_list("show_id", flat=True))
    gifts = set(Envelope.objects.filter(place="show", place_id__in=ids).values_list("place_id", flat=True))
    claims, back = _claims(ids), _came_back(community, ids, at=at)
    rested = _rested({show.host_id for show in shows}, since=at - timedelta(days=CARD_DAYS + 7))
    return {
        show.pk: Hosted(
            show_id=show.pk,
            starts_at=show.starts_at,
            weekday=timezone.localtime(show.starts_at).weekday(),
            hour=timezone.localtime(show.starts_at).hour,
            format=format_of(has_deals=show.pk in deals, has_gifts=show.pk in gifts),
            facts=facts[show.pk],
            buyers_seen=back[show.pk][0],
            came_back=back[show.pk][1],
            claims=claims.get(show.pk, (0, 0))[0],
            claims_bare=claims.get(show.pk, (0, 0))[1],
            rested=rested.get(show.pk),
        )
        for show in shows
    }


def _claims(ids: list[int]) -> dict[int, tuple[int, int]]:
    rows = ClaimSaid.objects.filter(show_id__in=ids).values("show_id")
    told = rows.annotate(claims=Count("pk"), bare=Count("pk", filter=Q(evidence={})))
    return {row["show_id"]: (row["claims"], row["bare"]) for row in told}


def _came_back(community: Community, ids: list[int], *, at: datetime) -> dict[int, tuple[int, int]]:
    """By show: buyers whose days to come back are over, and how many of them bought again on a later day."""
    lines = OrderLine.objects.filter(origin_kind="show", origin_id__in=ids, order__paid_at__isnull=False)
    firsts = list(lines.values_list("origin_id", "order__buyer_id").annotate(Min("order__paid_at")))
    paid = _paid_moments(community, {buyer for _, buyer, _ in firsts})
    days, found = timedelta(days=RETENTION_DAYS), dict.fromkeys(ids, (0, 0))
    for show_id, buyer, first in firsts:
        if show_id is None or first + days > at:
            continue
        seen, back = found[show_id]
        again = any(_day(first) < _day(one) and one <= first + days for one in paid[buyer])
        found[show_id] = (seen + 1, back + again)
    return found


def _paid_moments(community: Community, buyers: set[int]) -> dict[int, list[datetime]]:
    rows = Order.objects.filter(community=community, buyer_id__in=buyers, paid_at__isnull=False, withdrawn_at=None)
    found: dict[int, list[datetime]] = {buyer: [] for buyer in buyers}
    for buyer, paid_at in rows.values_list("buyer_id", "paid_at"):
        if paid_at is not None:
            found[buyer].append(paid_at)
    return found


def _rested(hosts: Iterable[int], *, since: datetime) -> dict[int, bool]:
    """Rest is a person's, so her shows in every community count."""
    shows = Show.objects.filter(host_id__in=list(hosts), ended_at__isnull=False, went_live_at__gte=since)
    by_host: dict[int, list[tuple[int, datetime, datetime]]] = defaultdict(list)
    for host_id, pk, began_at, ended_at in shows.values_list("host_id", "pk", "went_live_at", "ended_at"):
        if began_at is not None and ended_at is not None:
            by_host[host_id].append((pk, began_at, ended_at))
    return {pk: rested for hers in by_host.values() for pk, rested in rests_of(hers).items()}


def _day(moment: datetime) -> int:
    return timezone.localtime(moment).toordinal()
