"""Stock is taken and given back exactly; a refusal changes nothing."""

from __future__ import annotations

import pytest
from django.db import transaction

from svoi.catalog.actions import reserve_stock, return_stock
from svoi.catalog.models import Stock, Variant
from svoi.catalog.rules import NoLongerSold, OutOfStock, QuantityOutOfRange
from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from tests import cast


def on_hand(variant: Variant) -> int:
    return Stock.objects.get(variant=variant).on_hand


def test_an_order_takes_what_it_asks_for(table: Community) -> None:
    mug = cast.product(table, stock=3)

    sold = reserve_stock(variant_id=mug.pk, quantity=2)

    assert (sold.pk, sold.product.name, sold.price_minor) == (mug.pk, "Кружка", 149_000)
    assert on_hand(mug) == 1
    assert cast.recorded() == []


def test_the_last_piece_is_announced(table: Community) -> None:
    mug = cast.product(table, stock=2)

    reserve_stock(variant_id=mug.pk, quantity=2)

    assert on_hand(mug) == 0
    assert cast.recorded() == [("stock_ran_out", {"variant_id": mug.pk, "product_id": mug.product_id})]


def test_what_came_back_to_an_empty_shelf_is_announced_once(table: Community) -> None:
    mug = cast.product(table, stock=0)

    return_stock(variant_id=mug.pk, quantity=2)
    return_stock(variant_id=mug.pk, quantity=1)

    assert on_hand(mug) == 3
    assert cast.recorded() == [("stock_returned", {"variant_id": mug.pk, "product_id": mug.product_id})]


def test_stock_of_a_withdrawn_product_comes_back_in_silence(table: Community) -> None:
    mug = cast.product(table, stock=0)
    Variant.objects.filter(pk=mug.pk).update(withdrawn_at=cast.NOON)

    return_stock(variant_id=mug.pk, quantity=1)

    assert on_hand(mug) == 1
    assert cast.recorded() == []


@pytest.mark.parametrize(
    ("quantity", "refusal", "facts"),
    [
        (3, OutOfStock, {"left": 2, "wanted": 3}),
        (0, QuantityOutOfRange, {"most": 20}),
        (21, QuantityOutOfRange, {"most": 20}),
    ],
)
def test_a_refusal_changes_nothing(
    table: Community, quantity: int, refusal: type[Refused], facts: dict[str, int]
) -> None:
    mug = cast.product(table, stock=2)

    with pytest.raises(refusal) as caught, transaction.atomic():
        reserve_stock(variant_id=mug.pk, quantity=quantity)

    assert caught.value.facts == facts
    assert on_hand(mug) == 2
    assert cast.recorded() == []


@pytest.mark.parametrize("noun", ["variant", "product"])
def test_what_was_withdrawn_is_not_sold(table: Community, noun: str) -> None:
    mug = cast.product(table, stock=2)
    gone = mug if noun == "variant" else mug.product
    gone.withdrawn_at = cast.NOON
    gone.save()

    with pytest.raises(NoLongerSold), transaction.atomic():
        reserve_stock(variant_id=mug.pk, quantity=1)

    assert on_hand(mug) == 2


def test_an_unknown_variant_is_not_sold(db: None) -> None:
    with pytest.raises(NoLongerSold), transaction.atomic():
        reserve_stock(variant_id=404, quantity=1)
