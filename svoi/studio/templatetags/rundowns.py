"""Words and lengths of a rundown in templates."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from svoi.rundowns.queries import ClaimRead
from svoi.rundowns.rules import Beat
from svoi.studio.gifts import MODES
from svoi.studio.rundown.times import length_text
from svoi.studio.rundown.words import (
    CLAIM_WORDS,
    DEED_WORDS,
    EVIDENCE_WORDS,
    KIND_WORDS,
    STATE_ICONS,
    STATE_PILLS,
    STATE_WORDS,
    TARGET_WORDS,
)
from svoi.ui.templatetags.ui import icon

register = template.Library()
WORDS = {
    "kind": KIND_WORDS,
    "state": STATE_WORDS,
    "claim": CLAIM_WORDS,
    "evidence": EVIDENCE_WORDS,
    "target": TARGET_WORDS,
    "deed": DEED_WORDS,
    "mode": dict(MODES),
}


@register.filter
def word(code: str, family: str) -> str | Promise:
    """`{{ segment.kind|word:"kind" }}`."""
    return WORDS[family].get(code, code)


@register.filter
def as_time(seconds: int | None) -> str:
    """330 -> 5:30."""
    return "" if seconds is None else length_text(seconds)


@register.filter
def signed_length(seconds: int) -> str:
    """With its sign, as lateness is told: +0:45, −1:10, 0:00."""
    return f"+{length_text(seconds)}" if seconds > 0 else length_text(seconds)


@register.simple_tag
def state_pill(state: str) -> SafeString:
    """The state of a story; nothing where nothing has to be checked."""
    if state == "free":
        return SafeString("")
    sign = icon(STATE_ICONS[state], "small") if state in STATE_ICONS else ""
    return format_html('<span class="pill pill-{}">{}{}</span>', STATE_PILLS[state], sign, STATE_WORDS[state])


@register.filter
def beat_words(beat: Beat) -> str:
    """In the reader's language where it is written."""
    return beat.en if get_language() == "en" and beat.en else beat.ru


@register.filter
def claim_text(claim: ClaimRead) -> str:
    return claim.text_en if get_language() == "en" and claim.text_en else claim.text


@register.filter
def last_day(until: datetime) -> datetime:
    """Evidence is kept until the end of a day; people read the day."""
    return localtime(until) - timedelta(seconds=1)
