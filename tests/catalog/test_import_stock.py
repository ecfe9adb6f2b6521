"""What a feed's count does to the stock when some of it was sold meanwhile."""

from __future__ import annotations

import pytest

from svoi.catalog.actions import reserve_stock, return_stock
from svoi.catalog.models import Stock, Variant
from svoi.catalog.rules.feeds import COUNT_WHEN_UNSAID
from svoi.communities.models import Community
from tests import cast
from tests.catalog.feeds import document, offer, take_in


def mug() -> Variant:
    return Variant.objects.get(external_id="mug")


def stock() -> tuple[int, int | None]:
    found = Stock.objects.get(variant=mug())
    return found.on_hand, found.feed_count


def news() -> list[str]:
    return [kind for kind, _ in cast.recorded() if kind.startswith("stock")]


@pytest.mark.parametrize(
    ("sold", "count", "left"),
    [(2, 5, 3), (0, 5, 5), (5, 5, 0), (2, 9, 7), (2, 4, 2), (2, 3, 1), (4, 1, 0), (2, 0, 0)],
)
def test_the_count_moves_what_is_left_by_its_difference(table: Community, sold: int, count: int, left: int) -> None:
    take_in(table, document(offer(count=5)))
    if sold:
        reserve_stock(variant_id=mug().pk, quantity=sold)

    take_in(table, document(offer(count=count)))

    assert stock() == (left, count)


def test_the_same_count_never_puts_back_what_was_sold(table: Community) -> None:
    take_in(table, document(offer(count=5)))
    reserve_stock(variant_id=mug().pk, quantity=5)
    for _ in range(3):
        take_in(table, document(offer(count=5)))
    assert stock() == (0, 5)
    return_stock(variant_id=mug().pk, quantity=1)
    take_in(table, document(offer(count=5)))
    assert stock() == (1, 5)


def test_unavailable_is_none_and_comes_back(table: Community) -> None:
    take_in(table, document(offer(count=5)))
    take_in(table, document(offer(count=5, attributes='available="false"')))
    assert (stock(), news()) == ((0, 0), ["stock_ran_out"])
    take_in(table, document(offer(count=5, attributes='available="true"')))
    assert (stock(), news()) == ((5, 5), ["stock_ran_out", "stock_returned"])


def test_available_without_a_count_has_the_default(table: Community) -> None:
    take_in(table, document(offer(count=None)))
    assert stock() == (COUNT_WHEN_UNSAID, COUNT_WHEN_UNSAID)
    take_in(table, document(offer(count=None)), count_when_unsaid=3)
    assert stock() == (3, 3)


def test_a_stock_no_feed_has_counted_takes_the_count(table: Community) -> None:
    take_in(table, document(offer(count=5)))
    Stock.objects.update(feed_count=None, on_hand=40)
    take_in(table, document(offer(count=7)))
    assert stock() == (7, 7)


def test_nothing_is_told_while_something_is_left(table: Community) -> None:
    take_in(table, document(offer(count=5)))
    take_in(table, document(offer(count=1)))
    take_in(table, document(offer(count=8)))
    assert news() == []


def test_stock_waits_for_a_withdrawn_offer(table: Community) -> None:
    take_in(table, document(offer(count=5), offer("other")))
    reserve_stock(variant_id=mug().pk, quantity=2)
    take_in(table, document(offer("other")))
    take_in(table, document(offer(count=5), offer("other")))
    assert stock() == (3, 5)
    assert news() == ["stock_ran_out", "stock_returned"]
