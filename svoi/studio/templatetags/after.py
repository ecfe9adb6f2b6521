"""Figures of a debrief and of a card: the name of each with its definition behind it."""

from __future__ import annotations

from typing import Any

from django import template

from svoi.ui.definitions import DEFINITIONS

register = template.Library()


@register.inclusion_tag("studio/replays/_defined.html")
def defined(key: str, scope: str = "") -> dict[str, Any]:
    """The name of a figure, and a button that opens what it means."""
    return {"key": key, "scope": scope, "name": DEFINITIONS[key].name}


@register.filter
def definition_name(key: str) -> str:
    """The name alone, for a cell's label on a phone."""
    return str(DEFINITIONS[key].name)
