"""How long something lasts, as the crew reads it."""

from __future__ import annotations

from django import template

from svoi.studio.control.words import span_words

register = template.Library()


@register.filter
def span(seconds: int) -> str:
    """Seconds up to two minutes, then whole minutes."""
    return span_words(seconds)
