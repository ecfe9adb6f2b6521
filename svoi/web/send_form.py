"""An envelope as its sender writes it: mode, purse, points, shares, a greeting, and whom it is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from svoi.envelopes.rules import SHARES_MAX, TOTAL_MAX, Wish
from svoi.web.forms import RefusableForm

GUESTS_MAX = 100
MODES = [
    ("random", _("By lot: the shares differ")),
    ("equal", _("Equal shares")),
    ("addressed", _("For those I name, by lot")),
]
PURSES = [("own", _("My own points")), ("budget", _("The budget of the community"))]


class SendForm(RefusableForm):
    """What goes in. Shares of an envelope for those named are as many as the names."""

    places = {
        "pot_unfit": "total",
        "pot_uneven": "shares",
        "greeting_too_long": "greeting",
        "no_purse": "purse",
    }
    mode = forms.ChoiceField(label=_("How it is shared"), choices=MODES, widget=forms.RadioSelect, initial="random")
    purse = forms.ChoiceField(label=_("Whose points"), choices=PURSES, widget=forms.RadioSelect, initial="own")
    total = forms.IntegerField(
        label=_("Points, all together"), min_value=1, max_value=TOTAL_MAX, widget=forms.NumberInput
    )
    shares = forms.IntegerField(
        label=pgettext_lazy("how many", "Shares"),
        min_value=1,
        max_value=SHARES_MAX,
        required=False,
        help_text=_("How many people can open it. For those you name: as many as the names."),
    )
    greeting = forms.CharField(label=_("Greeting"), required=False, max_length=500)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_spend_budget: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_spend_budget:
            self.fields["purse"].choices = PURSES[:1]  # type: ignore[attr-defined]
            self.fields["purse"].widget = forms.HiddenInput()

    def wish(self, guests: list[int]) -> Wish:
        """The envelope as the rules ask about it."""
        told = self.cleaned_data
        shares = len(guests) if told["mode"] == "addressed" else told["shares"] or 0
        return Wish(mode=told["mode"], purse=told["purse"], total=told["total"], shares=shares, guests=len(guests))


def guests_in(form: QueryDict) -> list[int]:
    """The people ticked, by number; what is no number is left out."""
    ticked = [one for one in form.getlist("guests") if one.isascii() and one.isdecimal() and len(one) < 19]
    return sorted({int(one) for one in ticked[:GUESTS_MAX]})
