"""The pictures that shows are known by in lists."""

from __future__ import annotations

from collections.abc import Iterable

from svoi.catalog.queries import cards
from svoi.shows.models import Show, TrayItem


def posters_of(shows: Iterable[Show]) -> dict[int, str]:
    """For each show its poster, else the picture of the first product laid out, else its community's cover, else "".

    A name under the media folder or an address. Two questions for all that have no poster; communities read along.
    """
    listed = list(shows)
    bare = [show.pk for show in listed if not show.poster]
    first = TrayItem.objects.filter(show__in=bare).order_by("show", "position", "pk").distinct("show") if bare else ()
    laid = {item.show_id: item.product_id for item in first}
    shown = cards(list(laid.values())) if laid else {}
    goods = {show_id: shown[product_id].picture for show_id, product_id in laid.items() if product_id in shown}
    return {show.pk: show.poster or goods.get(show.pk) or show.community.cover for show in listed}
