"""What failed at the bank or at the till is asked for once more from its order's page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from svoi.orders.models import Order
from svoi.payments.actions.refunding import apply_refund_told
from svoi.payments.models import Payment, Receipt, ReceiptLine, Refund
from svoi.payments.providers.shape import RefundTold
from tests.studio.shop import shelf

LIST = "/studio/table/orders/"


def page(order: Order, rest: str = "") -> str:
    return f"{LIST}{order.pk}/{rest}"


@pytest.mark.django_db(transaction=True)
class TestRefundAgain:
    @pytest.fixture
    def failed(self, desk, order) -> Refund:
        desk.post(page(order, "calling-off"))
        refund = Refund.objects.get()
        self.fail(refund)
        return refund

    def fail(self, refund: Refund) -> None:
        Refund.objects.filter(pk=refund.pk).update(state="sent", provider_id=f"refund-{refund.pk}")
        told = RefundTold(
            f"refund-{refund.pk}", refund.payment.provider_id, "failed", refund.amount_minor, "insufficient_funds"
        )
        apply_refund_told(provider=refund.payment.provider, told=told, at=timezone.now())

    def test_a_failed_one_is_owed_again_once(self, desk, order, failed):
        assert "Повторить возврат" in desk.get(page(order)).content.decode()
        assert [desk.post(page(order, f"refunds/{failed.pk}")).status_code for _ in range(2)] == [302, 302]
        again = Refund.objects.latest("pk")
        assert (Refund.objects.count(), again.state, again.amount_minor) == (2, "due", 149_000)
        assert again.key != failed.key
        self.fail(again)
        assert desk.post(page(order, f"refunds/{again.pk}")).status_code == 302
        assert Refund.objects.count() == 3

    def test_one_that_stands_is_not(self, desk, order):
        desk.post(page(order, "calling-off"))
        answer = desk.post(page(order, f"refunds/{Refund.objects.get().pk}"))
        assert (answer.status_code, answer.context["told"].code) == (409, "refund_not_failed")
        assert Refund.objects.count() == 1

    def test_another_orders_refund_is_not_found_here(self, desk, vera, mug, point, order, failed):
        other = shelf.paid(vera, mug, point)
        assert desk.post(page(other, f"refunds/{failed.pk}")).status_code == 404
        assert Refund.objects.count() == 1


def test_a_subject_of_another_kind_breaks_nothing(desk, order):
    payment = Payment.objects.get()
    Payment.objects.create(
        key=uuid4(), subject="order:99999999999999999999", provider="fake", amount_minor=1, purpose="", return_url=""
    )
    for subject in ("pool:1", "order:", "order:1x", "order:-1"):
        Payment.objects.create(key=uuid4(), subject=subject, provider="fake", amount_minor=1, purpose="", return_url="")
    rows = desk.get("/studio/table/payments/").context["rows"]
    assert [row.payment for row, _ in rows] == [payment]


@pytest.mark.django_db(transaction=True)
class TestReceiptAgain:
    @pytest.fixture
    def failed(self, order) -> Receipt:
        """The receipt of a hand-over that the till refused."""
        payment = Payment.objects.get(subject=order.subject)
        receipt = Receipt.objects.create(
            key=uuid4(), payment=payment, kind="closing", customer="vera@example.com", amount_minor=149_000,
            state="failed", failed_for="general_decline",
        )  # fmt: skip
        ReceiptLine.objects.create(
            receipt=receipt, name="Кружка", quantity=1, price_minor=149_000, vat_code=1, mode="full_payment"
        )
        return receipt

    def test_one_that_failed_is_printed_again_once(self, desk, order, failed):
        assert "Напечатать ещё раз" in desk.get(page(order)).content.decode()
        assert [desk.post(page(order, f"receipts/{failed.pk}")).status_code for _ in range(2)] == [302, 302]
        again = Receipt.objects.get(again_of=failed)
        assert (again.kind, again.amount_minor, Receipt.objects.filter(kind="closing").count()) == (
            "closing",
            149_000,
            2,
        )
        shown = desk.get(page(order)).content.decode()
        assert ("Напечатать ещё раз" in shown, "напечатан заново" in shown) == (False, True)

    def test_one_that_stands_is_not(self, desk, order, failed):
        Receipt.objects.update(state="registered")
        assert "Напечатать ещё раз" not in desk.get(page(order)).content.decode()
        answer = desk.post(page(order, f"receipts/{failed.pk}"))
        assert (answer.status_code, answer.context["told"].code) == (409, "receipt_not_failed")

    def test_another_orders_receipt_is_not_found_here(self, desk, vera, mug, point, order, failed):
        other = shelf.paid(vera, mug, point)
        assert desk.post(page(other, f"receipts/{failed.pk}")).status_code == 404
        assert Receipt.objects.filter(again_of=failed).count() == 0
