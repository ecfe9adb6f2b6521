"""Many orders from the list: chosen, carried out by the worker, followed on a page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.orders.actions import carry_on_run
from svoi.orders.models import BulkRun
from svoi.pickup.models import Parcel
from tests import cast
from tests.studio.shop import shelf

RUNS = "/studio/table/orders/runs"
pytestmark = pytest.mark.django_db(transaction=True)


def ask(desk, *orders, query: str = "", **fields: object):
    numbers = [order.pk for order in orders]
    return desk.post(RUNS + query, {"verb": "pack", "order": numbers, "key": uuid4(), **fields})


def told(desk, run: BulkRun) -> tuple[int, list[str], int]:
    told = desk.get(f"{RUNS}/{run.pk}/").context
    return told["done"], [words.code for _, words in told["refused"]], told["left"]


def test_the_chosen_are_packed_and_the_page_tells_how_far_it_has_come(desk, vera, mug, point, order):
    unpaid = shelf.placed(vera, mug, point)
    answer = ask(desk, order, unpaid)
    run = BulkRun.objects.get()
    assert (answer["Location"], told(desk, run)) == (f"{RUNS}/{run.pk}/", (0, [], 2))
    assert "every 2s" in desk.get(answer["Location"]).content.decode()
    carry_on_run(run_id=run.pk, at=timezone.now(), most=1)
    assert told(desk, run) == (1, [], 1)
    carry_on_run(run_id=run.pk, at=timezone.now())
    assert told(desk, run) == (1, ["order_not_paid"], 0)
    fragment = desk.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert ("every 2s" in fragment, "<html" in fragment, unpaid.number in fragment) == (False, False, True)


def test_the_same_tap_is_one_run(desk, order):
    key = uuid4()
    first, second = (ask(desk, order, key=key)["Location"] for _ in range(2))
    assert (first, BulkRun.objects.count()) == (second, 1)


def test_without_a_key_every_tap_is_its_own(desk, order):
    [ask(desk, order, key="x") for _ in range(2)]
    assert BulkRun.objects.count() == 2


def test_all_that_the_filters_find(desk, vera, boris, mug, towel, point, order):
    other = cast.pickup_point(point.community, "MSK2")
    far = shelf.paid(vera, towel, other)
    ask(desk, query=f"?point={other.pk}", whole="1")
    assert [step.order_id for step in BulkRun.objects.get().steps.all()] == [far.pk]


@pytest.mark.parametrize("fields", [{}, {"order": ["x", "-1", "", "1" * 40]}, {"verb": "burn"}, {"order": [999_999]}])
def test_a_refused_choice_makes_no_run(desk, order, fields):
    chosen = [order] if fields.get("verb") else []
    answer = ask(desk, *chosen, **fields)
    assert (answer.status_code, BulkRun.objects.count(), Parcel.objects.count()) == (422, 0, 0)


def test_orders_of_another_shop_are_left_out(desk, vera, cellar, order):
    rug = cast.product(cellar)
    other = shelf.paid(vera, rug, cast.pickup_point(cellar, "CEL1"))
    ask(desk, order, other)
    assert [step.order_id for step in BulkRun.objects.get().steps.all()] == [order.pk]


def test_the_page_costs_the_same_for_one_and_for_three(desk, vera, mug, point):
    def cost(orders) -> int:
        run = BulkRun.objects.get(pk=int(ask(desk, *orders)["Location"].split("/")[-2]))
        carry_on_run(run_id=run.pk, at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"{RUNS}/{run.pk}/")
        return len(asked)

    unpaid = [shelf.placed(vera, mug, point) for _ in range(3)]
    assert cost(unpaid[:1]) == cost(unpaid)
