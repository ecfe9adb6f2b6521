"""Every trouble of a provider, at every operation: what the buyer sees, what the shop sees, what the ledger says.

The tables are the test. A trouble befalls one operation; `MEANWHILE` is what is seen before anything heals, `END` what
everybody sees once the worker, the clock and the post went on for a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from svoi.payments.actions import capture_payment, close_receipt
from svoi.payments.models import Receipt
from tests import cast
from tests.cast import NOON
from tests.payments.kassa import Clock
from tests.payments.town import Demo, Kassa, Town

pytestmark = pytest.mark.django_db(transaction=True)
SUM = 149_000


@dataclass(frozen=True)
class End:
    """The buyer's step, the shop's record, receipts, (at the provider, owed), (charged, given back), bookings."""

    buyer: str
    shop: str
    receipts: str
    books: tuple[int, int]
    done: tuple[list[int], list[int]]
    booked: tuple[str, ...]


CHARGED, GIVEN_BACK, NOTHING = ([SUM], []), ([SUM], [SUM]), ([], [])
PAID = ("payment transfer",)
END = {
    # operation        buyer        shop's record                     receipts
    "ask":     End("paid",      "succeeded",                    "registered",            (-SUM, SUM), CHARGED, PAID),
    "capture": End("paid",      "succeeded",                    "registered",            (-SUM, SUM), CHARGED, PAID),
    "void":    End("cancelled", "voided",                       "dropped",               (0, 0), NOTHING, ()),
    "refund":  End("refunded",  "succeeded, refund succeeded",  "registered registered", (0, 0), GIVEN_BACK,
                   (*PAID, "refund posting")),
    "closing": End("paid",      "succeeded, closing registered", "registered registered", (-SUM, SUM), CHARGED, PAID),
}  # fmt: skip

# The buyer's step and the shop's record while the answer is missing: nothing is known, so nothing is booked.
MEANWHILE = {
    "ask":     ("preparing", "requested",              (0, 0)),
    "capture": ("held",      "held",                   (0, 0)),
    "void":    ("cancelled", "held",                   (0, 0)),
    "refund":  ("refunding", "succeeded, refund due",  (-SUM, SUM)),
    "closing": ("paid",      "succeeded, closing due", (-SUM, SUM)),
}  # fmt: skip

JOBS = {
    "ask": "ask provider",
    "capture": "take held money",
    "void": "let money go",
    "refund": "give back",
    "closing": "print receipt",
}

# Troubles of an answer. The demo bank lives in our own process: there, an answer is lost when the worker dies.
ANSWERS = {
    "yookassa": (
        "timeout before", "timeout after", "500 before", "500 after", "202", "429", "garbage before", "garbage after",
        "connection refused",
    ),
    "fake": ("died before", "died after"),
}  # fmt: skip

# Troubles of a notice, at the operations that have one; the demo bank tells of its pages, not of its refunds.
NOTICES = ("twice", "reordered", "lost", "late")
NOTICED = {"yookassa": ("ask", "capture", "void", "refund"), "fake": ("ask", "capture", "void")}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def empty_queue(db: None) -> Iterator[None]:
    """The queue's tables are not ours, so nothing empties them between tests."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")


@pytest.fixture
def town(request, settings, clock, vera, table, empty_queue) -> Town:
    """Vera's order of one mug; `request.param` names the provider."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")
    if request.param == "yookassa":
        bank: Kassa | Demo = Kassa(request.getfixturevalue("kassa"), settings)
    else:
        bank, server = Demo(), request.getfixturevalue("live_server")
        settings.INNER_HOST, settings.PORT = server.thread.host, server.thread.port
    mug = cast.product(table)
    order = cast.unpaid_order(vera, mug, cast.pickup_point(table))
    order.lines.create(variant=mug, name="Кружка", quantity=1, price_minor=SUM)
    page = Client()
    page.force_login(vera)
    town = Town(order=order, page=page, clock=clock, bank=bank)
    if isinstance(bank, Demo):
        bank.town = town
    return town


def cases(operations: dict[str, tuple[str, ...]], troubles: dict[str, tuple[str, ...]]) -> list[object]:
    """Every operation under every trouble, for both providers, by name."""
    return [
        pytest.param(provider, operation, trouble, id=f"{provider}-{operation}-{trouble}".replace(" ", "_"))
        for provider in ("yookassa", "fake")
        for operation, trouble in product(operations[provider], troubles[provider])
    ]


def on_the_page(town: Town, *, hold: bool = False) -> None:
    """The bank's page is open for the buyer."""
    town.request(hold=hold)
    town.work()


def paid(town: Town) -> None:
    """She pays; the clock finds it while the notice still waits."""
    town.bank.pay(town.payment)
    town.look_again()


def ask(town: Town) -> None:
    town.request()


def capture(town: Town) -> None:
    on_the_page(town, hold=True)
    paid(town)
    capture_payment(payment_id=town.payment.pk, amount=None, at=town.clock())


