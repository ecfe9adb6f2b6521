"""English for the short Russian words of a feed, which has a place for one language only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Names of params, their values and units, and names of categories, each by its Russian word."""

    params: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    def category(self, name: str) -> str:
        """The English name of a shelf; empty when it is not known."""
        return _english(name, self.categories)

    def param(self, name: str, value: str, unit: str) -> list[str]:
        """A param as it is stored: name, value, unit; and the same in English when all of it is known."""
        english = [_english(name, self.params), _english(value, self.values), _english(unit, self.units)]
        is_whole = bool(english[0] and english[1] and (english[2] or not unit))
        return [name, value, unit, *english] if is_whole else [name, value, unit]


def _english(word: str, known: Mapping[str, str]) -> str:
    """Numbers and words in Latin letters are the same in both languages."""
    return known.get(word) or ("" if _CYRILLIC.search(word) else word)
