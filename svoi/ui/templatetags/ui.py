"""The pieces as template tags: `{% load ui %}` and every page speaks with one voice."""

import time
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from svoi.ui import typography
from svoi.ui.definitions import DEFINITIONS
from svoi.ui.module_map import import_map as module_map
from svoi.ui.reason_words import Weights

register = template.Library()

SPRITE = "ui/vendor/lucide-1.62.0.svg"
THEMES = ("system", "light", "dark")
AVATAR_TONES = 5
PILL_ICONS = {"proven": "badge-check", "gift": "gift", "disclosure": "info"}
PILL_KINDS = ("live", "soon", "proven", "gift", "disclosure", "video", "plain")


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "heart" %}`; sizes "small" (16) and "large" (28), 20 without. Decorative: words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" icon-{size}" if size else "",
        static(SPRITE),
        name,
    )


@register.simple_tag
def is_rehearsal() -> bool:
    """Whether this house is the rehearsal of a show: every page says so."""
    return bool(settings.REHEARSAL)


@register.simple_tag
def sprite() -> str:
    return static(SPRITE)


@register.simple_tag
def money(minor: int, currency: str = "RUB") -> SafeString:
    return format_html(
        '<data class="money" value="{}">{}</data>',
        typography.decimal_text(minor),
        typography.money_text(minor, currency, language()),
    )


@register.filter
def money_words(minor: int, currency: str = "RUB") -> str:
    """The same amount as plain text, for an attribute or a sentence: `{{ total_minor|money_words:"RUB" }}`."""
    return typography.money_text(minor, currency, language())


@register.filter
def grouped(number: int) -> str:
    return typography.grouped(int(number), language())


@register.inclusion_tag("ui/_price.html")
def price(
    offered: Any = None,
    *,
    now_minor: int | None = None,
    old_minor: int | None = None,
    currency: str = "",
    size: str = "",
) -> dict[str, Any]:
    """`{% price variant %}` for what has `price_minor` and `old_price_minor`, or `{% price now_minor=… %}`."""
    if offered is not None:
        now_minor = offered.price_minor
        old_minor = getattr(offered, "old_price_minor", None)
        currency = currency or getattr(offered, "currency", "")
    assert now_minor is not None, "a price needs an amount"
    lower = old_minor if old_minor and old_minor > now_minor else None
    return {"now_minor": now_minor, "old_minor": lower, "currency": currency or "RUB", "size": size}


@register.simple_tag
def avatar(name: str, picture: str = "", size: str = "") -> SafeString:
    """A face or its initials. Hidden from readers: the name stands beside it."""
    sized = f" avatar-{size}" if size else ""
    if picture:
        return format_html(
            '<span class="avatar{}" aria-hidden="true"><img src="{}" alt="" loading="lazy"></span>', sized, picture
        )
    return format_html(
        '<span class="avatar avatar-tone-{}{}" aria-hidden="true">{}</span>',
        typography.tone(name, AVATAR_TONES),
        sized,
        typography.initials(name),
    )


@register.simple_tag
def pill(kind: str, text: str) -> SafeString:
    """Kinds: live (rowan), soon, proven (pine), gift (honey), disclosure, video (over a picture), plain."""
    assert kind in PILL_KINDS, f"unknown pill {kind!r}"
    mark = icon(PILL_ICONS[kind]) if kind in PILL_ICONS else mark_safe("")
    return format_html('<span class="pill pill-{}">{}{}</span>', kind, mark, text)


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, autocomplete: str = "", inputmode: str = "") -> dict[str, Any]:
    """Label, control, hint and error of a form field, tied together for readers."""
    extra = {"autocomplete": autocomplete, "inputmode": inputmode}
    attrs: dict[str, str | bool] = {name: value for name, value in extra.items() if value}
    kind = bound.widget_type
    return {"field": bound, "kind": kind, "control": bound.as_widget(attrs=attrs)}


@register.inclusion_tag("ui/_definition.html")
def definition(key: str, scope: str = "") -> dict[str, Any]:
    """A small button that says what the number is. `scope` keeps ids apart when a key stands twice on a page."""
    return {"definition": DEFINITIONS[key], "id": f"what-{key}{'-' + scope if scope else ''}"}


@register.inclusion_tag("ui/_figure.html")
def figure(
    key: str, number: Any, *, raw: Any = None, scope: str = "", live: str = "", weights: Weights | None = None
) -> dict[str, Any]:
    """A number with its name and definition; `raw` beside it, and why it differs, for those who may see it.

    `live` names a data hook.
    """
    number, raw = (grouped(part) if isinstance(part, int) else part for part in (number, raw))
    name = DEFINITIONS[key].name
    shown = {"key": key, "number": number, "raw": raw, "scope": scope, "live": live, "name": name}
    return {**shown, "weights": weights}


@register.inclusion_tag("ui/_count.html")
def count(number: int, key: str, noun: str = "", scope: str = "") -> dict[str, Any]:
    """A proven count that opens its provenance."""
    return {"number": number, "key": key, "noun": noun, "scope": scope}


@register.simple_tag
def when(at: datetime | None, shape: str = "moment") -> SafeString:
    """A <time> in the server's words; the browser rewrites it in the reader's own zone. Shapes: moment, date, clock."""
    if at is None:
        return mark_safe("")
    local = timezone.localtime(at)
    words = {
        "moment": f"{formats.date_format(local, 'j E')}, {formats.date_format(local, 'H:i')}",
        "date": formats.date_format(local, "j E Y"),
        "clock": formats.date_format(local, "H:i"),
    }[shape]
    return format_html(
        '<svoi-time data-shape="{}"><time datetime="{}">{}</time></svoi-time>',
        shape,
        at.isoformat(),
        words.replace(" ", typography.HARD_SPACE, 1),
    )


@register.inclusion_tag("ui/_countdown.html")
def countdown(ends_at: datetime, label: str = "") -> dict[str, Any]:
    """Time left by the server's clock, for what really ends."""
    left_s = max(0, int((ends_at - timezone.now()).total_seconds()))
    minutes, seconds = divmod(left_s, 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
    return {"ends_at": ends_at, "left": left, "label": label}


@register.inclusion_tag("ui/_way.html", takes_context=True)
def way(context: template.Context, href: str, icon_name: str, label: str, count: int = 0) -> dict[str, Any]:
    """One way of the main navigation; the current one is known from the path."""
    path = context["request"].path if "request" in context else ""
    here = path == href or (href != "/" and path.startswith(href))
    return {"href": href, "icon_name": icon_name, "label": label, "here": here, "count": count}


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """What the person chose; without a request (a broken page) the system decides."""
    request = context.get("request")
    chosen = getattr(request, "theme", "") or getattr(request, "COOKIES", {}).get("svoi_theme", "")
    return chosen if chosen in THEMES else "system"


@register.simple_tag
def server_now_ms() -> int:
    return int(time.time() * 1000)


@register.simple_tag(takes_context=True)
def import_map(context: template.Context, *labels: str) -> SafeString:
    """The only inline script of a page, allowed by the nonce of the request. `{% import_map "ui" "web" %}`"""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    surfaces = ("ui", *(label for label in labels if label != "ui"))
    body = mark_safe(module_map(surfaces))  # noqa: S308 -- our own file names, "<" escaped
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, body)
