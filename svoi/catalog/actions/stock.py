"""Stock is taken by an order and given back when the order falls away."""

from __future__ import annotations

from svoi.catalog.events import StockRanOut, StockReturned
from svoi.catalog.models import Stock, Variant
from svoi.catalog.rules import NoLongerSold, admit_quantity, take
from svoi.db.outbox import record
from svoi.db.transaction import atomic


@atomic
def reserve_stock(*, variant_id: int, quantity: int) -> Variant:
    """Take so many pieces and return the variant as it is sold now, its product loaded.

    Whoever reserves several variants calls this in the order of their ids, so that two orders never wait
    for each other. Raises `QuantityOutOfRange`, `NoLongerSold` or `OutOfStock`.
    """
    admit_quantity(quantity)
    return set_aside_stock(variant_id=variant_id, quantity=quantity)


@atomic
def set_aside_stock(*, variant_id: int, quantity: int) -> Variant:
    """The same for a whole lot, which may be more than one person buys; raises `NoLongerSold` or `OutOfStock`."""
    assert quantity > 0, quantity
    stock = _locked(variant_id)
    # Read after the lock: the price may have changed while this order waited in line.
    variant = Variant.objects.select_related("product").filter(pk=variant_id).first()
    if stock is None or variant is None or not _is_sold(variant):
        raise NoLongerSold(variant_id=variant_id)
    stock.on_hand = take(stock.on_hand, quantity)
    stock.save(update_fields=["on_hand"])
    if stock.on_hand == 0:
        record(StockRanOut(variant_id=variant_id, product_id=variant.product_id))
    return variant


@atomic
def return_stock(*, variant_id: int, quantity: int) -> None:
    """Give back what an order had taken; a variant that was sold out is announced again."""
    assert quantity > 0, quantity
    stock = _locked(variant_id)
    assert stock is not None, "stock was taken from this variant, so its row exists"
    was_sold_out = stock.on_hand == 0
    stock.on_hand += quantity
    stock.save(update_fields=["on_hand"])
    variant = Variant.objects.select_related("product").get(pk=variant_id)
    if was_sold_out and _is_sold(variant):
        record(StockReturned(variant_id=variant_id, product_id=variant.product_id))


def _locked(variant_id: int) -> Stock | None:
    return Stock.objects.select_for_update().filter(variant_id=variant_id).first()


def _is_sold(variant: Variant) -> bool:
    return variant.withdrawn_at is None and variant.product.withdrawn_at is None
