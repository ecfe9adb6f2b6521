"""The calendar's words and marks in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from svoi.planning.models import Series, Shift, Slot
from svoi.planning.rules.recurring import days_from_mask
from svoi.studio.planning.words import (
    APPROVAL_WORDS,
    WEEKDAY_WORDS,
    WORK_WORDS,
    clock_words,
    day_words,
    place_words,
    span_words,
)
from svoi.ui.templatetags.ui import icon

register = template.Library()
_MARKS = {"draft": "pencil", "asked": "clock", "approved": "check", "declined": "x", "moved": "rotate-ccw"}


@register.simple_tag
def approval_pill(approval: str) -> SafeString:
    """Where a plan stands, in ink: agreeing to a plan proves nothing."""
    kind = "plain" if approval == "approved" else "soon"
    mark, words = icon(_MARKS[approval]), APPROVAL_WORDS[approval]
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, mark, words)


@register.filter
def work_word(role: str) -> str | Promise:
    return WORK_WORDS[role]


@register.filter
def starts_clock(slot: Slot) -> str:
    """When the show begins, by the clock of its studio."""
    return clock_words(slot.starts_at, slot.studio.time_zone)


@register.filter
def ends_clock(slot: Slot) -> str:
    return clock_words(slot.ends_at, slot.studio.time_zone)


@register.filter
def slot_day(slot: Slot) -> str:
    return day_words(slot.starts_at, slot.studio.time_zone)


@register.filter
def slot_place(slot: Slot) -> str:
    return place_words(slot)


@register.filter
def shift_span(shift: Shift) -> str:
    """«18:30–20:00» by the clock of the studio."""
    zone = shift.slot.studio.time_zone
    return f"{clock_words(shift.begins_at, zone)}–{clock_words(shift.ends_at, zone)}"


@register.filter
def shift_day(shift: Shift) -> str:
    return day_words(shift.begins_at, shift.slot.studio.time_zone)


@register.filter
def minutes_words(minutes: int) -> str:
    return span_words(minutes)


@register.filter
def days_of(series: Series) -> list[str | Promise]:
    """The days of a series, in words."""
    return [WEEKDAY_WORDS[day] for day in sorted(days_from_mask(series.weekdays))]
