"""The reader's language in templates: names kept in two languages, role words, descriptions, stored pictures."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from svoi.web.described import described
from svoi.web.role_words import ROLE_WORDS

register = template.Library()


@register.filter
def in_language(thing: Any, field: str) -> str:
    """`{{ community|in_language:"name" }}`: name_ru or name_en; where only the other one is written, that one."""
    language = get_language() or settings.LANGUAGE_CODE
    russian = getattr(thing, f"{field}_ru", None)
    words = {
        "ru": russian if russian is not None else getattr(thing, field, ""),
        "en": getattr(thing, f"{field}_en", ""),
    }
    return words.get(language) or words["ru"] or words["en"]


@register.filter
def params_in_language(variant: Any) -> list[tuple[str, str]]:
    """A variant's params as (name, value with its unit): in English where the shop knows the words."""
    english = (get_language() or settings.LANGUAGE_CODE) == "en"
    spoken = [param[3:6] if english and len(param) == 6 else param[:3] for param in variant.params]
    return [(name, f"{value}\u00a0{unit}" if unit else value) for name, value, unit in spoken]


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def role_word(role: str) -> str | Promise:
    return ROLE_WORDS.get(role, role)


@register.filter(name="described")
def described_filter(text: str) -> SafeString:
    """A feed's description as safe paragraphs."""
    return described(text)


@register.filter
def stored(path: str) -> str:
    """The address of a picture kept under the media folder; an address stays what it is."""
    return path if not path or path.startswith(("/", "https://", "http://")) else f"{settings.MEDIA_URL}{path}"
