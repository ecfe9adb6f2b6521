"""YooKassa's own book: payments that move by its rules, refunds, receipts; answers remembered by their key.

Nothing happens by itself: buyers decide by `pay` and `decline`, time passes by `pass_time`, and each change is told to
`announce` as a notice would be.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from threading import RLock
from typing import Any
from uuid import uuid4

from svoi.payments.fakes.yookassa.checking import (
    No,
    amount_of,
    check_payment,
    check_receipt,
    check_settlements,
    invalid,
    items_sum,
)
from svoi.payments.fakes.yookassa.listing import listed

PAGE_LASTS = timedelta(hours=1)
HOLD_LASTS = timedelta(days=7)
KEY_LASTS = timedelta(hours=24)
Object = dict[str, Any]


class Book:
    """All that one shop did at YooKassa. `clock` tells its time, `page` the address of a payment's page."""

    def __init__(
        self, *, clock: Callable[[], datetime], page: Callable[[str], str], announce: Callable[[str, Object], None]
    ) -> None:
        self.clock, self.page, self.announce = clock, page, announce
        self.payments: dict[str, Object] = {}
        self.refunds: dict[str, Object] = {}
        self.receipts: dict[str, Object] = {}
        self.refunds_wait = False
        self.receipts_wait = False
        self._answers: dict[str, tuple[datetime, str, Object]] = {}
        self._lock = RLock()

    def answer(self, method: str, path: str, body: Object | None, key: str) -> Object:
        """One request of the shop: the same key with the same body is the same answer, with another body a 400.

        The answer is repeated as it was, so that it may be old news by then.
        """
        with self._lock:
            if method == "GET":
                return self._read(path)
            if not key or len(key) > 64:
                raise invalid("Idempotence-Key")
            asked = json.dumps([path, body], sort_keys=True)
            made_at, earlier, answer = self._answers.get(key, (self.clock(), asked, None))
            if answer is not None and self.clock() - made_at < KEY_LASTS:
                if earlier != asked:
                    raise invalid("Idempotence-Key", "The key was used with another request")
                return self._copy(answer)
            answer = self._copy(self._do(path, body or {}))
            self._answers[key] = (self.clock(), asked, answer)
            return answer

    def pay(self, payment_id: str) -> None:
        """The buyer pays on the page."""
        with self._lock:
            self._pay(self._undecided(payment_id))

    def decline(self, payment_id: str, reason: str = "insufficient_funds") -> None:
        """The buyer's bank says no."""
        with self._lock:
            self._cancel(self._undecided(payment_id), "payment_network", reason)

    def run_out(self, payment_id: str) -> None:
        """The time of one page or hold is over now."""
        with self._lock:
            if self.payments[payment_id]["_ends_at"]:
                self.payments[payment_id]["_ends_at"] = self.clock()
        self.pass_time()

    def pass_time(self) -> None:
        """Pages and holds run out when their time is over."""
        with self._lock:
            for payment in list(self.payments.values()):
                if payment["_ends_at"] and self.clock() >= payment["_ends_at"]:
                    held = payment["status"] == "waiting_for_capture"
                    self._cancel(payment, "yoo_money", "expired_on_capture" if held else "expired_on_confirmation")

    def refund_by_hand(self, payment_id: str, value: str) -> str:
        """Somebody gives a part back in YooKassa's own office: the shop's program never asked for it."""
        with self._lock:
            refund = self._refund({"payment_id": payment_id, "amount": {"value": value, "currency": "RUB"}})
            return str(refund["id"])

    def finish_refund(self, refund_id: str, *, reason: str = "") -> None:
        """A refund that waited goes through, or is cancelled for a reason."""
        refund = self.refunds[refund_id]
        if reason:
            refund.update(status="canceled", cancellation_details={"party": "refund_network", "reason": reason})
            return
        refund["status"] = "succeeded"
        self._tell("refund", refund)

    def finish_all(self) -> None:
        """Everything that waits comes through."""
        with self._lock:
            for refund_id in [key for key, refund in self.refunds.items() if refund["status"] == "pending"]:
                self.finish_refund(refund_id)
            self.finish_receipts()

    def finish_receipts(self, status: str = "succeeded") -> None:
        """The till printed all that was waiting."""
        for one in (*self.payments.values(), *self.refunds.values()):
            if one.get("receipt_registration") == "pending":
                one["receipt_registration"] = status
        for receipt in self.receipts.values():
            receipt["status"] = status

    def _pay(self, payment: Object) -> None:
        if payment["_hold"]:
            payment.update(status="waiting_for_capture", paid=True, expires_at=_text(self.clock() + HOLD_LASTS))
            payment["_ends_at"] = self.clock() + HOLD_LASTS
        else:
            self._succeed(payment)
        self._tell("payment", payment)

    def _do(self, path: str, body: Object) -> Object:
        parts = path.strip("/").split("/")
        if parts == ["payments"]:
            return self._open(body)
        if len(parts) == 3 and parts[0] == "payments" and parts[2] in ("capture", "cancel"):
            payment = self._find(self.payments, parts[1])
            return self._capture(payment, body) if parts[2] == "capture" else self._void(payment)
        if parts == ["refunds"]:
            return self._refund(body)
        if parts == ["receipts"]:
            return self._print(body)
        raise No(404, "not_found", "No such method")

    def _read(self, path: str) -> Object:
        where, _, query = path.strip("/").partition("?")
        kind, _, identifier = where.partition("/")
        kept = {"payments": self.payments, "refunds": self.refunds, "receipts": self.receipts}.get(kind)
        if kept is None:
            raise No(404, "not_found", "No such method")
        if not identifier:
            piece = listed(kept, query)
            return {**piece, "items": [self._copy(one) for one in piece["items"]]}
        return self._copy(self._find(kept, identifier))

    def _open(self, body: Object) -> Object:
        check_payment(body)
        identifier = str(uuid4())
        payment: Object = {
            "id": identifier,
            "status": "pending",
            "paid": False,
            "amount": body["amount"],
            "confirmation": {**body["confirmation"], "confirmation_url": self.page(identifier)},
            "created_at": _text(self.clock()),
            "description": body.get("description", ""),
            "metadata": body.get("metadata", {}),
            "recipient": {"account_id": "100500", "gateway_id": "100700"},
            "payment_method": {"type": (body.get("payment_method_data") or {}).get("type", "bank_card")},
            "refundable": False,
            "test": True,
            "_hold": body.get("capture") is False,
            "_receipt": body.get("receipt"),
            "_ends_at": self.clock() + PAGE_LASTS,
        }
        self.payments[identifier] = payment
        return payment

    def _capture(self, payment: Object, body: Object) -> Object:
        if payment["status"] != "waiting_for_capture":
            raise invalid("payment_id", "Payment is not waiting for capture")
        held, taken = amount_of(payment["amount"]), amount_of(body.get("amount") or payment["amount"])
        if taken > held:
            raise invalid("amount")
        if "receipt" in body:
            check_receipt(body["receipt"], taken)
            payment["_receipt"] = body["receipt"]
        elif payment["_receipt"] and taken < held:
            raise invalid("receipt", "A part needs a receipt of its own")
        payment["amount"] = _amount(taken)
        self._succeed(payment)
        self._tell("payment", payment)
        return payment

    def _void(self, payment: Object) -> Object:
        if payment["status"] != "waiting_for_capture":
            raise invalid("payment_id", "Payment is not waiting for capture")
        self._cancel(payment, "merchant", "canceled_by_merchant")
        return payment

    def _succeed(self, payment: Object) -> None:
        payment.update(status="succeeded", paid=True, refundable=True, captured_at=_text(self.clock()))
        payment["refunded_amount"] = _amount(Decimal(0))
        payment["_ends_at"] = None
        payment.pop("expires_at", None)
        if payment["_receipt"]:
            payment["receipt_registration"] = "pending" if self.receipts_wait else "succeeded"
            self._keep_receipt(payment["_receipt"], payment, "payment", "cashless")

    def _cancel(self, payment: Object, party: str, reason: str) -> None:
        payment.update(status="canceled", paid=False, cancellation_details={"party": party, "reason": reason})
        payment["_ends_at"] = None
        self._tell("payment", payment)

    def _refund(self, body: Object) -> Object:
        payment = self.payments.get(str(body.get("payment_id")))
        if payment is None or payment["status"] != "succeeded":
            raise invalid("payment_id")
        back, amount = amount_of(body.get("amount")), Decimal(payment["amount"]["value"])
        refunded = Decimal(payment["refunded_amount"]["value"])
        if back > amount - refunded:
            raise invalid("amount", "More than is left of the payment")
        if "receipt" in body:
            check_receipt(body["receipt"], back)
        payment["refunded_amount"] = _amount(refunded + back)
        payment["refundable"] = refunded + back < amount
        refund = {
            "id": str(uuid4()),
            "payment_id": payment["id"],
            "status": "pending" if self.refunds_wait else "succeeded",
            "created_at": _text(self.clock()),
            "amount": _amount(back),
            "description": body.get("description", ""),
            "metadata": body.get("metadata", {}),
        }
        if "receipt" in body:
            refund["receipt_registration"] = "pending" if self.receipts_wait else "succeeded"
            self._keep_receipt(body["receipt"], payment, "refund", "cashless")
        self.refunds[refund["id"]] = refund
        if refund["status"] == "succeeded":
            self._tell("refund", refund)
        return refund

    def _print(self, body: Object) -> Object:
        if body.get("type") not in ("payment", "refund") or body.get("send") is not True:
            raise invalid("type")
        if body.get("payment_id") not in self.payments and body.get("refund_id") not in self.refunds:
            raise invalid("payment_id")
        amount = items_sum(body.get("items"))
        check_receipt(body, amount, "receipt")
        check_settlements(body.get("settlements"), amount)
        return self._keep_receipt(body, {"id": body.get("payment_id")}, body["type"], body["settlements"][0]["type"])

    def _keep_receipt(self, told: Object, payment: Object, kind: str, settled_by: str) -> Object:
        """Receipts that travelled with money stand in the same list as those that were sent by themselves."""
        whole = _amount(items_sum(told["items"]))
        receipt = {
            "id": f"rt-{uuid4()}",
            "type": kind,
            "payment_id": payment["id"],
            "status": "pending" if self.receipts_wait else "succeeded",
            "items": told["items"],
            "settlements": told.get("settlements") or [{"type": settled_by, "amount": whole}],
        }
        self.receipts[receipt["id"]] = receipt
        return receipt

    def _undecided(self, payment_id: str) -> Object:
        payment = self._find(self.payments, payment_id)
        if payment["status"] != "pending":
            raise No(409, "conflict", "The payment was decided already")
        return payment

    def _find(self, kept: dict[str, Object], identifier: str) -> Object:
        if identifier not in kept:
            raise No(404, "not_found", "No such object")
        return kept[identifier]

    def _tell(self, kind: str, about: Object) -> None:
        self.announce(f"{kind}.{about['status']}", self._copy(about))

    def _copy(self, told: Object) -> Object:
        shown = {name: value for name, value in told.items() if not name.startswith("_")}
        return json.loads(json.dumps(shown))  # type: ignore[no-any-return]


def _amount(value: Decimal) -> dict[str, str]:
    return {"value": f"{value:.2f}", "currency": "RUB"}


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
