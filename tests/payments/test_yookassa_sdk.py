"""The official SDK as an independent client: the same purchase made through it and through ours leaves the same book.

The SDK knows the contract from its makers; where both agree against our stand-in, neither the stand-in nor our client
has been bent to fit the other.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from svoi.kernel.money import Money
from svoi.payments.providers import yookassa as ours
from svoi.payments.providers.shape import Asking, Closing, GivingBack, Printed
from svoi.payments.providers.yookassa.wording import closing_body, payment_body, receipt_body
from svoi.payments.rules import ProviderRefused, ReceiptItem

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import yookassa as theirs
    from yookassa.domain.common import SecurityHelper
    from yookassa.domain.exceptions import BadRequestError
    from yookassa.domain.notification import WebhookNotificationFactory

CUPS = (ReceiptItem("Кружка", 2, 50_000, 11), ReceiptItem("Чай", 1, 49_000, 3))
PREPAID = Printed("vera@example.com", "full_prepayment", CUPS)
HANDED = Printed("+79121234567", "full_payment", CUPS)
PART = Printed("vera@example.com", "full_prepayment", (ReceiptItem("Кружка", 1, 50_000, 11),))


@dataclass
class Purchase:
    """The keys of one purchase, so that both sides can make it word for word."""

    key: UUID
    method: str = "card"
    hold: bool = False

    @property
    def asking(self) -> Asking:
        return Asking(self.key, Money(149_000), "№ ABC", "/orders/ABC/", self.method, self.hold, PREPAID, "order:1")


class Ours:
    """The purchase through our client: states in our words."""

    def ask(self, purchase: Purchase) -> str:
        return ours.ask(purchase.asking).provider_id

    def state(self, payment_id: str) -> tuple[str, int, str, str]:
        told = ours.read(payment_id)
        return told.state, told.amount_minor, told.reason, told.receipt

    def capture(self, payment_id: str, minor: int, receipt: Printed) -> None:
        ours.capture(payment_id, Money(minor), uuid4(), receipt)

    def void(self, payment_id: str) -> None:
        ours.void(payment_id, uuid4())

    def refund(self, payment_id: str, minor: int, receipt: Printed) -> tuple[str, int]:
        told = ours.refund(GivingBack(uuid4(), payment_id, Money(minor), "returned", receipt))
        return told.state, told.amount_minor

    def close(self, payment_id: str) -> str:
        return ours.close_receipt(Closing(uuid4(), payment_id, Money(149_000), HANDED)).state


class Theirs:
    """The purchase through the SDK, its words put into ours by hand."""

    STATES = {"pending": "pending", "waiting_for_capture": "held", "succeeded": "succeeded"}

    def ask(self, purchase: Purchase) -> str:
        return theirs.Payment.create(payment_body(purchase.asking), purchase.key).id

    def state(self, payment_id: str) -> tuple[str, int, str, str]:
        told = theirs.Payment.find_one(payment_id)
        details = told.cancellation_details
        reason = details.reason if details else ""
        fell = "voided" if reason == "canceled_by_merchant" else "declined"
        state = self.STATES.get(told.status, fell)
        receipt = {"succeeded": "registered"}.get(told.receipt_registration, "")
        return state, int(told.amount.value * 100), reason, receipt

    def capture(self, payment_id: str, minor: int, receipt: Printed) -> None:
        body = {"amount": _amount(minor), "receipt": receipt_body(receipt, "RUB")}
        theirs.Payment.capture(payment_id, body, uuid4())

    def void(self, payment_id: str) -> None:
        theirs.Payment.cancel(payment_id, uuid4())

    def refund(self, payment_id: str, minor: int, receipt: Printed) -> tuple[str, int]:
        body = {
            "payment_id": payment_id,
            "amount": _amount(minor),
            "description": "returned",
            "receipt": receipt_body(receipt, "RUB"),
        }
        told = theirs.Refund.create(body, uuid4())
        return told.status, int(told.amount.value * 100)

    def close(self, payment_id: str) -> str:
        closing = Closing(uuid4(), payment_id, Money(149_000), HANDED)
        told = theirs.Receipt.create(closing_body(closing), closing.key)
        return {"succeeded": "registered"}[told.status]


def _amount(minor: int) -> dict[str, str]:
    return {"value": Money(minor).decimal(), "currency": "RUB"}


@pytest.fixture
def sdk(kassa) -> Theirs:
    theirs.Configuration.configure(kassa.shop, kassa.secret, api_url=kassa.url)
    return Theirs()


def kept(kassa) -> list[Any]:
    """The book without what differs from purchase to purchase."""
    names = ("status", "amount", "paid", "description", "payment_method", "receipt_registration", "refunded_amount")
    return [
        [{name: one.get(name) for name in names} for one in kept_of.values()]
        for kept_of in (kassa.book.payments, kassa.book.refunds)
    ]


def a_sale(kassa, client: Ours | Theirs) -> list[object]:
    """Paid at once, a part given back, the rest handed over."""
    payment_id = client.ask(Purchase(uuid4(), method="sbp"))
    told: list[object] = [client.state(payment_id)]
    kassa.book.pay(payment_id)
    told += [client.state(payment_id), client.refund(payment_id, 50_000, PART), client.close(payment_id)]
    return [*told, client.state(payment_id)]


def a_hold(kassa, client: Ours | Theirs) -> list[object]:
    """Held, then a part taken; another one let go; a third declined."""
    told: list[object] = []
    taken, let_go, declined = (client.ask(Purchase(uuid4(), hold=True)) for _ in range(3))
    kassa.book.pay(taken), kassa.book.pay(let_go)
    kassa.book.decline(declined, "3d_secure_failed")
    told += [client.state(one) for one in (taken, let_go, declined)]
    client.capture(taken, 50_000, PART)
    client.void(let_go)
    return [*told, *(client.state(one) for one in (taken, let_go))]


@pytest.mark.parametrize("scenario", [a_sale, a_hold])
def test_both_make_the_same_purchase(kassa, sdk, scenario):
    ours_told = scenario(kassa, Ours())
    ours_kept = kept(kassa)
    kassa.book.payments.clear(), kassa.book.refunds.clear()
    assert scenario(kassa, sdk) == ours_told
    assert kept(kassa) == ours_kept


def test_both_find_one_payment_under_one_key(kassa, sdk):
    for client in (Ours(), sdk):
        purchase = Purchase(uuid4())
        assert client.ask(purchase) == client.ask(purchase)
    assert len(kassa.book.payments) == 2


def test_both_are_refused_another_body_under_the_same_key(kassa, sdk):
    purchase = Purchase(uuid4())
    Ours().ask(purchase)
    other = Asking(purchase.key, Money(1), "another", "/")
    with pytest.raises(ProviderRefused):
        ours.ask(other)
    with pytest.raises(BadRequestError):
        theirs.Payment.create(payment_body(other), purchase.key)


def test_both_are_refused_a_receipt_that_does_not_add_up(kassa, sdk):
    short = Asking(uuid4(), Money(149_001), "№ ABC", "/", receipt=PREPAID)
    with pytest.raises(ProviderRefused) as refused:
        ours.ask(short)
    assert refused.value.facts["about"] == "receipt.items"
    with pytest.raises(BadRequestError) as bad:
        theirs.Payment.create(payment_body(short), uuid4())
    assert bad.value.content["parameter"] == "receipt.items"


def test_the_sdk_reads_what_we_wrote(kassa, sdk):
    payment_id = Ours().ask(Purchase(uuid4(), hold=True))
    told = theirs.Payment.find_one(payment_id)
    assert (told.description, told.metadata["svoi_subject"], told.payment_method.type) == (
        "№ ABC",
        "order:1",
        "bank_card",
    )
    assert told.confirmation.confirmation_url == f"{kassa.home}/pay/{payment_id}"


def test_the_sdk_reads_the_notices(kassa, sdk):
    payment_id = Ours().ask(Purchase(uuid4()))
    kassa.book.pay(payment_id)
    Ours().refund(payment_id, 50_000, PART)
    for body in kassa.mailbox.written:
        notification = WebhookNotificationFactory().create(body)
        noticed = ours.subject_of_notice(body)
        assert (notification.object.id, notification.event.split(".")[0]) == (noticed.provider_id, noticed.about)
    assert [body["event"] for body in kassa.mailbox.written] == ["payment.succeeded", "refund.succeeded"]


@pytest.mark.parametrize(
    "address",
    [
        "185.71.76.0", "185.71.76.31", "185.71.76.32", "185.71.77.1", "77.75.153.127", "77.75.153.128", "77.75.154.127",
        "77.75.154.128", "77.75.156.11", "77.75.156.12", "77.75.156.35", "127.0.0.1", "8.8.8.8", "2a02:5180:0:1509::1",
        "2a02:5180:0:1510::1", "2a02:5180:0:1533:ffff::", "2a02:5180:0:2655::", "2a02:5180:0:2669::5", "::1",
    ],
)  # fmt: skip
def test_both_believe_the_same_addresses(address):
    assert ours.believes(address) == SecurityHelper().is_ip_trusted(address)


@pytest.mark.parametrize("address", ["", "unix:", "1.2.3", "185.71.76.5, 8.8.8.8"])
def test_what_is_no_address_is_not_believed(address):
    assert ours.believes(address) is False
