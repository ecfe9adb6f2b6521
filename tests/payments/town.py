"""A buyer, a shop and a bank under trouble: the worker, the clock and the post are moved by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django.db import connection
from django.test import Client

from svoi.consequences import carry_out
from svoi.db.relay import number_events
from svoi.jobs.tasks.consequences import hand_over
from svoi.kernel.refused import Refused
from svoi.ledger.models import Entry, Transfer
from svoi.ledger.queries import balance, check_ledger
from svoi.orders.actions import cancel_order, expire_orders
from svoi.orders.models import Order
from svoi.payments.actions import reconcile, request_payment
from svoi.payments.actions.receipting import printed
from svoi.payments.fakes.yookassa.mailbox import LATE
from svoi.payments.models import Payment, Receipt, Refund
from svoi.payments.providers import fake
from svoi.payments.providers.yookassa import client as line
from tests.payments.kassa import IMPATIENT_S, PATIENT_S, Clock
from tests.payments.till import RECEIPT

NOTICE, LETTER = "send notice", "write letter"
# From seconds to more than a day, so that every look of the clock and every key's end comes by.
STEPS = ({"seconds": 10}, {"seconds": 20}, {"minutes": 1}, {"minutes": 5}, {"minutes": 20}, {"hours": 2}, {"hours": 25})


class Bank(Protocol):
    """The provider's side of the town."""

    name: str

    def befall(self, trouble: str, town: Town, job: str) -> None:
        """From now on this happens to what the shop asks for."""

    def is_over(self) -> None:
        """The provider answers again."""

    def pay(self, payment: Payment) -> None:
        """The buyer pays on the bank's page."""

    def post(self, trouble: str) -> None:
        """This happens to the next notice."""

    def deliver(self) -> None:
        """The notices that are due go to the shop."""

    def time_passes(self) -> None:
        """Pages and holds run out."""

    def done(self) -> tuple[list[int], list[int]]:
        """Everything it charged, and everything it gave back."""


@dataclass
class Town:
    """One order and its money. `kept_back` names consequences that the worker does not get to for now."""

    order: Order
    page: Client
    clock: Clock
    bank: Bank
    kept_back: set[str] = field(default_factory=lambda: {NOTICE, LETTER})
    finished: set[int] = field(default_factory=set)

    @property
    def subject(self) -> str:
        return f"order:{self.order.pk}"

    @property
    def payment(self) -> Payment:
        return Payment.objects.get(subject=self.subject)

    def request(self, *, hold: bool = False) -> None:
        request_payment(
            subject=self.subject,
            amount=self.order.total,
            purpose=f"№ {self.order.number}",
            return_url=f"/orders/{self.order.number}/",
            key=uuid4(),
            at=self.clock(),
            hold=hold,
            receipt=RECEIPT,
        )

    def cancel(self) -> None:
        assert cancel_order(order_id=self.order.pk, reason="buyer", at=self.clock())

    def work(self) -> None:
        """The worker tries each job that waits once, and those that follow from it."""
        tried: set[int] = set()
        while jobs := [job for job in self.jobs() if job[0] not in tried and job[1]["name"] not in self.kept_back]:
            for number, facts in jobs:
                tried.add(number)
                self.attempt(number, facts)

    def attempt(self, number: int, facts: dict[str, Any]) -> None:
        try:
            carry_out(**{name: value for name, value in facts.items() if name != "at"}, at=self.clock())
        except Refused:
            return
        self.finished.add(number)

    def jobs(self) -> list[tuple[int, dict[str, Any]]]:
        while number_events(hand_over):
            pass
        with connection.cursor() as cursor:
            cursor.execute("select id, args from procrastinate_jobs where task_name = 'consequence' order by id")
            waiting = [(number, json.loads(args)) for number, args in cursor.fetchall()]
        return [(number, facts) for number, facts in waiting if number not in self.finished]

    def go_on(self, *steps: dict[str, float]) -> None:
        """Time goes on: the worker, the bank's post and every clock do what they do."""
        for step in steps or STEPS:
            self.clock.move(**step)
            self.bank.time_passes()
            self.work()
            self.bank.deliver()
            expire_orders(at=self.clock())
            reconcile(at=self.clock())
            self.work()

    def look_again(self) -> None:
        """The clock finds what no notice told of yet."""
        self.clock.move(seconds=21)
        reconcile(at=self.clock())
        self.work()

    def seen(self) -> tuple[str, str]:
        """The step on the buyer's page; what the shop has on record of payment, refund and closing receipt."""
        body = self.page.get(f"/orders/{self.order.number}/").content.decode()
        step = re.search(r'data-step="(\w+)"', body)
        assert step
        refunds = [f"refund {state}" for state in Refund.objects.order_by("id").values_list("state", flat=True)]
        closing = Receipt.objects.filter(kind="closing").values_list("state", flat=True)
        return step[1], ", ".join([self.payment.state, *refunds, *(f"closing {state}" for state in closing)])

    def books(self) -> tuple[int, int]:
        """Money at the provider, and owed to the buyer; the ledger being sound and coming to zero."""
        assert check_ledger() == []
        assert sum(Entry.objects.values_list("amount_minor", flat=True)) == 0
        return balance(f"provider:{self.bank.name}").minor, balance(f"due:{self.subject}").minor

    def bookings(self) -> list[str]:
        """What was booked, told by the first word of its key and the last of its kind."""
        made = Transfer.objects.exclude(kind="hold").order_by("id").values_list("key", "kind")
        return [f"{key.partition(':')[0]} {kind}" for key, kind in made]


