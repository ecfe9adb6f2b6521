"""Words and figures as the crew reads them: names in her language, roles, shares of a hundred."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language

from svoi.catalog.queries import ProductCard
from svoi.studio.role_words import ROLE_WORDS
from svoi.ui.typography import HARD_SPACE, MINOR_PER_MAJOR, money_text

register = template.Library()


@register.filter
def in_language(thing: Any, field: str) -> str:
    """`{{ show|in_language:"title" }}`: title_ru or title_en; where only the other one is written, that one."""
    language = get_language() or settings.LANGUAGE_CODE
    words: dict[str, str] = {code: getattr(thing, f"{field}_{code}", "") for code in ("ru", "en")}
    return str(words.get(language) or words["ru"] or words["en"])


@register.filter
def card_name(card: ProductCard) -> str:
    """A product's name as its card knows it."""
    return card.name_en if get_language() == "en" and card.name_en else card.name


@register.filter
def role_word(role: str) -> str | Promise:
    return ROLE_WORDS.get(role, "")


@register.filter
def whole_money(minor: int | None) -> str:
    """An average in whole roubles, because its kopecks mean nothing; a dash where there is none."""
    if minor is None:
        return "—"
    return money_text(round(minor / MINOR_PER_MAJOR) * MINOR_PER_MAJOR, "RUB", get_language() or settings.LANGUAGE_CODE)


@register.filter
def percent(share: float | None) -> str:
    """A share as percent with one place after the comma; a dash where there is nothing to divide by."""
    if share is None:
        return "—"
    gap = "" if get_language() == "en" else HARD_SPACE
    return f"{number_format(round(share * 100, 1), decimal_pos=1, use_l10n=True)}{gap}%"


@register.filter
def rehearse_command(show_id: int) -> str:
    """What whoever keeps the server types to open the rehearsal of a show."""
    return f"bin/svoi rehearse {show_id}"
