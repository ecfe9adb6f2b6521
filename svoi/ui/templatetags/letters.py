"""What letters are written with: names in the reader's language, sums of lines, moments with their zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import get_language

from svoi.ui.typography import HARD_SPACE

register = template.Library()


@register.filter
def spoken(thing: Any, field: str) -> str:
    """`{{ line|spoken:"name" }}`: the English name for an English reader, where there is one."""
    english = getattr(thing, f"{field}_en", "") if (get_language() or settings.LANGUAGE_CODE) == "en" else ""
    return english or str(getattr(thing, field, ""))


@register.filter
def spoken_title(show: Any) -> str:
    """A show's title in the reader's language; where only one is written, that one."""
    english = (get_language() or settings.LANGUAGE_CODE) == "en"
    return str((show.title_en if english else "") or show.title_ru)


@register.filter
def line_sum(line: Any) -> int:
    """What a line costs in minor units."""
    return int(line.price_minor * line.quantity)


@register.filter
def day_words(at: datetime) -> str:
    """A day in words, in the shop's zone: a letter has no clock of its reader."""
    return formats.date_format(timezone.localtime(at), "j E").replace(" ", HARD_SPACE)


@register.filter
def moment_words(at: datetime) -> str:
    """A day and an hour, with the zone named."""
    local = timezone.localtime(at)
    return f"{day_words(at)}, {formats.date_format(local, 'H:i')} ({local:%Z})"
