"""The card of a flash deal before its scripts run: its clock, and how many pieces one person may choose."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import pgettext

from svoi.web.room_words import pieces_sentence

register = template.Library()
MINUTE_S = 60


@register.simple_tag
def flash_clock(flash: dict[str, Any] | None, mine: dict[str, Any] | None, phase: str) -> str:
    """Time left in minutes and seconds: until it opens, until it ends, until she has paid."""
    moments = {"countdown": flash and flash["opens_at"], "running": flash and flash["ends_at"]}
    until = mine["until"] if phase == "mine" and mine else moments.get(phase)
    if not until:
        return ""
    minutes, seconds = divmod(max(0, round(until / 1000 - timezone.now().timestamp())), MINUTE_S)
    return f"{minutes}:{seconds:02}"


@register.filter
def pieces_for_one(flash: dict[str, Any] | None) -> range:
    """1, 2, … up to what one person may take."""
    return range(1, (flash["per_person"] if flash else 1) + 1)


@register.simple_tag
def flash_left(flash: dict[str, Any] | None) -> str:
    """What is left, as the room's scripts write it later."""
    words = pgettext("a deal", "{left} of {whole} left")
    return words.format(left=flash["left"], whole=flash["quantity"]) if flash else ""


@register.simple_tag
def flash_hers(mine: dict[str, Any] | None) -> str:
    """What is hers, in the same words."""
    return pieces_sentence(mine["quantity"]).format(count=mine["quantity"]) if mine else ""
