"""What YooKassa refuses in a request, in its own words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

MODES = {
    "full_prepayment",
    "partial_prepayment",
    "advance",
    "full_payment",
    "partial_payment",
    "credit",
    "credit_payment",
}
SUBJECTS = {"commodity", "service", "payment", "composite", "another", "agent_commission", "excise", "job"}
SETTLEMENTS = {"cashless", "prepayment", "postpayment", "consideration"}
METHODS = {"bank_card", "sbp", "yoo_money", "sberbank", "tinkoff_bank"}
VAT_CODES = range(1, 13)
TAX_SYSTEMS = range(1, 7)
DESCRIPTION_LENGTH_MAX = 128
ITEMS_MAX = 100


class No(Exception):
    """A request that is refused, with the status and the code that YooKassa would answer."""

    def __init__(self, status: int, code: str, description: str, parameter: str = "") -> None:
        super().__init__(description)
        self.status = status
        self.body = {"type": "error", "id": str(uuid4()), "code": code, "description": description}
        if parameter:
            self.body["parameter"] = parameter


def invalid(parameter: str, description: str = "Incorrect value") -> No:
    """The usual refusal: 400 invalid_request, naming the parameter."""
    return No(400, "invalid_request", description, parameter)


def amount_of(told: Any, parameter: str = "amount") -> Decimal:
    """An amount in roubles with two decimals."""
    if not isinstance(told, dict) or told.get("currency") != "RUB":
        raise invalid(parameter)
    try:
        value = Decimal(str(told.get("value")))
    except InvalidOperation:
        raise invalid(f"{parameter}.value") from None
    if value <= 0 or value != value.quantize(Decimal("0.01")):
        raise invalid(f"{parameter}.value")
    return value


def check_payment(body: dict[str, Any]) -> None:
    """A request for money."""
    amount = amount_of(body.get("amount"))
    confirmation = body.get("confirmation") or {}
    if confirmation.get("type") != "redirect" or "://" not in str(confirmation.get("return_url")):
        raise invalid("confirmation")
    if len(str(body.get("description") or "")) > DESCRIPTION_LENGTH_MAX:
        raise invalid("description")
    _check_metadata(body.get("metadata") or {})
    method = (body.get("payment_method_data") or {}).get("type")
    if method is not None and method not in METHODS:
        raise invalid("payment_method_data.type")
    if method == "sbp" and body.get("capture") is False:
        raise invalid("capture", "Two-stage payments are not available for this payment method")
    if "receipt" in body:
        check_receipt(body["receipt"], amount)


def check_receipt(receipt: Any, amount: Decimal, parameter: str = "receipt") -> None:
    """A receipt: who gets it, and lines that make up the amount to the kopeck."""
    if not isinstance(receipt, dict):
        raise invalid(parameter)
    customer = receipt.get("customer") or {}
    if not (customer.get("email") or str(customer.get("phone", "")).isdigit()):
        raise invalid(f"{parameter}.customer")
    if "tax_system_code" in receipt and receipt["tax_system_code"] not in TAX_SYSTEMS:
        raise invalid(f"{parameter}.tax_system_code")
    items = receipt.get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= ITEMS_MAX:
        raise invalid(f"{parameter}.items")
    whole = sum((_item(item, f"{parameter}.items") for item in items), Decimal(0))
    if whole != amount:
        raise invalid(f"{parameter}.items", f"The sum of items {whole} differs from the amount {amount}")


def check_settlements(told: Any, amount: Decimal) -> None:
    """A receipt of its own says how the goods were settled."""
    if not isinstance(told, list) or not told or any(one.get("type") not in SETTLEMENTS for one in told):
        raise invalid("settlements")
    if sum((amount_of(one.get("amount"), "settlements.amount") for one in told), Decimal(0)) != amount:
        raise invalid("settlements", "The sum of settlements differs from the sum of items")


def items_sum(items: Any) -> Decimal:
    """What lines come to."""
    if not isinstance(items, list):
        raise invalid("items")
    return sum((_item(item, "items") for item in items), Decimal(0))


def _item(item: Any, parameter: str) -> Decimal:
    if not isinstance(item, dict) or not 1 <= len(str(item.get("description") or "")) <= DESCRIPTION_LENGTH_MAX:
        raise invalid(f"{parameter}.description")
    if item.get("vat_code") not in VAT_CODES:
        raise invalid(f"{parameter}.vat_code")
    if item.get("payment_mode") not in MODES or item.get("payment_subject") not in SUBJECTS:
        raise invalid(f"{parameter}.payment_mode")
    try:
        quantity = Decimal(str(item.get("quantity")))
    except InvalidOperation:
        raise invalid(f"{parameter}.quantity") from None
    if quantity <= 0:
        raise invalid(f"{parameter}.quantity")
    return quantity * amount_of(item.get("amount"), f"{parameter}.amount")


def _check_metadata(told: dict[str, Any]) -> None:
    if len(told) > 16 or any(len(key) > 32 or len(str(value)) > 512 for key, value in told.items()):
        raise invalid("metadata")