class Kassa:
    """YooKassa: our client against the stand-in."""

    name = "yookassa"
    # Long enough that one call fails with all its repetitions.
    ANSWERS: dict[str, list[Any]] = {
        "timeout before": ["silence lost"],
        "timeout after": ["silence done"],
        "500 before": ["500 lost"] * line.TRIES,
        "500 after": ["500 done", *["500 lost"] * (line.TRIES - 1)],
        "202": ["202"] * line.TRIES,
        "429": ["429"] * line.TRIES,
        "garbage before": ["garbage lost"],
        "garbage after": ["garbage done"],
    }

    def __init__(self, stand_in: Any, settings: Any) -> None:
        self.stand_in, self.settings, self.address = stand_in, settings, settings.YOOKASSA_URL

    def befall(self, trouble: str, town: Town, job: str) -> None:
        if trouble == "connection refused":
            self.settings.YOOKASSA_URL = "http://127.0.0.1:1/v3"
        else:
            self.settings.YOOKASSA_WAIT_S = IMPATIENT_S if trouble.startswith("timeout") else PATIENT_S
            self.stand_in.troubles.extend(self.ANSWERS[trouble])

    def is_over(self) -> None:
        assert not self.stand_in.troubles, "the trouble befell nobody"
        self.settings.YOOKASSA_URL, self.settings.YOOKASSA_WAIT_S = self.address, PATIENT_S

    def pay(self, payment: Payment) -> None:
        [theirs] = self.stand_in.book.payments
        assert payment.provider_id in (None, theirs)
        self.stand_in.book.pay(theirs)

    def post(self, trouble: str) -> None:
        if trouble == "reordered":
            self.stand_in.mailbox.reversed_order = True
        else:
            self.stand_in.mailbox.troubles.append(trouble)

    def deliver(self) -> None:
        self.stand_in.mailbox.deliver()

    def time_passes(self) -> None:
        self.stand_in.book.pass_time()

    def done(self) -> tuple[list[int], list[int]]:
        charged = [one for one in self.stand_in.book.payments.values() if one["status"] == "succeeded"]
        given_back = [one for one in self.stand_in.book.refunds.values() if one["status"] == "succeeded"]
        return [_minor(one) for one in charged], [_minor(one) for one in given_back]

    def closings(self) -> int:
        kept = self.stand_in.book.receipts.values()
        return len([one for one in kept if one["settlements"][0]["type"] == "prepayment"])


class Demo:
    """The demo bank: in the same process, so that answers are lost only when the worker dies; notices go over HTTP."""

    name = "fake"

    town: Town

    def __init__(self) -> None:
        self.job, self.trouble = "", ""
        self.late_until: datetime | None = None

    def befall(self, trouble: str, town: Town, job: str) -> None:
        self.job = job
        if trouble == "died after":
            _as_the_worker_would(town, job)
        town.kept_back.add(job)

    def is_over(self) -> None:
        self.town.kept_back.discard(self.job)

    def pay(self, payment: Payment) -> None:
        [theirs] = fake.BankPage.objects.all()
        assert payment.provider_id in (None, str(theirs.bank_id))
        fake.decide(bank_id=theirs.bank_id, decision="succeed", at=self.town.clock())

    def post(self, trouble: str) -> None:
        self.trouble = trouble
        if trouble == "late":
            self.late_until = self.town.clock() + LATE

    def deliver(self) -> None:
        due = [job for job in self.town.jobs() if job[1]["name"] == NOTICE]
        if self.late_until and self.town.clock() < self.late_until:
            return
        for number, facts in reversed(due) if self.trouble == "reordered" else due:
            if self.trouble == "lost":
                self.town.finished.add(number)
                continue
            self.town.attempt(number, facts)
            if self.trouble == "twice":
                fake.send_notice(**facts["payload"], at=self.town.clock())

    def time_passes(self) -> None:
        fake.close_pages(at=self.town.clock())

    def done(self) -> tuple[list[int], list[int]]:
        charged = fake.BankPage.objects.filter(state="succeeded").values_list("taken_minor", flat=True)
        return list(charged), list(fake.BankRefund.objects.values_list("amount_minor", flat=True))


def _as_the_worker_would(town: Town, job: str) -> None:
    """The bank does it; we die before the answer is written down."""
    payment, refund = town.payment, Refund.objects.first()
    if job == "ask provider":
        receipt = printed(receipt=payment.receipts.first())
        fake.ask(fake.Asking(payment.key, payment.amount, payment.purpose, payment.return_url, receipt=receipt))
    elif job == "take held money":
        fake.capture(str(payment.provider_id), payment.amount, uuid4())
    elif job == "let money go":
        fake.void(str(payment.provider_id), uuid4())
    elif refund:
        fake.refund(fake.GivingBack(refund.key, str(payment.provider_id), refund.amount))


def _minor(told: dict[str, Any]) -> int:
    return int(told["amount"]["value"].replace(".", ""))
