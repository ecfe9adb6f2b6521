"""Many orders at once: each in its own right, once, whatever becomes of the worker."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from svoi.consequences import carry_out
from svoi.db.models import OutboxEvent
from svoi.orders.actions import ask_bulk, bulking, carry_on_forsaken, carry_on_run
from svoi.orders.models import BulkRun, BulkStep, Order
from svoi.orders.rules import BULK_ORDERS_MAX, ChoiceOutOfRange, VerbUnknown
from svoi.pickup.models import Parcel
from tests import cast
from tests.cast import NOON
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEY = UUID("22222222-2222-4333-8444-555555555555")


@pytest.fixture
def orders(table, vera) -> list[Order]:
    """Five paid ones and one that is not."""
    mug, point = cast.product(table), cast.pickup_point(table)
    return [cast.unpaid_order(vera, mug, point, paid_at=NOON if place < 5 else None) for place in range(6)]


def ask(table, anna, orders, **changes) -> BulkRun:
    wanted = {
        "community": table,
        "verb": "pack",
        "order_ids": [order.pk for order in orders],
        "by": anna,
        "key": KEY,
        "at": NOON,
    }
    return ask_bulk(**{**wanted, **changes})


def told(run: BulkRun) -> list[str]:
    return [step.refused_for or ("done" if step.told_at else "left") for step in run.steps.order_by("id")]


def packed() -> list[str]:
    return [kind for kind, _ in cast.recorded("order_packed")]


def test_each_order_is_packed_or_refused_for_its_own_reason(table, anna, orders):
    run = ask(table, anna, orders)
    assert told(run) == ["left"] * 6
    assert carry_on_run(run_id=run.pk, at=NOON) == 0
    assert told(run) == ["done"] * 5 + ["order_not_paid"]
    run.refresh_from_db()
    assert (run.ended_at, Parcel.objects.count()) == (NOON, 5)
    assert {payload["by_id"] for _, payload in cast.recorded("order_packed")} == {anna.pk}


def test_a_tap_is_one_run_and_twice_is_once(table, anna, orders):
    run = ask(table, anna, orders)
    assert ask(table, anna, orders, verb="send") == run
    assert BulkStep.objects.count() == 6
    carry_on_run(run_id=run.pk, at=NOON)
    before = OutboxEvent.objects.count()
    assert carry_on_run(run_id=run.pk, at=NOON) == 0
    assert OutboxEvent.objects.count() == before


def test_a_run_goes_on_piece_by_piece(table, anna, orders):
    run = ask(table, anna, orders)
    assert carry_on_run(run_id=run.pk, at=NOON, most=2) == 4
    assert told(run) == ["done"] * 2 + ["left"] * 4
    assert [kind for kind, _ in cast.recorded() if kind.startswith("bulk")] == ["bulk_asked", "bulk_went_on"]
    for event in OutboxEvent.objects.filter(kind__startswith="bulk").order_by("id"):
        carry_out(event_id=event.pk, kind=event.kind, name="carry on", payload=event.payload, at=NOON)
    assert told(run) == ["done"] * 5 + ["order_not_paid"]
    assert len(packed()) == 5


class Killed(BaseException):
    """What happens to a worker, not to an order."""


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(table, anna, orders, monkeypatch):
    run, seen = ask(table, anna, orders), []

    def dies(*, order_id: int, **rest: object) -> None:
        seen.append(order_id)
        bulking.pack_order(order_id=order_id, **rest)
        if len(seen) == 3:
            raise Killed

    monkeypatch.setitem(bulking.DEEDS, "pack", dies)
    with pytest.raises(Killed):
        carry_on_run(run_id=run.pk, at=NOON)
    assert (told(run), Parcel.objects.count()) == (["done"] * 2 + ["left"] * 4, 2)
    monkeypatch.setitem(bulking.DEEDS, "pack", bulking.pack_order)
    soon, later = NOON + timedelta(seconds=50), NOON + timedelta(seconds=61)
    assert (carry_on_forsaken(at=soon), carry_on_forsaken(at=later), carry_on_forsaken(at=later)) == (0, 1, 0)
    assert (told(run), len(packed())) == (["done"] * 5 + ["order_not_paid"], 5)


def test_an_order_that_breaks_does_not_hold_the_others_up(table, anna, orders, monkeypatch):
    run, broken = ask(table, anna, orders), orders[1].pk

    def breaks(*, order_id: int, **rest: object) -> None:
        bulking.pack_order(order_id=order_id, **rest)
        if order_id == broken:
            raise RuntimeError("a fault of ours")

    monkeypatch.setitem(bulking.DEEDS, "pack", breaks)
    with pytest.raises(RuntimeError):
        carry_on_run(run_id=run.pk, at=NOON)
    assert told(run) == ["done", "left", "done", "done", "done", "order_not_paid"]
    assert Parcel.objects.count() == 4
    monkeypatch.setitem(bulking.DEEDS, "pack", bulking.pack_order)
    assert carry_on_run(run_id=run.pk, at=NOON) == 0
    assert Parcel.objects.count() == 5


def test_two_workers_at_once_pack_each_order_once(table, anna, orders):
    run = ask(table, anna, orders)
    assert at_once(lambda _: carry_on_run(run_id=run.pk, at=NOON), 4) == ["done"] * 4
    carry_on_run(run_id=run.pk, at=NOON)
    assert (told(run), len(packed())) == (["done"] * 5 + ["order_not_paid"], 5)
    assert [kind for kind, _ in cast.recorded("bulk_ended")] == ["bulk_ended"]


def test_packed_orders_are_sent(table, anna, orders):
    carry_on_run(run_id=ask(table, anna, orders[:2]).pk, at=NOON)
    run = ask(table, anna, orders[:3], verb="send", key=uuid4())
    carry_on_run(run_id=run.pk, at=NOON)
    assert told(run) == ["done", "done", "parcel_unknown"]
    assert Parcel.objects.filter(sent_at=NOON).count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"order_ids": []}, ChoiceOutOfRange),
        ({"order_ids": [10**9]}, ChoiceOutOfRange),
        ({"order_ids": list(range(1, BULK_ORDERS_MAX + 2))}, ChoiceOutOfRange),
        ({"verb": "burn"}, VerbUnknown),
    ],
)
def test_a_refused_run_leaves_nothing(table, anna, orders, changes, refusal):
    with pytest.raises(refusal):
        ask(table, anna, orders, **changes)
    assert (BulkRun.objects.count(), BulkStep.objects.count(), cast.recorded()) == (0, 0, [])


def test_orders_of_another_shop_are_not_taken(table, cellar, vera, anna, orders):
    other = cast.unpaid_order(vera, cast.product(cellar), cast.pickup_point(cellar, "CEL1"), paid_at=NOON)
    run = ask(table, anna, [*orders[:1], other])
    assert [step.order_id for step in run.steps.all()] == [orders[0].pk]
