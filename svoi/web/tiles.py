"""Shows as tiles: on air, still to come, over; with the counted viewers of those on air."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svoi.catalog.models import Product
from svoi.shows.models import Show, WatchSample
from svoi.shows.queries.listing import ShowCard
from svoi.shows.queries.posters import posters_of

ON_AIR = frozenset({"live", "break", "reconnecting"})


@dataclass(frozen=True, slots=True)
class ShowTile:
    """One show in a list."""

    show: Show
    stage: str
    viewers: int
    picture: str = ""

    @property
    def is_on_air(self) -> bool:
        return self.stage in ON_AIR


@dataclass(frozen=True, slots=True)
class Bill:
    """The playbill: three lists in the order people look for them."""

    on_air: list[ShowTile]
    coming: list[ShowTile]
    past: list[ShowTile]


def bill_of(cards: Iterable[ShowCard]) -> Bill:
    """Sort cards into a playbill; one query for the viewers of all that are on air, and the pictures'."""
    listed = list(cards)
    viewers = counted_viewers([card.show.pk for card in listed if card.stage in ON_AIR])
    pictures = posters_of(card.show for card in listed)
    tiles = [ShowTile(card.show, card.stage, viewers.get(card.show.pk, 0), pictures[card.show.pk]) for card in listed]
    coming = [tile for tile in tiles if tile.stage == "scheduled"]
    return Bill(
        on_air=[tile for tile in tiles if tile.is_on_air],
        coming=sorted(coming, key=lambda tile: tile.show.starts_at),
        past=[tile for tile in tiles if tile.stage == "ended"],
    )


def counted_viewers(show_ids: list[int]) -> dict[int, int]:
    """The latest counted sample of each show."""
    if not show_ids:
        return {}
    latest = WatchSample.objects.filter(show_id__in=show_ids).order_by("show_id", "-at").distinct("show_id")
    return dict(latest.values_list("show_id", "counted"))


def shows_with(*, product: Product, most: int = 3) -> list[Show]:
    """Shows of its community that have this product laid out and are on air or still to come, those on air first."""
    found = Show.objects.standing().filter(community_id=product.community_id, ended_at=None, tray__product=product)
    return list(found.order_by("went_live_at", "starts_at", "pk")[:most])
