"""The card of a product: which variant speaks for it, and at which price."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.catalog.models import Picture, Product, Stock, Variant
from svoi.catalog.queries import ProductCard, cards, picture_address
from svoi.communities.models import Community
from tests import cast


def another(first: Variant, *, price_minor: int, stock: int, position: int = 1) -> Variant:
    """One more variant of the same product."""
    variant = Variant.objects.create(
        product=first.product,
        community=first.community,
        external_id=f"{first.external_id}-{position}",
        price_minor=price_minor,
        position=position,
    )
    Stock.objects.create(variant=variant, on_hand=stock)
    return variant


def test_a_card_tells_the_product(table: Community) -> None:
    mug = cast.product(table, stock=1)
    Variant.objects.filter(pk=mug.pk).update(old_price_minor=199_000)
    Picture.objects.create(variant=mug, position=1, source="https://brand.example/2.jpg")
    Picture.objects.create(variant=mug, position=0, source="mug.jpg", file="ab/abcdef.jpg")

    assert cards([mug.product_id]) == {
        mug.product_id: ProductCard(
            product_id=mug.product_id,
            variant_id=mug.pk,
            name="Кружка",
            name_en="Mug",
            picture="/pictures/ab/abcdef.jpg",
            price_minor=149_000,
            old_price_minor=199_000,
            currency="RUB",
            price_from=False,
            sold_out=False,
            withdrawn=False,
        )
    }


def test_the_cheapest_that_can_be_bought_speaks(table: Community) -> None:
    large = cast.product(table, stock=1, price_minor=200_000)
    small = another(large, price_minor=100_000, stock=1)
    another(large, price_minor=50_000, stock=0, position=2)

    card = cards([large.product_id])[large.product_id]

    assert (card.variant_id, card.price_minor, card.price_from, card.sold_out) == (small.pk, 100_000, True, False)


def test_equal_prices_are_not_from(table: Community) -> None:
    first = cast.product(table, stock=1)
    another(first, price_minor=first.price_minor, stock=1)

    card = cards([first.product_id])[first.product_id]

    assert (card.variant_id, card.price_from) == (first.pk, False)


def test_sold_out_and_withdrawn_products_keep_their_cards(table: Community) -> None:
    empty = cast.product(table, stock=0)
    gone = cast.product(table, stock=4)
    Product.objects.filter(pk=gone.product_id).update(withdrawn_at=cast.NOON)

    found = cards([gone.product_id, 404, empty.product_id])

    assert [(card.variant_id, card.sold_out, card.withdrawn) for card in found.values()] == [
        (gone.pk, True, True),
        (empty.pk, True, False),
    ]


def test_a_picture_of_a_sister_is_better_than_none(table: Community) -> None:
    bare = cast.product(table, stock=1)
    sister = another(bare, price_minor=900_000, stock=1)
    Picture.objects.create(variant=sister, position=0, source="https://brand.example/1.jpg")

    assert cards([bare.product_id])[bare.product_id].picture == "https://brand.example/1.jpg"


def test_addresses_of_pictures() -> None:
    assert picture_address(None) == ""
    assert picture_address(Picture(source="https://brand.example/1.jpg")) == "https://brand.example/1.jpg"
    assert picture_address(Picture(source="1.jpg", file="ab/1.jpg")) == "/pictures/ab/1.jpg"


@pytest.mark.parametrize("count", [1, 3])
def test_cards_take_one_query(table: Community, count: int) -> None:
    wanted = [cast.product(table).product_id for _ in range(count)]

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = cards(wanted)

    assert (list(found), len(asked)) == (wanted, 1)
