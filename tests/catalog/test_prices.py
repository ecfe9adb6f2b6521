"""Every price leaves a record behind, and a discount is told beside the lowest price of the thirty days before it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from svoi.catalog.actions import change_price
from svoi.catalog.models import PriceRecord, Variant
from svoi.catalog.queries import lowest_price, prices_before
from svoi.catalog.rules import PriceOutOfRange
from svoi.communities.models import Community
from svoi.kernel.money import Money
from tests import cast
from tests.catalog.feeds import document, offer, take_in

DAY = timedelta(days=1)


def asked(table: Community, *prices: tuple[int, int]) -> Variant:
    """A mug that cost so many roubles from such a day on, counted from noon."""
    for day, roubles in prices:
        take_in(table, document(offer(price=roubles)), at=cast.NOON + day * DAY)
    return Variant.objects.get(external_id="mug")


def history() -> list[tuple[int, datetime]]:
    return list(PriceRecord.objects.order_by("id").values_list("price_minor", "began_at"))


def test_a_feed_leaves_the_history_of_every_price(table: Community) -> None:
    asked(table, (0, 100), (1, 100), (2, 80), (3, 120))
    assert history() == [(10_000, cast.NOON), (8_000, cast.NOON + 2 * DAY), (12_000, cast.NOON + 3 * DAY)]


@pytest.mark.parametrize("count", [1, 3])
def test_a_merge_records_many_prices_in_as_many_statements_as_one(table: Community, count: int) -> None:
    take_in(table, document(*[offer(f"m{n}") for n in range(count)]))
    with CaptureQueriesContext(connection) as told:
        take_in(table, document(*[offer(f"m{n}", price=990 + n) for n in range(count)]), at=cast.NOON + DAY)
    assert sum("svoi_pricerecord" in each["sql"] for each in told.captured_queries) == 0  # the trigger's own work
    assert PriceRecord.objects.filter(began_at=cast.NOON + DAY).count() == count


@pytest.mark.django_db(transaction=True)
def test_a_price_changed_in_the_table_itself_is_recorded_too(table: Community) -> None:
    mug = cast.product(table)
    Variant.objects.update(price_minor=99_000)
    Variant.objects.update(title="big")
    assert [price for price, _ in history()] == [149_000, 99_000]
    with pytest.raises(DatabaseError, match="keeps facts"):
        PriceRecord.objects.update(price_minor=1)
    with pytest.raises(DatabaseError, match="keeps facts"):
        PriceRecord.objects.all()._raw_delete("default")
    assert lowest_price(variant_id=mug.pk, at=PriceRecord.objects.latest("id").began_at) == Money(99_000)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_record(table: Community) -> None:
    mug = cast.product(table)
    with pytest.raises(RuntimeError), transaction.atomic():
        change_price(variant_id=mug.pk, price_minor=1, at=cast.NOON)
        raise RuntimeError
    assert [price for price, _ in history()] == [149_000]


def test_a_price_changed_by_hand(table: Community) -> None:
    mug = cast.product(table)

    change_price(variant_id=mug.pk, price_minor=99_000, old_price_minor=149_000, at=cast.NOON + DAY)
    change_price(variant_id=mug.pk, price_minor=99_000, old_price_minor=149_000, at=cast.NOON + 2 * DAY)

    assert history()[1:] == [(99_000, cast.NOON + DAY)]
    told = {"variant_id": mug.pk, "product_id": mug.product_id, "price_minor": 99_000, "old_price_minor": 149_000}
    assert cast.recorded() == [("price_changed", told)]


@pytest.mark.parametrize(("price", "old"), [(0, None), (-1, None), (10**11 + 1, None), (100, 100), (100, 10**12)])
def test_a_price_nobody_can_mean_changes_nothing(table: Community, price: int, old: int | None) -> None:
    mug = cast.product(table)
    with pytest.raises(PriceOutOfRange), transaction.atomic():
        change_price(variant_id=mug.pk, price_minor=price, old_price_minor=old, at=cast.NOON)
    assert (len(history()), cast.recorded()) == (1, [])


@pytest.mark.parametrize(
    ("day", "days", "roubles"),
    [
        (-1, 30, None),
        (0, 30, 100),
        (10, 30, 80),
        (12, 30, 80),
        (40, 30, 80),  # what stood when the thirty days began counts too: the 80 of day 10 to 11 is gone by day 42
        (42, 30, 90),
        (60, 30, 90),
        (11, 1, 80),
        (12, 1, 120),
        (13, 1, 120),
    ],
)
def test_the_lowest_price_of_some_days(table: Community, day: int, days: int, roubles: int | None) -> None:
    mug = asked(table, (0, 100), (10, 80), (11, 120), (41, 90))
    found = lowest_price(variant_id=mug.pk, at=cast.NOON + day * DAY, days=days)
    assert found == (None if roubles is None else Money(roubles * 100))


@pytest.mark.parametrize(
    ("prices", "lowest"),
    [
        ([(0, 100)], None),
        ([(0, 100), (5, 80)], 100),
        ([(0, 100), (5, 80), (6, 90), (7, 70)], 80),
        ([(0, 50), (5, 100), (60, 80)], 100),  # the 50 is older than thirty days
        ([(0, 50), (35, 100), (60, 80)], 50),  # the 50 stood within them
        ([(0, 100), (0, 60), (5, 80)], 60),  # nobody could pay the 100: it was corrected at once
    ],
)
def test_what_stands_beside_a_discount(table: Community, prices: list[tuple[int, int]], lowest: int | None) -> None:
    mug = asked(table, *prices)
    found = prices_before([mug.pk])[mug.pk]
    assert (found.since, found.lowest_minor) == (cast.NOON + prices[-1][0] * DAY, lowest and lowest * 100)


def test_nothing_is_asked_for_nothing() -> None:
    assert prices_before([]) == {}
