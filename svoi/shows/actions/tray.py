"""Laying products out for a show, in order."""

from __future__ import annotations

from datetime import datetime

from svoi.catalog.models import Product
from svoi.catalog.rules import NoLongerSold
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.actions.pinning import take_down_pin
from svoi.shows.events import TrayChanged
from svoi.shows.models import Show, TrayItem
from svoi.shows.rules.airing import TRAY_ITEMS_MAX, NotInTray, TrayFull


@atomic
def put_in_tray(*, show_id: int, product_id: int, by: Member, at: datetime) -> None:
    """Lay a product of the show's own community out at the end of the tray; twice is once."""
    show = locked_open_show(show_id)
    product = Product.objects.filter(pk=product_id, community_id=show.community_id, withdrawn_at=None).first()
    if product is None:
        raise NoLongerSold()
    places = [item.position for item in show.tray.all()]
    if len(places) >= TRAY_ITEMS_MAX:
        raise TrayFull(most=TRAY_ITEMS_MAX)
    _, laid = TrayItem.objects.get_or_create(
        show=show, product=product, defaults={"position": max(places, default=-1) + 1}
    )
    if laid:
        _tell(show, "laid", product_id, by=by)


@atomic
def take_from_tray(*, show_id: int, product_id: int, by: Member, at: datetime) -> None:
    """Take a product away; if it is pinned, the pin comes down with it."""
    show = locked_open_show(show_id)
    if show.pins.filter(unpinned_at__isnull=True, product_id=product_id).exists():
        take_down_pin(show, by=by, at=at)
    taken, _ = TrayItem.objects.filter(show=show, product_id=product_id).delete()
    if taken:
        _tell(show, "taken", product_id, by=by)


@atomic
def move_in_tray(*, show_id: int, product_id: int, position: int, by: Member, at: datetime) -> None:
    """Move a product to a place (0 is first); the others close ranks."""
    show = locked_open_show(show_id)
    items = list(show.tray.order_by("position", "id"))
    moved = next((item for item in items if item.product_id == product_id), None)
    if moved is None:
        raise NotInTray()
    items.remove(moved)
    items.insert(max(0, min(position, len(items))), moved)
    for place, item in enumerate(items):
        item.position = place
    TrayItem.objects.bulk_update(items, ["position"])
    _tell(show, "moved", product_id, by=by)


def _tell(show: Show, deed: str, product_id: int, *, by: Member) -> None:
    record(TrayChanged(show_id=show.pk, by_id=by.pk, deed=deed, product_id=product_id))
    wake_relay()
