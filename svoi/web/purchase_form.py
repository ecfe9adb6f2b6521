"""A filled-in sheet as the browser sends it: read strictly, kept for showing again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from svoi.catalog.rules import QUANTITY_MAX
from svoi.kernel.money import Money
from svoi.members.models import Member
from svoi.payments.rules import METHODS

ID_MAX = 2**63 - 1
_PRICE = re.compile(r"[0-9]{1,14}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class TakenForm(forms.Form):
    """Where it is collected, how it is paid, and the key that makes two taps one order."""

    pickup_point = forms.IntegerField(
        min_value=1, max_value=ID_MAX, error_messages={"required": _("Choose where you will collect it.")}
    )
    announced = forms.BooleanField(required=False)
    method = forms.ChoiceField(choices=[(one, one) for one in METHODS], required=False)
    key = forms.UUIDField()


class PurchaseForm(TakenForm):
    """The same with what is bought, and what she saw."""

    product = forms.IntegerField(min_value=1, max_value=ID_MAX)
    pin = forms.IntegerField(min_value=1, max_value=ID_MAX, required=False)
    variant = forms.IntegerField(
        min_value=1, max_value=ID_MAX, error_messages={"required": _("Choose what exactly you want.")}
    )
    quantity = forms.IntegerField(
        min_value=1,
        max_value=QUANTITY_MAX,
        error_messages={"required": _("Say how many."), "invalid": _("Say how many, in digits.")},
    )

    def shown_price(self) -> Money:
        """The price that stood beside the chosen variant."""
        return shown_price(self.data, self.cleaned_data["variant"])


def shown_price(data: Mapping[str, Any], variant_id: int) -> Money:
    """The price a page showed for a variant; what cannot be read is a price nobody asks."""
    shown, currency = str(data.get(f"shown_{variant_id}", "")), str(data.get("currency", ""))
    return Money(int(shown) if _PRICE.fullmatch(shown) else 0, currency if _CURRENCY.fullmatch(currency) else "RUB")


def kept_method(data: Mapping[str, Any]) -> str:
    """The way to pay that was chosen; a card when none was."""
    method = str(data.get("method", ""))
    return method if method in METHODS and method else "card"


def receipt_address(buyer: Member) -> str:
    """Where a receipt goes when she named nothing else."""
    return buyer.email or buyer.phone or ""


def kept_number(data: QueryDict, name: str) -> int | None:
    """A number that was filled in or asked for, whatever became of the rest."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 19 else None


def sheet_values(request: HttpRequest) -> dict[str, Any]:
    """What the sheet shows as filled in: from the form that came back, or from its address."""
    data = request.POST if request.method == "POST" else request.GET
    return {
        "product": kept_number(data, "product"),
        "pin": kept_number(data, "pin"),
        "variant": kept_number(data, "variant"),
        "quantity": kept_number(data, "quantity") or 1,
        "pickup_point": kept_number(data, "pickup_point"),
        "announced": data.get("announced") == "on",
        "method": kept_method(data),
        "key": data.get("key") or str(uuid4()),
        "q": data.get("q", "")[:100],
        "has": data.getlist("has"),
    }