def void(town: Town) -> None:
    on_the_page(town, hold=True)
    paid(town)
    town.cancel()


def refund(town: Town) -> None:
    """The order fell away while she was on the bank's page; the money comes all the same, and has to go back."""
    on_the_page(town)
    town.cancel()
    town.kept_back.add(JOBS["refund"])
    paid(town)
    town.kept_back.discard(JOBS["refund"])


def closing(town: Town) -> None:
    on_the_page(town)
    paid(town)
    close_receipt(subject=town.subject, key=uuid4(), at=town.clock())


BEGIN: dict[str, Callable[[Town], None]] = {
    "ask": ask, "capture": capture, "void": void, "refund": refund, "closing": closing,
}  # fmt: skip


def assert_end(town: Town, operation: str) -> None:
    end = END[operation]
    assert town.seen() == (end.buyer, end.shop)
    assert " ".join(Receipt.objects.order_by("id").values_list("state", flat=True)) == end.receipts
    assert town.books() == end.books
    assert town.bank.done() == end.done
    assert town.bookings() == list(end.booked)
    assert len(cast.recorded("payment_succeeded")) == len(end.done[0])
    assert len(cast.recorded("refund_succeeded")) == len(end.done[1])
    if isinstance(town.bank, Kassa):
        assert town.bank.closings() == (operation == "closing")


OPERATIONS = dict.fromkeys(("yookassa", "fake"), tuple(END))


@pytest.mark.parametrize(("town", "operation", "trouble"), cases(OPERATIONS, ANSWERS), indirect=["town"])
def test_an_answer_that_does_not_come(town, operation, trouble):
    BEGIN[operation](town)
    town.bank.befall(trouble, town, JOBS[operation])
    town.work()
    buyer, shop, books = MEANWHILE[operation]
    assert town.seen() == (buyer, shop)
    assert town.books() == books
    town.bank.is_over()
    town.go_on({"seconds": 30})
    if operation == "ask":
        assert town.seen() == ("ready", "pending")
        town.bank.pay(town.payment)
    town.go_on()
    assert_end(town, operation)


@pytest.mark.parametrize(
    ("town", "operation", "trouble"), cases(NOTICED, dict.fromkeys(NOTICED, NOTICES)), indirect=["town"]
)
def test_a_notice_in_trouble(town, operation, trouble):
    """The notice of the operation comes twice, before older ones, hours late, or never."""
    waits_at_the_bank(town, operation)
    BEGIN[operation](town)
    if operation == "ask":
        town.work()
    town.bank.post(trouble)
    if operation == "ask":
        town.bank.pay(town.payment)
    town.work()
    comes_through_at_the_bank(town, operation)
    town.bank.deliver()
    town.go_on()
    assert_end(town, operation)


def waits_at_the_bank(town: Town, operation: str) -> None:
    """Refunds take their time, so that it is the notice that tells of them."""
    if operation == "refund":
        town.bank.stand_in.book.refunds_wait = True


def comes_through_at_the_bank(town: Town, operation: str) -> None:
    if operation == "refund":
        assert town.seen() == ("refunding", "succeeded, refund sent")
        [theirs] = town.bank.stand_in.book.refunds
        town.bank.stand_in.book.finish_refund(theirs)


@pytest.mark.parametrize(
    ("town", "operation"), [(town, one) for town, ones in NOTICED.items() for one in ones], indirect=["town"]
)
def test_a_notice_before_the_answer(town, operation):
    """It was done, the answer is lost, and the news of it is here before we ask again."""
    BEGIN[operation](town)
    town.bank.befall("timeout after" if town.bank.name == "yookassa" else "died after", town, JOBS[operation])
    town.work()
    assert town.seen() == MEANWHILE[operation][:2]
    if operation == "ask":
        town.bank.pay(town.payment)
    town.bank.deliver()
    town.work()
    assert town.seen() == (END[operation].buyer, END[operation].shop)
    town.bank.is_over()
    town.go_on()
    assert_end(town, operation)


@pytest.mark.parametrize("trouble", ["once", *NOTICES])
@pytest.mark.parametrize("town", ["yookassa", "fake"], indirect=True)
def test_a_notice_after_the_order_fell_away(town, trouble):
    """Nobody paid for a quarter of an hour; then she pays on the page that was still open."""
    on_the_page(town)
    town.go_on({"minutes": 16})
    assert town.seen() == ("cancelled", "voided")
    if trouble != "once":
        town.bank.post(trouble)
    town.bank.pay(town.payment)
    town.bank.deliver()
    town.go_on()
    assert_end(town, "refund")


@pytest.mark.parametrize("town", ["yookassa", "fake"], indirect=True)
def test_without_any_trouble_no_clock_is_needed(town):
    ask(town)
    town.work()
    town.bank.pay(town.payment)
    town.bank.deliver()
    town.work()
    assert town.clock() == NOON
    assert_end(town, "ask")
