"""Payments, refunds and returns: what needs a look, why, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.orders.actions import withdraw_order
from svoi.orders.models import Return
from svoi.payments.models import Payment, Receipt, Refund
from tests.studio.shop import shelf

PAYMENTS, REFUNDS, RETURNS = (f"/studio/table/{name}/" for name in ("payments", "refunds", "returns"))


def payment_of(order) -> Payment:
    return Payment.objects.get(subject=order.subject)


def found(desk, **asked: str) -> list[Payment]:
    return [row.payment for row, _ in desk.get(PAYMENTS, asked).context["rows"]]


def advice(desk, address: str, **asked: str) -> list[tuple[str, str]]:
    return [(str(told.what), str(told.do)) for _, told in desk.get(address, asked).context["rows"]]


@pytest.fixture
def troubles(vera, mug, point) -> dict[str, Payment]:
    """One payment for each thing to look at, and one that is as it should be."""
    made = {name: payment_of(shelf.paid(vera, mug, point)) for name in ("surplus", "receipt", "refund", "calm")}
    made |= {name: payment_of(shelf.placed(vera, mug, point)) for name in ("ending", "held")}
    now = timezone.now()
    for name, hours in (("ending", 5), ("held", 48)):
        until = now + timedelta(hours=hours)
        Payment.objects.filter(pk=made[name].pk).update(state="held", method="card", held_at=now, held_until=until)
    Payment.objects.filter(pk=made["surplus"].pk).update(surplus_at=now)
    Receipt.objects.create(
        key=uuid4(), payment=made["receipt"], kind="prepayment", customer="", amount_minor=1, state="failed"
    )
    Refund.objects.create(
        key=uuid4(),
        payment=made["refund"],
        amount_minor=100,
        reason="returned",
        state="failed",
        failed_for="card_expired",
    )
    return {name: Payment.objects.get(pk=one.pk) for name, one in made.items()}


def test_each_trouble_is_found_under_its_name(desk, troubles):
    one = troubles
    assert [found(desk, attention=name) for name in ("surplus", "receipt", "ending")] == [
        [one["surplus"]],
        [one["receipt"]],
        [one["ending"]],
    ]
    assert set(found(desk, attention="any")) == {one[name] for name in ("surplus", "receipt", "refund", "ending")}
    assert set(found(desk, state="held")) == {one["held"], one["ending"]}
    assert found(desk, method="sbp") == []
    assert advice(desk, PAYMENTS, attention="ending") == [
        (
            "Удержание кончится в\u00a0течение суток",
            "Соберите заказ, иначе деньги вернутся и\u00a0заказ не\u00a0состоится.",
        )
    ]


def test_a_payment_that_failed_says_why(desk, vera, mug, point):
    payment = payment_of(shelf.placed(vera, mug, point))
    Payment.objects.filter(pk=payment.pk).update(state="declined", declined_for="insufficient_funds")
    assert advice(desk, PAYMENTS)[0][0] == "На\u00a0счёте не\u00a0хватает денег"
    Payment.objects.filter(pk=payment.pk).update(declined_for="<b>new</b>")
    assert "<b>new</b>" not in desk.get(PAYMENTS).content.decode()


def test_a_failed_refund_asks_for_a_hand_until_it_is_made_anew(desk, troubles):
    payment = troubles["refund"]
    assert advice(desk, REFUNDS, state="failed") == [
        ("Срок действия карты истёк", "Откройте заказ и\u00a0повторите возврат.")
    ]
    failed = payment.refunds.get()
    another = Refund.objects.create(
        key=uuid4(), payment=payment, amount_minor=300, reason="returned", state="succeeded"
    )
    assert payment in found(desk, attention="any")  # another return of the same order is not this one
    another.delete()
    Refund.objects.create(
        key=uuid4(), payment=payment, amount_minor=100, reason="returned", state="due", again_of=failed
    )
    assert advice(desk, REFUNDS, state="failed") == [("Срок действия карты истёк", "За ним уже был другой возврат.")]
    assert payment not in found(desk, attention="any")
    assert advice(desk, REFUNDS, state="due") == [("Товар возвращён", "")]


def test_a_closing_receipt_that_failed_asks_for_a_hand_until_it_is_printed_anew(desk, vera, mug, point):
    payment = payment_of(shelf.paid(vera, mug, point))
    failed = Receipt.objects.create(
        key=uuid4(), payment=payment, kind="closing", customer="", amount_minor=1, state="failed"
    )
    assert found(desk, attention="receipt") == [payment]
    assert advice(desk, PAYMENTS, attention="receipt")[0][1] == "Откройте заказ и\u00a0напечатайте чек ещё раз."
    Receipt.objects.create(key=uuid4(), payment=payment, kind="closing", customer="", amount_minor=1, again_of=failed)
    assert found(desk, attention="receipt") == []


def test_a_short_balance_at_the_bank_is_told_as_such(desk, troubles):
    Refund.objects.update(failed_for="insufficient_funds")
    what, do = advice(desk, REFUNDS)[0]
    assert ("балансе магазина" in what, "Пополните" in do) == (True, True)


def test_the_queue_shows_who_waits_longest_first(desk, anna, vera, mug, point):
    made = [shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), anna), late=True) for _ in range(3)]
    right = shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), anna), words="<i>скол</i>")
    Return.objects.filter(pk=made[0].pk).update(asked_at=timezone.now() - timedelta(days=5, hours=3))
    Return.objects.filter(pk=made[1].pk).update(asked_at=timezone.now())
    rows = desk.get(RETURNS).context["rows"]
    assert [one for one, _ in rows] == made
    assert [days for _, days in rows][:2] == [5, 0]
    answer = desk.get(RETURNS, {"section": "accepted"})
    assert [one for one, _ in answer.context["rows"]] == [right]
    assert "<i>скол" not in answer.content.decode()


@pytest.mark.parametrize("address", [PAYMENTS, REFUNDS, RETURNS])
def test_lists_cost_the_same_for_one_and_for_three(desk, anna, vera, mug, point, address):
    def one_more() -> None:
        if address == RETURNS:
            shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), anna), late=True)
        else:
            withdraw_order(order_id=shelf.paid(vera, mug, point).pk, reason="shop", at=timezone.now())

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    one_more()
    first = cost()
    [one_more() for _ in range(2)]
    assert (cost(), len(desk.get(address).context["rows"])) == (first, 3)
