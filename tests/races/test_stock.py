"""Many buyers at once, few pieces: exactly as many are sold as there were.

Each buyer is a thread with a connection of its own, all let go by one barrier. Without the row lock the
reads would be stale; the check in the table would then still refuse to oversell, so the second test takes
the lock away and shows that the guarantee stands by itself.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.db.models import F

from svoi.catalog.actions import reserve_stock, return_stock
from svoi.catalog.models import Stock
from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from tests import cast

BUYERS = 8
ROUNDS = 5
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(attempt: Callable[[], None]) -> Counter[str]:
    """Let every buyer try at the same moment; count what they were told."""
    start = threading.Barrier(BUYERS)

    def one(_: int) -> str:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            attempt()
        except Refused as refused:
            return refused.code
        except IntegrityError:
            return "stopped by the table"
        finally:
            connection.close()
        return "sold"

    with ThreadPoolExecutor(BUYERS) as pool:
        return Counter(pool.map(one, range(BUYERS)))


@pytest.mark.parametrize("pieces", [1, 3])
def test_no_piece_is_sold_twice(table: Community, pieces: int) -> None:
    for _ in range(ROUNDS):
        mug = cast.product(table, stock=pieces)

        told = at_once(lambda: reserve_stock(variant_id=mug.pk, quantity=1) and None)  # noqa: B023

        assert told == {"sold": pieces, "out_of_stock": BUYERS - pieces}
        assert Stock.objects.get(variant=mug).on_hand == 0
    assert [kind for kind, _ in cast.recorded()] == ["stock_ran_out"] * ROUNDS


def test_the_table_alone_stops_overselling(table: Community) -> None:
    mug = cast.product(table, stock=3)

    told = at_once(lambda: Stock.objects.filter(variant=mug).update(on_hand=F("on_hand") - 1) and None)

    assert told == {"sold": 3, "stopped by the table": BUYERS - 3}
    assert Stock.objects.get(variant=mug).on_hand == 0


def test_taking_and_giving_back_add_up(table: Community) -> None:
    mug = cast.product(table, stock=BUYERS)

    def take_and_give_back() -> None:
        reserve_stock(variant_id=mug.pk, quantity=1)
        return_stock(variant_id=mug.pk, quantity=1)

    assert at_once(take_and_give_back) == {"sold": BUYERS}
    assert Stock.objects.get(variant=mug).on_hand == BUYERS
