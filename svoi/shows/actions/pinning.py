"""Showing a product to the room, and taking it down."""

from __future__ import annotations

from datetime import datetime

from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.shows.actions.locking import locked_open_show
from svoi.shows.events import ProductPinned, ProductUnpinned
from svoi.shows.models import Pin, Show
from svoi.shows.queries.pin import pin_facts
from svoi.shows.rules.airing import NotInTray, require_on_air


@atomic
def pin_product(*, show_id: int, product_id: int, by: Member, at: datetime) -> Pin:
    """Pin a product of the tray from this moment on; the earlier pin comes down in the same step.

    The media time of the pin is the server's clock now: no viewer has seen a later frame yet, so each of them
    can reveal it on the same one. Pinning what is pinned already changes nothing.
    """
    show = locked_open_show(show_id)
    require_on_air(show.stage())
    if not show.tray.filter(product_id=product_id).exists():
        raise NotInTray()
    standing = show.pins.filter(unpinned_at__isnull=True).first()
    if standing and standing.product_id == product_id:
        return standing
    take_down_pin(show, by=by, at=at)
    pin = Pin.objects.create(show=show, product_id=product_id, pinned_by=by, pinned_at=at)
    record(ProductPinned(show_id=show_id, by_id=by.pk, **pin_facts(pin)))
    wake_relay()
    return pin


@atomic
def unpin_product(*, show_id: int, by: Member, at: datetime) -> None:
    """Take the pinned product down; without one nothing changes."""
    if take_down_pin(locked_open_show(show_id), by=by, at=at):
        wake_relay()


def take_down_pin(show: Show, *, by: Member, at: datetime) -> bool:
    """End the standing pin of a locked show, if there is one."""
    pin = show.pins.filter(unpinned_at__isnull=True).first()
    if pin is None:
        return False
    pin.unpinned_at = at
    pin.save(update_fields=["unpinned_at"])
    media_at = round(at.timestamp() * 1000)
    record(ProductUnpinned(show_id=show.pk, by_id=by.pk, pin_id=pin.pk, media_at=media_at))
    return True
