"""Everything that can happen to a room, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from svoi.catalog.models import Stock, Variant
from svoi.control.actions.keeping import hide_message, pin_message, unpin_message
from svoi.control.actions.noting import leave_note
from svoi.control.actions.polling import arm_poll, close_poll, fire_poll, vote
from svoi.control.models import Poll
from svoi.control.rules.polls import Wish
from svoi.envelopes.actions import claim_shares, close_envelope
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import Claim
from svoi.flash.actions import claim_flash, close_deals
from svoi.flash.rules import Terms
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.orders.actions import settle_order
from svoi.orders.models import Order
from svoi.payments.actions import apply_told
from svoi.payments.models import Payment
from svoi.payments.providers.shape import Told
from svoi.shows.actions.airing import end_break, end_show, start_break
from svoi.shows.actions.buying import buy_in_show
from svoi.shows.actions.chat import change_chat_policy
from svoi.shows.actions.flashing import arm_in_show, fire_in_show
from svoi.shows.actions.gifting import send_into_show
from svoi.shows.actions.ingest import note_offline, note_online
from svoi.shows.actions.pinning import pin_product, unpin_product
from svoi.shows.actions.telling import tell_price, tell_stock_ran_out, tell_stock_returned
from svoi.shows.models import ChatMessage, Show
from tests import cast
from tests.envelopes.purse import SEED, fund, settle
from tests.gateway.conftest import Evening

WISH = Wish("Какой?", "Which?", (("Синий", "Blue"), ("Белый", "White")), 600)


class Evenings:
    """Everything that can happen to a room, in the order of one evening."""

    def __init__(self, evening: Evening) -> None:
        self.show = Show.objects.get(pk=evening.show.pk)
        self.anna = Member.objects.get(pk=evening.anna.member_id)
        self.vera = Member.objects.get(pk=evening.vera.member_id)
        self.mug = Variant.objects.get()
        self.point = cast.pickup_point(self.show.community)
        self.passed = timedelta()
        self.price_minor = 90_000
        self.gifts: list[Envelope] = []
        settle(self.show.community, self.anna, self.vera)
        fund(self.show.community, 300)
        self.by = {"show_id": self.show.pk, "by": self.anna}

    def at(self) -> datetime:
        """The next moment of the evening."""
        self.passed += timedelta(seconds=20)
        return cast.NOON + self.passed

    def now(self) -> dict[str, Any]:
        return {**self.by, "at": self.at()}

    def buys(self) -> None:
        order: Order = buy_in_show(
            show_id=self.show.pk,
            buyer=self.vera,
            variant_id=self.mug.pk,
            quantity=1,
            shown_price=Money(Variant.objects.get().price_minor),
            pickup_point_id=self.point.pk,
            seen_pin_id=None,
            announced=True,
            key=uuid4(),
            number=uuid4().hex[:8].upper(),
            at=self.at(),
        )
        payment = Payment.objects.filter(subject=f"order:{order.pk}").latest("id")
        with transaction.atomic():
            told = Told(f"bank-{order.pk}", "succeeded", payment.amount_minor)
            apply_told(payment=Payment.objects.select_for_update().get(pk=payment.pk), told=told, at=self.at())
        settle_order(payment_id=payment.pk, at=self.at())

    def costs(self, minor: int) -> None:
        Variant.objects.update(price_minor=minor)
        tell_price(product_id=self.mug.product_id)

    def stands(self, on_hand: int) -> None:
        Stock.objects.update(on_hand=on_hand)
        (tell_stock_returned if on_hand else tell_stock_ran_out)(product_id=self.mug.product_id)

    def hides(self, text: str) -> None:
        message = ChatMessage.objects.get(text=text)
        hide_message(**self.now(), message_id=message.pk)

    def puts_above(self, text: str) -> None:
        pin_message(**self.now(), message_id=ChatMessage.objects.get(text=text).pk)

    def notes(self) -> None:
        """Takes a place among the facts, and is told to no viewer."""
        leave_note(**self.now(), audience="host", text="secret", key=uuid4())

    def asks(self) -> None:
        poll = arm_poll(**self.now(), wish=WISH, key=uuid4())
        fire_poll(**self.now(), poll_id=poll.pk, seen="armed")

    def votes(self) -> None:
        vote(poll_id=Poll.objects.latest("pk").pk, place=1, by=self.vera, at=self.at())

    def closes(self) -> None:
        close_poll(**self.now(), poll_id=Poll.objects.latest("pk").pk, seen="open")

    def fires(self) -> None:
        """Each deal is cheaper than the one before, and one piece smaller."""
        self.price_minor -= 1_000
        asked = {"variant_id": self.mug.pk, "price": Money(self.price_minor), "terms": Terms(quantity=2)}
        self.deal = arm_in_show(**self.now(), **asked, key=uuid4())
        fire_in_show(**self.now(), deal_id=self.deal.pk)
        self.passed += timedelta(seconds=self.deal.countdown_s)

    def takes(self) -> None:
        claim_flash(deal_id=self.deal.pk, member_id=self.vera.pk, quantity=1, key=uuid4(), at=self.at())

    def ends_deals(self) -> None:
        self.passed += timedelta(seconds=self.deal.runs_s)
        close_deals(at=self.at())

    def gift(self, *, shares: int) -> None:
        self.gifts.append(
            send_into_show(
                **self.now(),
                mode="random",
                total=60,
                shares=shares,
                minutes=0,
                greeting="К чаю",
                seed=SEED,
                key=uuid4(),
            )
        )

    def opens(self, number: int, *people: Member) -> None:
        at = self.at()
        claim_shares(claims=[Claim(self.gifts[number].pk, one.pk, uuid4()) for one in people], at=at)

    def signal(self, *, arrives: bool) -> None:
        at = self.at()
        if arrives:
            note_online(show_id=self.show.pk, session=uuid4(), signal={}, at=at)
            return
        session = self.show.ingests.get(offline_at=None).session
        note_offline(show_id=self.show.pk, session=session, reason="gone", at=at)

    def steps(self) -> list[Callable[[], object]]:
        product = self.mug.product_id
        return [
            lambda: unpin_product(**self.now()),
            lambda: pin_product(**self.now(), product_id=product),
            self.buys,
            lambda: self.costs(99_000),
            lambda: self.stands(0),
            lambda: self.stands(5),
            lambda: self.puts_above("two"),
            lambda: self.puts_above("one"),
            lambda: self.hides("one"),
            lambda: self.puts_above("three"),
            lambda: unpin_message(**self.now()),
            self.asks,
            self.votes,
            self.closes,
            self.asks,
            self.fires,
            self.takes,
            lambda: self.signal(arrives=False),
            lambda: self.signal(arrives=True),
            self.ends_deals,
            self.fires,
            self.takes,
            lambda: start_break(**self.now()),
            lambda: end_break(**self.now()),
            lambda: change_chat_policy(**self.by, slow_mode_s=7, length_max=100, open_=True),
            lambda: (self.notes(), self.buys()),
            lambda: self.gift(shares=2),
            lambda: self.gift(shares=3),
            lambda: self.opens(0, self.vera),
            lambda: self.opens(1, self.anna, self.vera),
            lambda: self.opens(0, self.anna),
            lambda: end_show(**self.now()),
            lambda: self.gifts and close_envelope(envelope_id=self.gifts[1].pk, at=self.at() + timedelta(days=2)),
        ]
