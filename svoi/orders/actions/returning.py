"""Goods come back: asked for, accepted or declined, given in at the point; then money and stock follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from svoi.catalog.actions import return_stock
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.ledger.actions import transfer
from svoi.members.models import Member
from svoi.orders.actions.rewarding import return_points
from svoi.orders.events import (
    OrderReturned,
    ReturnAccepted,
    ReturnAsked,
    ReturnDeclined,
    ReturnDropped,
    ReturnReceived,
)
from svoi.orders.models import Return, ReturnLine
from svoi.orders.queries import locked_order, locked_return, refund_key, return_ends, returnable, worth_back
from svoi.orders.rules import admit_decision, admit_return_request, goes_back_on_sale
from svoi.orders.rules.returning import BRING_DAYS, WORDS_LENGTH_MAX, ReturnClosed, read_words
from svoi.payments.actions import owe_refund
from svoi.payments.rules import ReceiptItem

DROPPED_AT_ONCE = 200


@atomic
def ask_return(*, order_id: int, wanted: Mapping[int, int], reason: str, words: str, key: UUID, at: datetime) -> Return:
    """Ask to give pieces back, as {line: pieces}; within the days of the right it is accepted at once.

    The same key again gives the same return. Raises `NothingToReturn`, `ReturnTooLate`.
    """
    order = locked_order(order_id)
    if earlier := order.returns.filter(key=key).first():
        return earlier
    left = returnable(order)
    is_right = admit_return_request(
        wanted=wanted,
        left={line.pk: pieces for line, pieces in left.items()},
        reason=reason,
        collected_at=order.collected_at,
        until=return_ends(order) if order.collected_at else None,
        at=at,
    )
    worth = worth_back(order, wanted)
    asked = Return.objects.create(
        order=order,
        key=key,
        reason=reason,
        words=read_words(words)[:WORDS_LENGTH_MAX],
        is_right=is_right,
        amount_minor=worth.minor,
        points_back=worth.points,
        asked_at=at,
        accepted_at=at if is_right else None,
    )
    lines = [ReturnLine(returning=asked, order_line_id=line, quantity=pieces) for line, pieces in wanted.items()]
    ReturnLine.objects.bulk_create(lines)
    record(ReturnAsked(**_named(asked), reason=reason, amount_minor=asked.amount_minor, is_right=is_right))
    if is_right:
        record(ReturnAccepted(**_named(asked), by_id=None))
    return asked


@atomic
def decide_return(*, return_id: int, accept: bool, words: str, by: Member, at: datetime) -> Return:
    """The shop agrees, or declines in words. Raises `ReturnIsRight`, `ReturnClosed`, `ReturnUnworded`."""
    asked = locked_return(return_id)
    until = return_ends(asked.order)
    told = admit_decision(stage=asked.stage, accept=accept, words=words, is_right=asked.is_right, until=until)
    asked.accepted_at, asked.declined_at = (at, None) if accept else (None, at)
    asked.decided_by, asked.decided_words = by, told
    asked.save(update_fields=["accepted_at", "declined_at", "decided_by", "decided_words"])
    record(ReturnAccepted(**_named(asked), by_id=by.pk) if accept else ReturnDeclined(**_named(asked), by_id=by.pk))
    return asked


@atomic
def drop_return(*, return_id: int, reason: str = "buyer", at: datetime) -> bool:
    """She keeps the goods after all, or nobody brought them; False when it was over before."""
    asked = locked_return(return_id)
    if asked.stage not in ("asked", "accepted"):
        return False
    asked.dropped_at, asked.dropped_for = at, reason
    asked.save(update_fields=["dropped_at", "dropped_for"])
    record(ReturnDropped(**_named(asked), reason=reason))
    return True


def expire_returns(*, at: datetime, most: int = DROPPED_AT_ONCE) -> int:
    """Accepted returns that nobody brought are over; how many became so."""
    late = Return.objects.open().filter(accepted_at__lt=at - timedelta(days=BRING_DAYS)).order_by("accepted_at")
    return sum(
        drop_return(return_id=pk, reason="not_brought", at=at) for pk in late.values_list("pk", flat=True)[:most]
    )


@atomic
def receive_return(*, subject: str, claim: str, at: datetime) -> bool:
    """The point took the goods in: the sale is undone for them, the money owed back, what is whole on sale again.

    Twice is once; False when the claim names no return that was waiting. Goods that were brought although the return
    had lapsed are received all the same: the shop has them.
    """
    kind, _, number = claim.partition(":")
    found = Return.objects.filter(pk=int(number)).first() if kind == "return" and number.isdecimal() else None
    if found is None or found.order.subject != subject:
        return False
    asked = locked_return(found.pk)
    if asked.stage == "received":
        return False
    if asked.accepted_at is None or (asked.dropped_at and not _still_there(asked)):
        raise ReturnClosed(stage=asked.stage)
    if asked.dropped_at:
        _worth_anew(asked)
    asked.received_at, asked.dropped_at, asked.dropped_for = at, None, ""
    asked.save(update_fields=["received_at", "dropped_at", "dropped_for", "amount_minor", "points_back"])
    _undo_sale(asked, at)
    _take_in(asked, at)
    return_points(asked=asked, at=at)
    return True


def _worth_anew(asked: Return) -> None:
    """Since it lapsed others may have brought what rounding left."""
    pieces = dict(asked.lines.values_list("order_line_id", "quantity"))
    worth = worth_back(asked.order, pieces, again=asked)
    asked.amount_minor, asked.points_back = worth.minor, worth.points


def _undo_sale(asked: Return, at: datetime) -> None:
    order, lines = asked.order, list(asked.lines.select_related("order_line").order_by("id"))
    record(ReturnReceived(**_named(asked), amount_minor=asked.amount_minor))
    if not asked.amount_minor:  # a piece of a kopeck, whose share of the money is none
        return
    transfer(
        key=f"returned:{asked.pk}",
        debit="shop:returns",
        credit=f"due:{order.subject}",
        amount=asked.amount,
        reason="returned",
        subject=order.subject,
        at=at,
    )
    owe_refund(
        subject=order.subject,
        amount=asked.amount,
        reason="returned",
        key=refund_key(asked),
        lines=tuple(
            ReceiptItem(name=one.order_line.name, quantity=one.quantity, price_minor=one.order_line.price_minor)
            for one in lines
        ),
        at=at,
    )


def _take_in(asked: Return, at: datetime) -> None:
    order = asked.order
    if goes_back_on_sale(asked.reason):
        for one in asked.lines.select_related("order_line").order_by("order_line__variant_id"):
            return_stock(variant_id=one.order_line.variant_id, quantity=one.quantity)
    if sum(returnable(order).values()) == 0 and not order.returns.open().exists() and order.stage == "collected":
        order.returned_at = at
        order.save(update_fields=["returned_at"])
        record(OrderReturned(**order.told_later()))


def _still_there(asked: Return) -> bool:
    """Are the pieces of a lapsed return not asked back by another one since?"""
    left = {line.pk: pieces for line, pieces in returnable(asked.order).items()}
    return all(one.quantity <= left[one.order_line_id] for one in asked.lines.all())


def _named(asked: Return) -> dict[str, int]:
    return {**asked.order.told_later(), "return_id": asked.pk}
