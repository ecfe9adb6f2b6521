"""Held, packed, at the point, called off; more time to pay; receipts."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from svoi.catalog.models import Stock
from svoi.kernel.money import Money
from svoi.letters.models import Letter
from svoi.orders.actions import ask_return, decide_return
from svoi.orders.models import Order
from svoi.payments.actions import owe_refund
from svoi.payments.models import Payment, Receipt, Refund
from svoi.pickup.actions import receive_parcel, send_parcel
from svoi.pickup.models import Parcel
from svoi.pickup.queries import code_kept_for
from svoi.ui.letters import write_about
from tests import cast
from tests.web.order_way.steps import HTMX, asks, collected, packed, page, paid, step, told, waiting, way

pytestmark = pytest.mark.django_db(transaction=True)


# --- The way ----------------------------------------------------------------------------------------------------------


def test_a_placed_order_waits_for_money(hers, order):
    assert way(page(hers, order)) == [("done", "Оформлен"), ("now", "Ждёт оплаты")]


def test_held_money_is_said_and_can_be_let_go(hers, order, mug):
    Payment.objects.update(state="held", held_at=timezone.now())
    Order.objects.filter(pk=order.pk).update(held_at=timezone.now())
    body = page(hers, order)
    assert (step(body), "cancellation" in body, "withdrawal" in body) == ("held", True, False)
    assert [name for standing, name in way(body) if standing == "now"] == ["Собирается"]
    hers.post(f"/orders/{order.number}/cancellation")
    assert (Order.objects.get().stage, Stock.objects.get(variant=mug).on_hand) == ("cancelled", 5)


def test_money_that_is_being_taken_is_not_let_go(hers, order):
    Payment.objects.update(state="held", capture_due_at=timezone.now())
    Order.objects.filter(pk=order.pk).update(held_at=timezone.now())
    assert "cancellation" not in page(hers, order)
    answer = hers.post(f"/orders/{order.number}/cancellation", headers=HTMX)
    assert (answer.status_code, told(answer), Order.objects.get().stage) == (409, ["order_closed"], "held")


def test_from_packed_to_the_point(hers, order):
    parcel = packed(paid(order))
    body = page(hers, order)
    assert way(body) == [
        ("done", "Оформлен"),
        ("done", "Оплачен"),
        ("done", "Собран"),
        ("now", "Готов к\u00a0отправке в\u00a0пункт"),
        ("todo", "В\u00a0пункте выдачи"),
        ("todo", "Получен"),
    ]
    assert ("withdrawal" in body, code_kept_for(parcel) in body) == (True, False)
    send_parcel(parcel_id=parcel.pk, at=timezone.now())
    body = page(hers, order)
    assert ("withdrawal" in body, way(body)[3:5]) == (
        False,
        [("done", "Отправлен в\u00a0пункт"), ("now", "Едет в\u00a0пункт")],
    )


def test_the_code_is_shown_while_the_parcel_waits_and_never_else(hers, order, caplog):
    code = code_kept_for(packed(paid(order)))
    shown, spoken = f"<span>{code[:3]}</span> <span>{code[3:]}</span>", ", ".join(code)
    parcel = Parcel.objects.get()
    send_parcel(parcel_id=parcel.pk, at=timezone.now())
    assert spoken not in page(hers, order)
    receive_parcel(parcel_id=parcel.pk, at=timezone.now())
    body = page(hers, order, "payment")
    assert (shown in body, spoken in body, code in body) == (True, True, False)
    Parcel.objects.update(handed_over_at=timezone.now())
    assert spoken not in page(hers, order)
    assert code not in caplog.text


def test_a_carrier_hands_over_by_codes_of_its_own(hers, order):
    parcel = waiting(order)
    Parcel.objects.update(carrier="cdek")
    assert "order-code" not in page(hers, order)
    assert ", ".join(code_kept_for(parcel)) not in page(hers, order)


def test_the_list_says_where_each_order_is(hers, order):
    waiting(order)
    assert re.findall(r'class="pill pill-(\w+)">(?:<svg.*?</svg>)?([^<]+)<', hers.get("/orders/").content.decode())[
        -1
    ] == (
        "proven",
        "Ждёт в\u00a0пункте",
    )


# --- More time --------------------------------------------------------------------------------------------------------


def test_more_time_is_offered_before_the_end_and_given(hers, order):
    assert "extension" not in page(hers, order)
    soon = timezone.now() + timedelta(minutes=2)
    Order.objects.update(reserved_until=soon)
    body = page(hers, order, "payment")
    assert ('role="alert"' in body, f"/orders/{order.number}/extension" in body) == (True, True)
    answer = hers.post(f"/orders/{order.number}/extension", headers=HTMX)
    order.refresh_from_db()
    assert (answer.status_code, order.extended, order.reserved_until > soon + timedelta(minutes=2)) == (200, 1, True)
    assert "extension" not in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "code"), [({"extended": 10}, "extended_enough"), ({"paid_at": "now"}, "order_closed")]
)
def test_time_is_not_given_without_end(hers, order, fields, code):
    Order.objects.update(**{name: timezone.now() if value == "now" else value for name, value in fields.items()})
    answer = hers.post(f"/orders/{order.number}/extension", headers=HTMX)
    until = order.reserved_until
    order.refresh_from_db()
    assert (answer.status_code, told(answer), order.reserved_until) == (409, [code], until)


def test_paying_again_by_another_way(hers, order):
    Payment.objects.update(state="declined")
    assert re.findall(r'name="method" value="(\w+)"( checked)?', page(hers, order)) == [
        ("card", " checked"),
        ("sbp", ""),
    ]
    hers.post(f"/orders/{order.number}/payments", {"method": "sbp"})
    order.refresh_from_db()
    assert (order.method, Payment.objects.latest("id").method) == ("sbp", "sbp")


def test_a_way_to_pay_nobody_knows_changes_nothing(hers, order):
    Payment.objects.update(state="declined")
    hers.post(f"/orders/{order.number}/payments", {"method": "gold"})
    order.refresh_from_db()
    assert (order.method, Payment.objects.latest("id").method) == ("", "")


# --- Calling off ------------------------------------------------------------------------------------------------------


def test_a_paid_order_is_called_off_before_it_is_sent(hers, order, mug):
    paid(order)
    assert "298000" not in page(hers, order, "withdrawal")
    assert hers.get(f"/orders/{order.number}/withdrawal").status_code == 200
    for _ in range(2):
        answer = hers.post(f"/orders/{order.number}/withdrawal")
        assert answer.headers["Location"] == f"/orders/{order.number}/"
    order.refresh_from_db()
    assert (order.stage, order.withdrawn_for) == ("withdrawn", "buyer")
    assert (Refund.objects.get().amount_minor, Stock.objects.get(variant=mug).on_hand) == (298_000, 5)
    body = page(hers, order)
    assert (step(body), 'hx-trigger="every 4s"' in body) == ("refunding", True)
    Refund.objects.update(state="succeeded", settled_at=timezone.now())
    assert step(page(hers, order)) == "refunded"
    Refund.objects.update(state="failed")
    assert (step(page(hers, order)), "Банк не\u00a0принял возврат" in page(hers, order)) == ("unrefunded", True)


def test_what_is_sent_is_not_called_off(hers, order):
    parcel = packed(paid(order))
    send_parcel(parcel_id=parcel.pk, at=timezone.now())
    assert hers.get(f"/orders/{order.number}/withdrawal").status_code == 303
    answer = hers.post(f"/orders/{order.number}/withdrawal", headers=HTMX)
    order.refresh_from_db()
    assert (answer.status_code, told(answer)) == (409, ["already_sent"])
    assert (order.stage, Refund.objects.count()) == ("paid", 0)


# --- Receipts, questions, letters -------------------------------------------------------------------------------------


def test_receipts_are_listed_with_their_state(hers, order):
    paid(order)
    payment = Payment.objects.get()
    for kind, state in (("prepayment", "registered"), ("closing", "sent"), ("refund", "dropped")):
        Receipt.objects.create(
            key=uuid4(),
            payment=payment,
            kind=kind,
            customer="vera@example.com",
            amount_minor=298_000,
            state=state,
            settled_at=timezone.now(),
        )
    body = page(hers, order)
    assert re.findall(
        r'row-words"><span>([^<]+)</span><span class="note quiet">(\w+(?: \w+)?)', re.sub("\u00a0", " ", body)
    ) == [
        ("Чек об оплате", "пробит"),
        ("Закрывающий чек", "в пути"),
    ]


def test_an_order_asks_the_same_number_of_questions_however_much_is_in_it(
    hers, order, table, django_assert_num_queries
):
    order = collected(order)
    asks(hers, order)
    page(hers, order)  # tells the message
    with django_assert_num_queries(15):
        page(hers, order)
    for _ in range(2):
        thing = cast.product(table)
        line = order.lines.create(variant=thing, name="К", quantity=1, price_minor=1)
        ask_return(order_id=order.pk, wanted={line.pk: 1}, reason="defect", words="", key=uuid4(), at=timezone.now())
    owe_refund(subject=order.subject, amount=Money(1), reason="x", key=uuid4(), at=timezone.now())
    with django_assert_num_queries(15):
        page(hers, order)


def test_letters_of_a_return_carry_the_shops_words_and_never_the_code(order, anna, vera):
    order = collected(order, at=timezone.now() - timedelta(days=20))
    line, code = order.lines.get(), code_kept_for(Parcel.objects.get())
    asked = ask_return(
        order_id=order.pk, wanted={line.pk: 1}, reason="defect", words="", key=uuid4(), at=timezone.now()
    )
    decide_return(return_id=asked.pk, accept=False, words="Следы падения", by=anna, at=timezone.now())
    told = {"order_id": order.pk, "buyer_id": vera.pk, "return_id": asked.pk, "event_id": 1}
    write_about("return_declined", told, timezone.now())
    assert "Магазин отвечает: Следы падения" in Letter.objects.get().text
    until = timezone.now().isoformat()
    write_about("parcel_arrived", {"subject": order.subject, "keep_until": until, "event_id": 2}, timezone.now())
    assert [code in letter.text + letter.html for letter in Letter.objects.all()] == [False, False]
    assert mail.outbox == []
