"""Any steps in any order, with notices late or never: stock, money, points and ledger agree after each of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings as house
from django.db.models import Max, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from svoi.db.models import OutboxEvent
from svoi.kernel.refused import Refused
from svoi.ledger.queries import balance, check_ledger
from svoi.orders.actions import (
    ask_return,
    cancel_order,
    decide_return,
    drop_return,
    expire_orders,
    expire_returns,
    extend_reservation,
    keep_orders,
    pack_order,
    request_again,
    send_order,
    withdraw_order,
)
from svoi.orders.models import Order, Return, ReturnLine
from svoi.orders.rules import ReturnClosed
from svoi.payments.actions import receive_notice, reconcile
from svoi.payments.models import BankPage, BankRefund, Payment, Refund
from svoi.payments.providers import fake
from svoi.pickup.actions import expire_parcels, give_back, hand_over, receive_parcel, take_back
from svoi.pickup.models import Parcel
from svoi.pickup.queries import code_kept_for
from svoi.points.actions import expire_points, pay_owed
from svoi.points.models import Earning
from tests import cast
from tests.cast import NOON
from tests.orders.way import follow, left, ordered
from tests.points.bank import earned, has, in_budget, issued, points_on

STOCK = 12
POINTS = 1_500
BUDGET = 1_800  # too little for what several orders earn
ORDERS = st.integers(0, 2)
REASONS = st.sampled_from(["changed_mind", "defect"])


class Steps(RuleBasedStateMachine):
    """One shop, two things, up to three orders; every step may be refused, and then changes nothing."""

    @initialize(hold=st.booleans())
    def open(self, hold: bool) -> None:
        self.after = OutboxEvent.objects.aggregate(last=Max("id"))["last"] or 0
        house.HOLD_MONEY = hold
        self.at, self.orders = NOON, []
        owner, self.buyer = cast.member(uuid4().hex), cast.member(uuid4().hex)
        place = cast.community(owner, slug=uuid4().hex)
        self.owner, self.point, self.shop = owner, cast.pickup_point(place, code=uuid4().hex[:6]), place
        points_on(place, owner, budget=BUDGET, life=30)
        earned(place, self.buyer, POINTS)
        self.things = [cast.product(place, stock=STOCK), cast.product(place, stock=STOCK, price_minor=33_333)]

    def step(self, verb, *values, **named) -> None:
        try:
            verb(*values, **named)
        except Refused:
            return

    def order(self, which: int) -> Order:
        if not self.orders:
            self.place()
        return Order.objects.get(pk=self.orders[which % len(self.orders)])

    @rule(points=st.sampled_from([0, 301, 1_000]))
    def place(self, points: int = 0) -> None:
        if len(self.orders) < 3:
            self.step(self.order_with, points)

    def order_with(self, points: int) -> None:
        wanted = ordered(self.buyer, *self.things, point=self.point, at=self.at, points=points)
        self.orders.append(wanted.pk)

    @rule(which=ORDERS, decision=st.sampled_from(["succeed", "decline"]), heard=st.booleans())
    def bank(self, which: int, decision: str, heard: bool) -> None:
        payment = Payment.objects.filter(subject=self.order(which).subject).latest("id")
        if payment.provider_id:
            fake.decide(bank_id=UUID(payment.provider_id), decision=decision, at=self.at, trouble="lost")
            if heard:
                told = {"notice": uuid4().hex, "payment": payment.provider_id}
                receive_notice(provider="fake", body=told, at=self.at)

    @rule(which=ORDERS)
    def pay_again(self, which: int) -> None:
        self.step(request_again, order_id=self.order(which).pk, key=uuid4(), at=self.at)

    @rule(which=ORDERS)
    def more_time(self, which: int) -> None:
        self.step(extend_reservation, order_id=self.order(which).pk, at=self.at)

    @rule(which=ORDERS)
    def let_go(self, which: int) -> None:
        cancel_order(order_id=self.order(which).pk, reason="buyer", at=self.at)

    @rule(which=ORDERS, reason=st.sampled_from(["buyer", "shop"]))
    def call_off(self, which: int, reason: str) -> None:
        self.step(withdraw_order, order_id=self.order(which).pk, reason=reason, at=self.at)

    @rule(which=ORDERS)
    def pack(self, which: int) -> None:
        self.step(pack_order, order_id=self.order(which).pk, by=self.owner, at=self.at)

    @rule(which=ORDERS)
    def send(self, which: int) -> None:
        order = self.order(which)
        self.step(send_order, order_id=order.pk, by=self.owner, at=self.at)
        if parcel := Parcel.objects.filter(subject=order.subject, sent_at__isnull=False).first():
            self.step(receive_parcel, parcel_id=parcel.pk, at=self.at)

    @rule(which=ORDERS)
    def collect(self, which: int) -> None:
        if parcel := Parcel.objects.filter(subject=self.order(which).subject).first():
            code, named = code_kept_for(parcel), {"pickup_point_id": self.point.pk, "parcel_id": parcel.pk}
            self.step(hand_over, **named, code=code, by=self.owner, at=self.at)

    @rule(which=ORDERS, pieces=st.integers(1, 3), thing=st.integers(0, 1), reason=REASONS)
    def ask_back(self, which: int, pieces: int, thing: int, reason: str) -> None:
        order = self.order(which)
        line = order.lines.order_by("id")[thing].pk
        wanted = {"order_id": order.pk, "wanted": {line: pieces}, "reason": reason, "words": ""}
        self.step(ask_return, **wanted, key=uuid4(), at=self.at)

    @rule(which=ORDERS, verb=st.sampled_from(["accept", "decline", "drop", "bring", "bring"]))
    def returning(self, which: int, verb: str) -> None:
        asked = Return.objects.filter(order=self.order(which)).order_by("?").first()
        if asked is None:
            return
        if verb == "bring":
            if asked.accepted_at:
                self.step(take_back, subject=asked.order.subject, by=self.owner, claim=asked.claim, at=self.at)
        elif verb == "drop":
            drop_return(return_id=asked.pk, at=self.at)
        else:
            words = "Нет следов брака"
            self.step(
                decide_return, return_id=asked.pk, accept=verb == "accept", words=words, by=self.owner, at=self.at
            )

    @rule(hours=st.sampled_from([0, 1, 30, 24 * 8, 24 * 15]))
    def time_goes_by(self, hours: int) -> None:
        self.at += timedelta(hours=hours, minutes=1)
        expire_orders(at=self.at)
        fake.close_pages(at=self.at)
        expire_parcels(at=self.at)
        for parcel in Parcel.objects.filter(not_collected_at__isnull=False, came_back_at=None):
            give_back(parcel_id=parcel.pk, at=self.at)
        self.follow()
        expire_returns(at=self.at)
        keep_orders(at=self.at)
        expire_points(at=self.at)
        pay_owed(at=self.at)

    @rule()
    def worker(self) -> None:
        self.follow()

    def follow(self) -> None:
        try:
            follow(self.at, after=self.after)
        except ReturnClosed:
            return  # a lapsed return whose pieces another one took; its door is closed at the counter

    @invariant()
    def stock_agrees(self) -> None:
        if not hasattr(self, "things"):
            return
        orders = Order.objects.filter(pk__in=self.orders)
        taken = orders.filter(restocked_at=None).count() * 2
        for thing in self.things:
            back = ReturnLine.objects.filter(
                order_line__variant=thing, returning__received_at__isnull=False, returning__reason="changed_mind"
            )
            assert left(thing) == STOCK - taken + (back.aggregate(all=Sum("quantity"))["all"] or 0)

    @invariant()
    def money_agrees(self) -> None:
        for pk in getattr(self, "orders", []):
            order = Order.objects.get(pk=pk)
            came, back, sold = _moved(order)
            assert balance(f"due:{order.subject}").minor == came - back - sold
            assert order.stage != "collected" or came >= back
        assert check_ledger() == []

    @invariant()
    def points_agree(self) -> None:
        if not hasattr(self, "things"):
            return
        orders = list(Order.objects.filter(pk__in=self.orders))
        laid_down = sum(one.points_spent for one in orders if one.stage in ("placed", "held"))
        spent = sum(one.points_spent - _points_back(one) for one in orders if one.paid_at)
        got = Earning.objects.filter(member=self.buyer, paid_at__isnull=False).aggregate(all=Sum("amount"))["all"]
        gone = sum(told["amount"] for _, told in cast.recorded("points_expired") if told["member_id"] == self.buyer.pk)
        whole, free = has(self.shop, self.buyer)
        assert (whole, whole - free) == (got - spent - gone, laid_down)
        assert issued(self.shop) == in_budget(self.shop) + whole

    def teardown(self) -> None:
        """However it went, once everything was heard the bank and we agree, and nothing is owed without a reason."""
        if not hasattr(self, "orders"):
            return
        for _ in range(3):
            Payment.objects.update(look_again_at=self.at)
            Refund.objects.update(look_again_at=self.at)
            reconcile(at=self.at)
            self.follow()
        for order in Order.objects.filter(pk__in=self.orders):
            came, back, sold = _moved(order)
            assert (came, back) == _at_the_bank(order)
            assert came - back - sold == (came if order.stage == "paid" else 0), order.stage
            assert order.stage != "returned" or (came, back, sold) == (order.payable.minor, order.payable.minor, 0)
            assert order.stage != "returned" or _points_back(order) == order.points_spent


def _moved(order: Order) -> tuple[int, int, int]:
    """What came for it, what went back, and what of the rest counts as sold; minor units."""
    payments = Payment.objects.filter(subject=order.subject, state="succeeded")
    refunds = Refund.objects.filter(payment__subject=order.subject, state="succeeded")
    returned = Return.objects.filter(order=order, received_at__isnull=False)
    collected = sum(told["kept_minor"] for _, told in cast.recorded("order_collected") if told["order_id"] == order.pk)
    return (
        payments.aggregate(all=Sum("captured_minor"))["all"] or 0,
        refunds.aggregate(all=Sum("amount_minor"))["all"] or 0,
        collected - (returned.aggregate(all=Sum("amount_minor"))["all"] or 0),
    )


def _points_back(order: Order) -> int:
    if order.withdrawn_at:
        return order.points_spent
    returned = Return.objects.filter(order=order, received_at__isnull=False)
    return returned.aggregate(all=Sum("points_back"))["all"] or 0


def _at_the_bank(order: Order) -> tuple[int, int]:
    keys = Payment.objects.filter(subject=order.subject).values("key")
    pages = BankPage.objects.filter(idempotence_key__in=keys)
    refunds = BankRefund.objects.filter(page__in=pages)
    return (
        pages.aggregate(all=Sum("taken_minor"))["all"] or 0,
        refunds.aggregate(all=Sum("amount_minor"))["all"] or 0,
    )


@pytest.mark.django_db(transaction=True)
def test_any_steps_in_any_order(settings_kept):
    run_state_machine_as_test(
        Steps,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


@pytest.fixture
def settings_kept(settings):
    """Puts HOLD_MONEY back as it was."""
    settings.HOLD_MONEY = False
