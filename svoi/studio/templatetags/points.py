"""Points and parcels in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from svoi.studio.counter import Row
from svoi.ui.templatetags.ui import pill, when

register = template.Library()


@register.filter
def point_words(thing: Any, field: str) -> str:
    """A name kept as `name` and `name_en`, in the reader's language."""
    russian, english = getattr(thing, field, ""), getattr(thing, f"{field}_en", "")
    return str(english or russian) if get_language() == "en" else str(russian or english)


@register.simple_tag
def parcel_pill(row: Row, at: datetime | bool) -> SafeString:  # noqa: FBT001 - a moment, or whether it is late
    """The stage of a parcel in one word."""
    late = at if isinstance(at, bool) else row.is_late(at)
    stage = "late" if late else row.parcel.stage
    words = {
        "prepared": pgettext("a parcel", "Packed"),
        "sent": pgettext("a parcel", "On its way"),
        "here": pgettext("a parcel", "Waits"),
        "late": pgettext("a parcel", "Days are over"),
        "not_collected": pgettext("a parcel", "Goes back"),
        "handed_over": pgettext("a parcel", "Handed over"),
        "came_back": pgettext("a parcel", "Went back"),
    }
    return pill("proven" if stage == "handed_over" else "plain", words[stage])


@register.simple_tag
def parcel_line(row: Row, at: datetime) -> SafeString:
    """The moment that matters now."""
    parcel = row.parcel
    match parcel.stage:
        case "here":
            return format_html("{} {}", _("Kept until"), when(parcel.keep_until, "date"))
        case "handed_over":
            return when(parcel.handed_over_at)
        case "not_collected":
            return format_html("{} {}", pgettext("a parcel", "Since"), when(parcel.not_collected_at, "date"))
        case "came_back":
            return when(parcel.came_back_at)
        case "sent":
            return format_html("{} {}", pgettext("a parcel", "Sent"), when(parcel.sent_at))
    return format_html("{} {}", pgettext("a parcel", "Packed on"), when(parcel.prepared_at))
