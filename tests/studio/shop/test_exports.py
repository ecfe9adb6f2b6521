"""Lists as files: exact to the letter, filtered like their page, and nothing a spreadsheet carries out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from svoi.catalog.models import Variant
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.payments.models import Payment, Refund
from svoi.pickup.models import PickupPoint
from svoi.studio.shop.exports import SHEETS, plain
from tests import cast
from tests.studio.shop import shelf

AT = datetime(2026, 11, 22, 12, 0, 5, 678, tzinfo=UTC)
TOLD = "2026-11-22T15:00:05+03:00"


def lines(desk, name: str, **asked: str) -> list[str]:
    answer = desk.get(f"/studio/table/exports/{name}.csv", asked)
    assert (answer.streaming, answer["Content-Type"]) == (True, "text/csv; charset=utf-8")
    return b"".join(answer.streaming_content).decode().split("\r\n")


@pytest.fixture
def exact(vera, mug, order) -> Order:
    """The order with every moment and number known."""
    Member.objects.filter(pk=vera.pk).update(name='=HYPERLINK("x")')
    Order.objects.update(number="ABCD2345", placed_at=AT, paid_at=AT)
    OrderLine.objects.update(name="@кружка, большая")
    Variant.objects.filter(pk=mug.pk).update(external_id="-7", vendor_code="A\t1")
    Payment.objects.update(requested_at=AT, settled_at=AT, provider_id="bank-1")
    order.refresh_from_db()
    return order


def test_orders(desk, mug, exact):
    assert lines(desk, "orders") == [
        ",".join(SHEETS["orders"].columns),
        f'ABCD2345,paid,"\'=HYPERLINK(""x"")",MSK1,product,{mug.product_id},1490.00,RUB,{TOLD},,{TOLD},,,,,,,,0,1490.00',
        "",
    ]


def test_the_columns_of_a_sheet_are_promised_to_programs():
    assert SHEETS["orders"].columns[:7] == ("number", "stage", "buyer", "point", "origin", "origin_id", "total")
    assert {name: len(sheet.columns) for name, sheet in SHEETS.items()} == {
        "orders": 20,
        "order-lines": 10,
        "payments": 15,
        "refunds": 12,
        "products": 10,
        "points": 9,
        "budget": 5,
        "point-moves": 6,
    }


def test_order_lines(desk, mug, exact):
    assert lines(desk, "order-lines")[1:] == [
        f"ABCD2345,'-7,A\t1,\"'@кружка, большая\",1,1490.00,1490.00,RUB,product,{mug.product_id}",
        "",
    ]


def test_payments_and_refunds(desk, exact):
    payment = Payment.objects.get()
    refund = Refund.objects.create(
        key=payment.key, payment=payment, amount_minor=5, reason="returned", state="failed", failed_for="+x", due_at=AT
    )
    assert lines(desk, "payments")[1:] == [
        f"{payment.pk},{exact.pk},fake,bank-1,,succeeded,1490.00,1490.00,RUB,{TOLD},,,{TOLD},,",
        "",
    ]
    assert lines(desk, "refunds")[1:] == [
        f"{refund.pk},{payment.pk},{exact.pk},,failed,0.05,RUB,returned,'+x,{TOLD},,",
        "",
    ]


def test_products_and_points(desk, mug, point, exact):
    PickupPoint.objects.update(name="=1+1", metro="Белорусская")
    assert lines(desk, "products")[1:] == ["'-7,A\t1,,Кружка,,1490.00,,RUB,9,", ""]
    assert lines(desk, "points")[1:] == ['MSK1,,\'=1+1,Москва,"Лесная, 1",Белорусская,,7,', ""]


def test_the_mark_of_utf_8_is_put_when_asked_for(desk, exact):
    assert [lines(desk, "orders", bom=bom)[0][:7] for bom in ("1", "", "x")] == ["\ufeffnumber", "number,", "number,"]


def test_filters_of_the_page_hold_for_the_file(desk, vera, anna, mug, towel, point, order):
    cheap = shelf.paid(vera, towel, point)
    shelf.packed(cheap, anna)
    assert [line[:8] for line in lines(desk, "orders", stage="packed")[1:-1]] == [cheap.number]
    assert [line[:8] for line in lines(desk, "order-lines", q=order.number)[1:-1]] == [order.number]
    assert len(lines(desk, "payments", state="declined")) == 2
    assert len(lines(desk, "points", section="closed")) == 2
    assert len(lines(desk, "products", section="withdrawn")) == 2


def test_another_shops_rows_stay_out(desk, vera, cellar, order):
    rug = cast.product(cellar)
    shelf.paid(vera, rug, cast.pickup_point(cellar, "CEL1"))
    counted = {name: len(lines(desk, name)) for name in ("orders", "order-lines", "payments", "products", "points")}
    assert counted == dict.fromkeys(counted, 3)


@pytest.mark.parametrize(
    ("cell", "told"),
    [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"), (" =1", "' =1"),
     ("a=1", "a=1"), ("", ""), (None, ""), (-5, -5)],
)  # fmt: skip
def test_a_formula_is_only_words(cell, told):
    assert plain(cell) == told
