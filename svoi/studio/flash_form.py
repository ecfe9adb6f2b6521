"""The form that prepares a flash deal: what, for how much, how many, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from svoi.catalog.models import Variant
from svoi.catalog.queries import allotments_of
from svoi.flash.queries import lowest_asked_of
from svoi.flash.rules import BOUNDS, Terms
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.shows.models import Show
from svoi.ui.refusals import say
from svoi.ui.typography import money_text

COUNTDOWNS_S = (10, 30, 60, 120, 300)
RUNS_MIN = (1, 2, 3, 5, 10, 15, 20)
RESERVES_MIN = (2, 5, 10, 15, 30)
MINUTE_S = 60
# Which field a refusal is about; the others are told in the notice of the console.
ABOUT = {"price_not_lower": "price", "out_of_stock": "quantity", "allotment_sold_out": "quantity"}


@dataclass(frozen=True, slots=True)
class Dealable:
    """A variant of the tray, the price a deal has to be below, and how many pieces are free and allotted."""

    variant: Variant
    lowest: Money
    free: int

    def words(self) -> str:
        language = get_language() or "ru"
        product, variant = self.variant.product, self.variant
        names = (product.name_en or product.name, variant.title_en or variant.title)
        name = ", ".join(filter(None, names if language == "en" else (product.name, variant.title)))
        lowest = money_text(self.lowest.minor, self.lowest.currency, language)
        return gettext("below %(lowest)s · %(free)s in stock · %(name)s") % {
            "name": name,
            "lowest": lowest,
            "free": self.free,
        }


def dealables(show: Show, *, at: datetime) -> list[Dealable]:
    """What a deal of this show can be about, in the order of the tray; four queries."""
    variants = list(
        Variant.objects.filter(product__in=show.tray.values("product"), withdrawn_at=None, stock__on_hand__gt=0)
        .filter(product__withdrawn_at=None)
        .select_related("product", "stock")
    )
    places: dict[int, int] = dict(show.tray.values_list("product_id", "position"))
    lowest, allotted = lowest_asked_of(variants, at=at), allotments_of(show_id=show.pk)
    ordered = sorted(variants, key=lambda one: (places[one.product_id], one.position, one.pk))
    limits = {product_id: one.left for product_id, one in allotted.items()}
    free = [(one, min(one.stock.on_hand, limits.get(one.product_id, one.stock.on_hand))) for one in ordered]
    return [Dealable(one, lowest[one.pk], pieces) for one, pieces in free if pieces]


class FlashForm(forms.Form):
    """What is said in it is checked again when the deal is armed, and once more when it is fired."""

    variant = forms.TypedChoiceField(label=_("Product of the tray"), coerce=int)
    price = forms.CharField(
        label=_("Price of the deal"), max_length=16, help_text=_("Below the lowest of the last 30 days.")
    )
    quantity = forms.IntegerField(label=_("Pieces in all"), min_value=1, max_value=BOUNDS["quantity"][1])
    per_person = forms.IntegerField(
        label=_("Pieces for one person"), initial=1, min_value=1, max_value=BOUNDS["per_person"][1]
    )
    countdown_s = forms.TypedChoiceField(label=_("Countdown"), coerce=int, initial=30)
    runs_s = forms.TypedChoiceField(label=_("Can be taken for"), coerce=int, initial=300)
    reserve_s = forms.TypedChoiceField(
        label=_("Time to pay"), coerce=int, initial=600, help_text=_("Buyers can ask for more.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, things: list[Dealable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "variant": [(one.variant.pk, one.words()) for one in things],
            "countdown_s": [(seconds, span_words(seconds)) for seconds in COUNTDOWNS_S],
            "runs_s": [(minutes * MINUTE_S, span_words(minutes * MINUTE_S)) for minutes in RUNS_MIN],
            "reserve_s": [(minutes * MINUTE_S, span_words(minutes * MINUTE_S)) for minutes in RESERVES_MIN],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid4

    def clean_price(self) -> Money:
        """An amount of money as people write it."""
        try:
            return Money.parse("".join(self.cleaned_data["price"].split()))
        except ValueError:
            raise forms.ValidationError(gettext("Write a price in digits, for example 990.")) from None

    def terms(self) -> Terms:
        names = ("quantity", "per_person", "countdown_s", "runs_s", "reserve_s")
        return Terms(**{name: self.cleaned_data[name] for name in names})

    def takes(self, refused: Refused) -> bool:
        """Put a refusal beside the field it is about; False when it is about none."""
        name = refused.facts.get("name") if refused.code == "term_unfit" else ABOUT.get(refused.code)
        if name not in self.fields:
            return False
        self.add_error(name, say(refused).sentence())
        return True


def span_words(seconds: int) -> str:
    """How long something lasts, in seconds or minutes."""
    if seconds < MINUTE_S:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = seconds // MINUTE_S
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
