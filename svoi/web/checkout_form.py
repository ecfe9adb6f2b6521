"""The checkout as the browser sends it: what the page showed, where it is collected, how it is paid."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.members.rules import IDENTITY_LENGTH_MAX, read_identity
from svoi.payments.rules import METHODS
from svoi.ui.refusals import say
from svoi.web.purchase_form import ID_MAX, kept_method, kept_number, receipt_address, shown_price

_LINE = re.compile(r"quantity_([1-9][0-9]{0,17})")
_PIECES = re.compile(r"[0-9]{1,4}")
CONSENTS = ("marketing", "transfer")
Shown = tuple[int, int, Money]


class CheckoutForm(forms.Form):
    """Everything but the lines, which have fields of their own."""

    pickup_point = forms.IntegerField(
        min_value=1, max_value=ID_MAX, error_messages={"required": _("Choose where you will collect it.")}
    )
    method = forms.ChoiceField(
        choices=[(one, one) for one in METHODS if one],
        error_messages={"required": _("Choose how you will pay."), "invalid_choice": _("Choose how you will pay.")},
    )
    receipt_to = forms.CharField(
        max_length=IDENTITY_LENGTH_MAX,
        error_messages={"required": _("Write an e-mail or a phone number for the receipt.")},
    )
    points = forms.IntegerField(min_value=0, max_value=ID_MAX, required=False)
    announced = forms.BooleanField(required=False)
    marketing = forms.BooleanField(required=False)
    transfer = forms.BooleanField(required=False)
    key = forms.UUIDField()

    def clean_receipt_to(self) -> str:
        """An e-mail in lower case, or a phone number as it is dialled."""
        try:
            return read_identity(self.cleaned_data["receipt_to"]).value
        except Refused as refused:
            raise forms.ValidationError(say(refused).sentence()) from None

    def clean_points(self) -> int:
        """None is none."""
        return self.cleaned_data["points"] or 0

    def marked(self) -> list[str]:
        """The consents she gave on this page."""
        return [kind for kind in CONSENTS if self.cleaned_data.get(kind)]


def shown_lines(data: QueryDict) -> list[Shown]:
    """The lines the page showed, each variant once; pieces that cannot be read are none."""
    found = []
    for name in data:
        if line := _LINE.fullmatch(name):
            variant_id, pieces = int(line[1]), data.get(name, "")
            number = int(pieces) if _PIECES.fullmatch(pieces) else 0
            found.append((variant_id, number, shown_price(data, variant_id)))
    return found


def checkout_values(data: QueryDict, buyer: Member) -> dict[str, Any]:
    """What the page shows as filled in; nothing she wrote is lost, and what is known is not asked again."""
    return {
        "pickup_point": kept_number(data, "pickup_point"),
        "method": kept_method(data),
        "points": kept_number(data, "points") or 0,
        "receipt_to": data.get("receipt_to", receipt_address(buyer))[:IDENTITY_LENGTH_MAX],
        "announced": data.get("announced") == "on",
        "marked": [kind for kind in CONSENTS if data.get(kind) == "on"],
        "key": data.get("key") or str(uuid4()),
        "q": data.get("q", "")[:100],
        "has": data.getlist("has"),
    }
