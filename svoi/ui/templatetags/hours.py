"""The hours of the places that goods are collected at."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

_DAY = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b")
_RANGE = re.compile(r"(?<=[\w.])-(?=\w)")


@register.filter
def hours_words(hours: str) -> str:
    """Hours as maps write them (`Mo-Fr 09:00-20:00; Su off`), in the reader's words; others stay as told."""
    if hours.strip() == "24/7":
        return _("round the clock")
    spoken = _DAY.sub(lambda day: _days()[day[1]], hours).replace("; ", ", ")
    return _RANGE.sub("–", re.sub(r"\boff\b", pgettext("hours", "closed"), spoken))


def _days() -> dict[str, str]:
    return {
        "Mo": pgettext("weekday", "Mon"),
        "Tu": pgettext("weekday", "Tue"),
        "We": pgettext("weekday", "Wed"),
        "Th": pgettext("weekday", "Thu"),
        "Fr": pgettext("weekday", "Fri"),
        "Sa": pgettext("weekday", "Sat"),
        "Su": pgettext("weekday", "Sun"),
    }
