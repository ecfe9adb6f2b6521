"""A page rendered fresh equals the page rendered before plus the frames told since: the events say enough."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.db import connection, transaction

import svoi.web
from svoi.catalog.models import Stock, Variant
from svoi.control.actions.keeping import hide_message, pin_message, unpin_message
from svoi.control.actions.noting import leave_note
from svoi.control.actions.polling import arm_poll, close_poll, fire_poll, vote
from svoi.control.models import Poll
from svoi.control.queries.room import room_now
from svoi.control.rules.polls import Wish
from svoi.envelopes.actions import claim_shares, close_envelope
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import Claim
from svoi.flash.actions import claim_flash, close_deals
from svoi.flash.rules import Terms
from svoi.gateway.frames import Cursor
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
from tests.gateway.stage import Stage

REDUCER = Path(svoi.web.__file__).parent / "static/web/shows/room-state.js"
NODE = shutil.which("node")
WISH = Wish("Какой?", "Which?", (("Синий", "Blue"), ("Белый", "White")), 600)
pytestmark = pytest.mark.skipif(NODE is None, reason="the browser's reducer is run by node")
PROGRAM = """
import { readFileSync } from "node:fs";
const { apply } = await import(process.argv[1]);
const pages = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(pages.map(([state, frames]) => frames.reduce(apply, state))));
"""


Result = TypeVar("Result")


def applied(state: dict[str, Any], frames: list[dict[str, Any]]) -> dict[str, Any]:
    """What the browser makes of a page and the frames that follow it."""
    return all_applied([(state, frames)])[0]


def all_applied(pages: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """The same of many pages at once."""
    assert NODE is not None
    command = [NODE, "--input-type=module", "--eval", PROGRAM, REDUCER.as_uri()]
    told = subprocess.run(command, input=json.dumps(pages), capture_output=True, text=True, timeout=60, check=True)
    return json.loads(told.stdout)


async def done(act: Callable[[], Result]) -> Result:
    """Let Django act on a thread of its own, as the web does."""

    def work() -> Result:
        try:
            return act()
        finally:
            connection.close()

    return await asyncio.to_thread(work)


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


async def test_a_fresh_page_is_the_page_before_plus_the_frames(stage: Stage, evening: Evening) -> None:
    told = await done(lambda: Evenings(evening))
    fresh = lambda: done(lambda: room_now(show_id=told.show.pk))  # noqa: E731
    before = await fresh()
    async with stage.page(evening.vera, cursor=Cursor(before["facts"], before["chat"])) as page:
        for text in ("one", "two", "three"):
            await page.say(text)
        await page.until(lambda: len(page.chat()) == 3)
        pages, twins = [], []
        for step in told.steps():
            await done(step)
            await stage.number_facts()
            after = await fresh()
            await stage.until_told(told.show.pk, Cursor(after["facts"], after["chat"]), page)
            pages.append((before, list(page.told)))
            twins.append(after)
    assert all_applied(pages) == twins
    assert [message.get("hidden", False) for message in after["messages"]] == [True, False, False]
    assert (after["state"], after["sold"], after["pin"], after["envelopes"]) == ("ended", 2, None, [])
    assert [(page["flash"] or {}).get("closed_for") for page in twins][4:] == [
        *[None] * 11, "", "", "", "", "ended", *[""] * 11, "called_off", "called_off",
    ]  # fmt: skip
    assert [(page["pinned_message"] or {}).get("text") for page in twins][6:12] == [
        "two", "one", None, "three", None, None,
    ]  # fmt: skip
    assert twins[13]["poll"]["results"] == {"raw": [0, 1], "counted": [0, 1]}
    assert ("secret" in str(twins), "secret" in str(page.told), "note_left" in str(page.told)) == (False, False, False)
    assert [[one["shares_left"] for one in twin["envelopes"]] for twin in twins[-7:]] == [
        [2], [2, 3], [1, 3], [1, 1], [1], [1], [],
    ]  # fmt: skip


def test_frames_heard_before_change_nothing() -> None:
    state = {"facts": 5, "chat": 7, "messages": [], "sold": 1, "state": "live", "viewers": 3, "policy": {}}
    frames = [
        {"t": "fact", "n": 5, "kind": "someone_bought"},
        {"t": "chat", "n": 7, "id": 1, "text": "again"},
        {"t": "beat", "token": "x"},
        {"t": "refused", "k": "x", "code": "slow_mode", "wait_s": 3},
        {"t": "something_new"},
    ]
    assert applied(state, frames) == state


def test_an_envelope_known_before_its_fact_was_numbered_stays_as_it_is_known() -> None:
    gift = {"envelope_id": 2, "shares": 5}
    state = {"facts": 0, "envelopes": [{**gift, "shares_left": 3}]}
    frames = [
        {"t": "fact", "n": 1, "kind": "envelope_sent", **gift},
        {"t": "fact", "n": 2, "kind": "shares_taken", "envelope_id": 2, "shares_left": 4},
        {"t": "fact", "n": 3, "kind": "shares_taken", "envelope_id": 9, "shares_left": 1},
        {"t": "fact", "n": 4, "kind": "envelope_closed", "envelope_id": 9},
    ]
    assert applied(state, frames) == {**state, "facts": 4}


def test_only_the_last_hundred_messages_are_kept() -> None:
    state = {"facts": 0, "chat": 0, "messages": []}
    frames = [{"t": "chat", "n": n, "id": n, "text": str(n)} for n in range(1, 131)]
    after = applied(state, frames)
    assert [message["n"] for message in after["messages"]] == list(range(31, 131))
    assert after["chat"] == 130


@pytest.mark.parametrize(
    ("frames", "state"),
    [
        (["signal_lost"], "reconnecting"),
        (["signal_lost", "signal_restored"], "live"),
        (["break_started", "signal_lost"], "break"),
        (["break_started", "signal_lost", "break_ended"], "reconnecting"),
        (["break_started", "signal_lost", "signal_restored", "break_ended"], "live"),
        (["signal_lost", "break_started", "signal_restored"], "break"),
        (["show_ended", "signal_lost"], "ended"),
    ],
)
def test_the_stage_follows_signal_and_breaks(frames: list[str], state: str) -> None:
    start = {"facts": 0, "chat": 0, "state": "live", "signal": True, "policy": {}, "messages": []}
    told = [{"t": "fact", "n": n, "kind": kind, "at": n} for n, kind in enumerate(frames, 1)]
    assert applied(start, told)["state"] == state
