"""A return as the browser sends it: pieces by line, a reason, words."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from svoi.orders.rules import RETURN_REASONS
from svoi.orders.rules.returning import WORDS_LENGTH_MAX
from svoi.web.order_words import REASONS

_LINE = re.compile(r"pieces_([1-9][0-9]{0,17})")
_PIECES = re.compile(r"[0-9]{1,4}")


class ReturnForm(forms.Form):
    """What comes back and why. Which pieces she has is the order's to say."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, REASONS[code]) for code in RETURN_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=WORDS_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def wanted(self) -> dict[int, int]:
        """Pieces by line, those she chose; what cannot be read is more than anybody has."""
        chosen = {}
        for name in self.data:
            if line := _LINE.fullmatch(name):
                text = str(self.data.get(name, "")).strip() or "0"
                chosen[int(line[1])] = int(text) if _PIECES.fullmatch(text) else 10**6
        return {line_id: pieces for line_id, pieces in chosen.items() if pieces}
