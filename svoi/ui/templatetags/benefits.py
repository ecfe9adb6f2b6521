"""Points of a community in words."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, ngettext, pgettext

from svoi.ui.typography import HARD_SPACE, grouped

register = template.Library()


@register.filter
def points_words(amount: int) -> str:
    """`{{ 1490|points_words }}`: «1 490 баллов», the number on the line of its noun."""
    number = grouped(amount, get_language() or "ru")
    spoken = ngettext("%(amount)s point", "%(amount)s points", abs(amount)) % {"amount": number}
    return spoken.replace(" ", HARD_SPACE, 1)


@register.filter
def signed(amount: int) -> str:
    """What came with a plus, what went with a minus."""
    number = grouped(amount, get_language() or "ru")
    return f"+{number}" if amount > 0 else number


@register.filter
def percent_words(percent: int) -> str:
    """«30 %» in Russian, "30%" in English."""
    return f"{percent}%" if (get_language() or "ru") == "en" else f"{percent}{HARD_SPACE}%"


@register.filter
def moved_for(reason: str) -> str:
    """Why points moved; a reason of another room stands for itself until it has words here."""
    words = {
        "earned": pgettext("points", "For what you kept"),
        "spent": pgettext("points", "Spent on an order"),
        "given_back": pgettext("points", "Came back with a refund"),
        "expired": pgettext("points", "Ran out"),
        "left": pgettext("points", "The account was erased"),
        "envelope_sent": pgettext("points", "Put into an envelope"),
        "envelope_share": pgettext("points", "From an envelope"),
        "envelope_returned": pgettext("points", "Came back: nobody took it"),
    }
    return words.get(reason, reason)
