"""Pills and words of honest counting."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from svoi.shows.actions.recounting import AFTER_END
from svoi.studio.count.words import MODE_WORDS, VERDICT_WORDS
from svoi.ui.templatetags.ui import grouped, icon

register = template.Library()
_MODE_ICONS = {"off": "circle", "shadow": "eye", "live": "shield-check"}


@register.simple_tag
def mode_pill(mode: str) -> SafeString:
    """A mode as a pill: in force is proven green, the others are ink."""
    kind = "proven" if mode == "live" else "soon"
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, icon(_MODE_ICONS[mode]), MODE_WORDS[mode])


@register.simple_tag
def verdict_pill(verdict: str) -> SafeString:
    """The last word of the crew on a group."""
    return format_html('<span class="pill pill-disclosure">{}</span>', VERDICT_WORDS[verdict])


@register.simple_tag
def verdict_word(verdict: str) -> str | Promise:
    return VERDICT_WORDS[verdict]


@register.simple_tag
def of_raw(counted: int | None, raw: int | None) -> str:
    """`7 of 10` in the log of recounts; a dash where nobody counted."""
    if counted is None or raw is None:
        return "—"
    return gettext("%(counted)s of %(raw)s") % {"counted": grouped(counted), "raw": grouped(raw)}


@register.simple_tag
def recount_why(why: str) -> str:
    """Why somebody counted anew, in her words; in ours where the clock did."""
    return gettext("after the end of the show") if why == AFTER_END else why
