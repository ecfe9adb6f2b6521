"""What a page sends to lay something into the cart, or to change what lies there."""

from __future__ import annotations

from django import forms

from svoi.catalog.rules import QUANTITY_MAX, NoLongerSold, QuantityOutOfRange
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.web.purchase_form import ID_MAX, shown_price


class CartForm(forms.Form):
    """A variant and so many pieces of it, laid in from a product's page or from a show."""

    variant = forms.IntegerField(min_value=1, max_value=ID_MAX)
    quantity = forms.IntegerField(min_value=1, max_value=QUANTITY_MAX)
    show = forms.IntegerField(min_value=1, max_value=ID_MAX, required=False)

    def refusal(self) -> Refused:
        """Why it cannot be read."""
        return NoLongerSold() if "variant" in self.errors else QuantityOutOfRange(most=QUANTITY_MAX)

    def shown_price(self) -> Money:
        return shown_price(self.data, self.cleaned_data["variant"])


class CartLineForm(forms.Form):
    """So many pieces from now on; none takes the thing out."""

    quantity = forms.IntegerField(min_value=0, max_value=QUANTITY_MAX)

    def seen_price(self, variant_id: int) -> Money | None:
        """The price on the page she changed it on, when it can be read."""
        seen = shown_price(self.data, variant_id)
        return seen if seen.minor else None
