"""What follows from what: the whole choreography of the house in one table.

What must be true at commit is called where it happens; what may be true a second later stands here. The worker
carries these out at least once. A `written` consequence runs in one transaction with the note that it was done,
so it happens once; an `errand` reaches outside the database and is safe to repeat by its own making.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from svoi.catalog.actions import refresh_category, refresh_search
from svoi.db.models import ConsequenceDone
from svoi.law.actions.exports import make_export
from svoi.orders.actions import (
    carry_on_run,
    collect_order,
    drop_held,
    hold_order,
    reward_buyer,
    settle_order,
    withdraw_uncollected,
)
from svoi.orders.actions.arriving import take_goods_back
from svoi.payments.actions import send_capture, send_receipt, send_refund, send_request, send_void
from svoi.payments.providers.fake import send_notice
from svoi.pickup.actions import apply_news
from svoi.points.actions import pay_owed
from svoi.replays.actions import make_clip
from svoi.rundowns.actions import follow_plan
from svoi.shows.actions.telling import (
    tell_allotment_ran_out,
    tell_allotment_returned,
    tell_price,
    tell_stock_ran_out,
    tell_stock_returned,
)
from svoi.shows.providers.media import media_backend
from svoi.ui.letters import LETTERS, write_about
from svoi.ui.letters.incidents import write_to_owners

NOTICE = ("bank_id", "notice", "not_before")
Payload = dict[str, Any]
Verb = Callable[[Payload, datetime], object]  # the payload also carries the `event_id`


@dataclass(frozen=True, slots=True)
class Consequence:
    """A named verb that follows from an event."""

    name: str
    verb: Verb
    errand: bool = False


def written(name: str, verb: Verb) -> Consequence:
    """Follows inside the database."""
    return Consequence(name, verb)


def errand(name: str, verb: Verb) -> Consequence:
    """Follows outside the database."""
    return Consequence(name, verb, errand=True)


def copy_plan(told: Payload, at: datetime) -> object:
    """The rundown of the show that another was copied from."""
    before = told["from_show_id"]
    return before is not None and follow_plan(show_id=told["show_id"], from_show_id=before, at=at)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    # An order asks for money; money settles the order, or goes back.
    "payment_requested": (errand("ask provider", lambda told, at: send_request(payment_id=told["payment_id"], at=at)),),
    "payment_succeeded": (
        written("settle order", lambda told, at: settle_order(payment_id=told["payment_id"], at=at)),
    ),
    "payment_held": (written("hold order", lambda told, at: hold_order(payment_id=told["payment_id"], at=at)),),
    "payment_voided": (written("drop order", lambda told, at: drop_held(payment_id=told["payment_id"], at=at)),),
    "capture_due": (errand("take held money", lambda told, at: send_capture(payment_id=told["payment_id"], at=at)),),
    "void_due": (errand("let money go", lambda told, at: send_void(payment_id=told["payment_id"], at=at)),),
    "refund_due": (errand("give back", lambda told, at: send_refund(refund_id=told["refund_id"], at=at)),),
    "receipt_due": (errand("print receipt", lambda told, at: send_receipt(receipt_id=told["receipt_id"], at=at)),),
    "bank_decided": (errand("send notice", lambda told, at: send_notice(**_noticed(told), at=at)),),
    # What is to be done to many orders is done piece by piece.
    "bulk_asked": (errand("carry on", lambda told, at: carry_on_run(run_id=told["run_id"], at=at)),),
    "bulk_went_on": (errand("carry on", lambda told, at: carry_on_run(run_id=told["run_id"], at=at)),),
    # A parcel's way is its order's way: collected, left behind, given back.
    "parcel_handed_over": (written("collect order", lambda told, at: collect_order(subject=told["subject"], at=at)),),
    "parcel_not_collected": (
        written("give order up", lambda told, at: withdraw_uncollected(subject=told["subject"], at=at)),
    ),
    "parcel_came_back": (
        written(
            "take goods back", lambda told, at: take_goods_back(subject=told["subject"], claim=told["claim"], at=at)
        ),
    ),
    # What was kept earns points; a budget that was filled pays what it owes.
    "order_kept": (
        written(
            "reward buyer",
            lambda told, at: reward_buyer(order_id=told["order_id"], kept_minor=told["kept_minor"], at=at),
        ),
    ),
    "budget_funded": (errand("pay owed points", lambda told, at: pay_owed(at=at)),),
    # A room that shows a product follows its price and stock.
    "price_changed": (written("tell rooms", lambda told, at: tell_price(product_id=told["product_id"])),),
    "stock_ran_out": (written("tell rooms", lambda told, at: tell_stock_ran_out(product_id=told["product_id"])),),
    "stock_returned": (written("tell rooms", lambda told, at: tell_stock_returned(product_id=told["product_id"])),),
    "allotment_ran_out": (
        written(
            "tell room",
            lambda told, at: tell_allotment_ran_out(show_id=told["show_id"], product_id=told["product_id"]),
        ),
    ),
    "allotment_returned": (
        written(
            "tell room",
            lambda told, at: tell_allotment_returned(show_id=told["show_id"], product_id=told["product_id"]),
        ),
    ),
    # What a feed brought, or stands on a shelf with another name, is found by its words a moment later.
    "category_described": (
        errand(
            "refresh search",
            lambda told, at: refresh_category(
                category_id=told["category_id"], community_id=told["community_id"], at=at
            ),
        ),
    ),
    "feed_imported": (errand("refresh search", lambda told, at: refresh_search(community_id=told["community_id"])),),
    # A member asked for everything that is known about her.
    "export_asked": (errand("make export", lambda told, at: make_export(export_id=told["export_id"], at=at)),),
    # A carrier's news is only a hint: what it speaks of is read again.
    "carrier_told_news": (errand("read again", lambda told, at: apply_news(notice_id=told["notice_id"], at=at)),),
    # A show planned after another begins with its rundown.
    "show_planned": (written("copy rundown", copy_plan),),
    # A clip somebody asked for is cut where the recording lies.
    "clip_asked": (errand("cut clip", lambda told, at: make_clip(clip_id=told["clip_id"], at=at)),),
    # What went wrong in a show is written to those who own its community.
    "incident_reported": (errand("write to owners", write_to_owners),),
    # A show that ended sends its publisher away and closes the recording.
    "show_ended": (errand("close recording", lambda told, at: media_backend().finish(told["show_id"], at=at)),),
}


def _noticed(told: Payload) -> Payload:
    return {name: told[name] for name in NOTICE if name in told}


def _letter(kind: str) -> Consequence:
    return errand("write letter", lambda told, at: write_about(kind, told, at))


# What a person is written about; the kinds stand beside their words in svoi/ui/letters.
for _kind in LETTERS:
    CONSEQUENCES[_kind] = (*CONSEQUENCES.get(_kind, ()), _letter(_kind))


def following(kind: str) -> tuple[Consequence, ...]:
    """What follows from events of this kind."""
    return CONSEQUENCES.get(kind, ())


def carry_out(*, event_id: int, kind: str, name: str, payload: Payload, at: datetime) -> bool:
    """Carry out one consequence of one event; False when it was done before.

    Raises whatever its verb raises: the worker repeats it later.
    """
    consequence = next(one for one in following(kind) if one.name == name)
    if consequence.errand:
        if ConsequenceDone.objects.filter(event_id=event_id, consequence=name).exists():
            return False
        consequence.verb({**payload, "event_id": event_id}, at)
        return _note_done(event_id, name)
    with transaction.atomic():
        if not _note_done(event_id, name):
            return False
        consequence.verb({**payload, "event_id": event_id}, at)
    return True


def _note_done(event_id: int, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into svoi_consequencedone (event_id, consequence) values (%s, %s) on conflict do nothing",
            [event_id, name],
        )
        return bool(cursor.rowcount == 1)
