"""The list of orders and one order: stages, filters, pages, deeds."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.db.models import OutboxEvent
from svoi.orders.models import Order, Return
from svoi.orders.rules import Origin
from svoi.payments.models import Payment, Refund
from svoi.pickup.models import Parcel
from svoi.studio.shop.asking import PAGE_ROWS, STAGES, WantedOrders, minor_in
from svoi.studio.shop.orders import orders_wanted
from tests import cast
from tests.studio.shop import shelf

LIST = "/studio/table/orders/"


def listed(desk, **asked: object) -> list[Order]:
    return [row.order for row in desk.get(LIST, asked).context["orders"].rows]


def page(order: Order, rest: str = "") -> str:
    return f"{LIST}{order.pk}/{rest}"


def at_every_stage(anna, vera, mug, point) -> dict[str, Order]:
    made = {stage: shelf.paid(vera, mug, point) for stage in STAGES if stage not in ("unpaid", "held", "cancelled")}
    made |= {stage: shelf.placed(vera, mug, point) for stage in ("unpaid", "held", "cancelled")}
    Order.objects.filter(pk=made["held"].pk).update(held_at=timezone.now())
    Order.objects.filter(pk=made["cancelled"].pk).update(cancelled_at=timezone.now())
    shelf.packed(made["packed"], anna)
    shelf.sent(made["on_the_way"], anna)
    shelf.arrived(made["at_the_point"], anna)
    shelf.collected(made["collected"], anna)
    shelf.collected(made["returned"], anna)
    Order.objects.filter(pk=made["returned"].pk).update(returned_at=timezone.now())
    return made


def test_each_stage_finds_its_own(desk, anna, vera, table, point):
    mug = cast.product(table, stock=50)
    made = at_every_stage(anna, vera, mug, point)
    assert {stage: listed(desk, stage=stage) for stage in STAGES} == {stage: [made[stage]] for stage in STAGES}
    whole = desk.get(LIST).context["orders"]
    assert ([row.order.pk for row in whole.rows], whole.found, whole.sum_minor) == (
        sorted((one.pk for one in made.values()), reverse=True),
        9,
        9 * 149_000,
    )


def test_filters_find_what_fits_all_of_them(desk, vera, boris, mug, towel, table, point):
    other = cast.pickup_point(table, "MSK2")
    show, cheap = shelf.paid(vera, mug, point, origin=Origin("show", 7)), shelf.paid(boris, towel, other)
    assert listed(desk, point=other.pk) == [cheap]
    assert listed(desk, origin="show") == [show]
    assert listed(desk, origin="show", point=other.pk) == []
    assert listed(desk, q=show.number.lower()) == [show]
    assert listed(desk, q=f"№ {cheap.number[-3:]} bor") == [cheap]
    assert (listed(desk, **{"from": "1 000"}), listed(desk, to="980,00")) == ([show], [cheap])
    assert listed(desk, q="%") == []


@pytest.mark.parametrize(
    ("said", "minor"),
    [("1 490,5", 149_050), ("1\u202f490.05", 149_005), ("0", 0), ("-1", None), ("1e5", None), ("１", None), ("", None)],
)
def test_sums_are_read_as_people_write_them(said, minor):
    assert minor_in(said) == minor


def test_pages_follow_each_other_without_a_gap(desk, vera, mug, point):
    moment = timezone.now()
    made = [
        cast.unpaid_order(vera, mug, point, placed_at=moment - timedelta(days=n // 3)) for n in range(PAGE_ROWS + 7)
    ]
    first = desk.get(LIST)
    second = desk.get(LIST + first.context["next"])
    told = [row.order.pk for answer in (first, second) for row in answer.context["orders"].rows]
    assert told == [one.pk for one in sorted(made, key=lambda one: (one.placed_at, one.pk), reverse=True)]
    assert (second.context["next"], first.context["orders"].found) == ("", PAGE_ROWS + 7)


def test_the_list_costs_the_same_for_one_and_for_three(desk, anna, vera, mug, point):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(LIST).status_code == 200
        return len(asked)

    shelf.packed(shelf.paid(vera, mug, point), anna)
    first = cost()
    [shelf.packed(shelf.paid(vera, mug, point), anna) for _ in range(2)]
    assert cost() == first


def test_a_long_book_is_read_by_its_index(anna, vera, table, mug, point):
    begun = timezone.now() - timedelta(days=400)
    Order.objects.bulk_create(
        Order(
            number=f"N{n:07}",
            community=table,
            buyer=vera,
            pickup_point=point,
            origin_kind="product",
            total_minor=100,
            key=uuid4(),
            placed_at=begun + timedelta(minutes=n),
            reserved_until=begun,
            paid_at=begun,
            collected_at=begun if n < 19_900 else None,
        )
        for n in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze svoi_order")
    expected = {"": "orders_of_shop", **dict.fromkeys(("to_pack", "packed"), "orders_under_way")}
    for stage, index in expected.items():
        plan = orders_wanted(place=table, member=anna, wanted=WantedOrders(stage=stage))[:51].explain()
        assert (f"using {index} on svoi_order" in plan, "Seq Scan on svoi_order" in plan) == (True, False), plan
    assert "Sort" not in orders_wanted(place=table, member=anna, wanted=WantedOrders())[:51].explain()


def test_one_order_tells_all_and_costs_the_same_whatever_happened(desk, anna, vera, mug, point):
    def cost(order: Order) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page(order)).status_code == 200
        return len(asked)

    plain = shelf.collected(shelf.paid(vera, mug, point, quantity=3), anna)
    shelf.asked_back(plain)
    first = cost(plain)
    [shelf.asked_back(plain) for _ in range(2)]
    assert cost(plain) == first


def test_the_story_says_who_did_what(desk, anna, vera, order):
    shelf.arrived(order, anna)
    sheet = desk.get(page(order)).context["sheet"]
    assert [(str(line.what), line.who) for line in sheet.happened] == [
        ("Оформлен", "Vera"),
        ("Запрошена оплата", ""),
        ("Деньги пришли", ""),
        ("Собрана", "Anna"),
        ("Отправлена в\u00a0пункт", "Anna"),
        ("Прибыла в\u00a0пункт", "Anna"),
    ]
    assert (sheet.due.minor, sheet.free.minor, sheet.progress) == (149_000, 149_000, "at_the_point")


@pytest.mark.django_db(transaction=True)
def test_an_order_goes_from_the_shelf_to_the_road(desk, anna, order):
    assert desk.post(page(order, "sending")).status_code == 404
    assert Parcel.objects.count() == 0
    assert desk.post(page(order, "packing"))["Location"] == page(order)
    assert desk.post(page(order, "packing")).status_code == 302
    assert desk.post(page(order, "sending"))["Location"] == page(order)
    parcel = Parcel.objects.get()
    assert (parcel.stage, len(cast.recorded("order_packed"))) == ("sent", 1)
    late = desk.post(page(order, "calling-off"))
    assert (late.status_code, late.context["told"].code) == (409, "already_sent")
    order.refresh_from_db()
    assert (order.stage, Refund.objects.count()) == ("paid", 0)


def test_an_order_is_called_off_once_and_its_money_goes_back(desk, order, mug):
    answer = desk.get(page(order)).content.decode()
    assert ("<svoi-armed" in answer, "required" in answer) == (True, True)
    assert [desk.post(page(order, "calling-off")).status_code for _ in range(2)] == [302, 302]
    order.refresh_from_db()
    refund = Refund.objects.get()
    assert (order.stage, order.withdrawn_for, refund.amount_minor) == ("withdrawn", "shop", 149_000)
    mug.stock.refresh_from_db()
    assert mug.stock.on_hand == 10


@pytest.mark.django_db(transaction=True)
def test_an_unpaid_order_is_neither_packed_nor_called_off(desk, vera, mug, point):
    order = shelf.placed(vera, mug, point)
    before = OutboxEvent.objects.count()
    told = [desk.post(page(order, deed)).status_code for deed in ("packing", "sending", "calling-off")]
    assert (told, OutboxEvent.objects.count(), Parcel.objects.count()) == ([409] * 3, before, 0)


@pytest.mark.django_db(transaction=True)
class TestReturns:
    def test_the_shop_accepts(self, desk, anna, order):
        asked = shelf.asked_back(shelf.collected(order, anna), late=True)
        assert desk.post(page(order, f"returns/{asked.pk}"), {"decision": "accept"}).status_code == 302
        asked.refresh_from_db()
        assert (asked.stage, asked.decided_by) == ("accepted", anna)

    def test_a_refusal_needs_words(self, desk, anna, order):
        asked = shelf.asked_back(shelf.collected(order, anna), late=True)
        for words in ("", "   ", "\x00"):
            answer = desk.post(page(order, f"returns/{asked.pk}"), {"decision": "decline", "words": words})
            assert (answer.status_code, answer.context["told"].code) == (422, "return_unworded")
        asked.refresh_from_db()
        assert asked.stage == "asked"
        desk.post(page(order, f"returns/{asked.pk}"), {"decision": "decline", "words": "Скол от падения"})
        asked.refresh_from_db()
        assert (asked.stage, asked.decided_words) == ("declined", "Скол от падения")

    def test_what_is_a_right_is_not_declined(self, desk, anna, order):
        asked = shelf.asked_back(shelf.collected(order, anna))
        answer = desk.post(page(order, f"returns/{asked.pk}"), {"decision": "decline", "words": "Нет"})
        assert (answer.status_code, answer.context["told"].code) == (409, "return_is_right")
        assert Return.objects.get().stage == "accepted"

    def test_a_return_of_another_order_is_not_found_here(self, desk, anna, vera, mug, point, order):
        asked = shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), anna), late=True)
        assert desk.post(page(order, f"returns/{asked.pk}"), {"decision": "accept"}).status_code == 404
        assert Return.objects.get().stage == "asked"


def test_money_of_another_shop_never_shows(desk, anna, vera, cellar, mug, point, order):
    rug = cast.product(cellar)
    other = shelf.paid(vera, rug, cast.pickup_point(cellar, "CEL1"))
    stray = Payment.objects.get(subject=order.subject)
    Payment.objects.filter(pk=stray.pk).update(surplus_at=timezone.now())
    told = [
        [row.order for row, _ in desk.get(f"/studio/{slug}/payments/").context["rows"]] for slug in ("table", "cellar")
    ]
    assert told == [[order], [other]]
