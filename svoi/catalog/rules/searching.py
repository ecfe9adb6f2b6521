"""What somebody looks for: folded words, the other keyboard layout, and the known word a misspelt one stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

QUERY_LENGTH_MAX = 100
WORDS_MAX = 8
RANKED_MAX = 1_000
SORTED_MAX = 20_000
ALIKE_MAX = 20
PAGES_MAX = 100
SORTS = ("best", "cheap", "dear", "new")
_WORD = re.compile(r"[\w]+", re.UNICODE)
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_OTHER = {ord(a): b for a, b in [*zip(_LATIN, _CYRILLIC, strict=True), *zip(_CYRILLIC, _LATIN, strict=True)]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A search: words, a shelf, a range of prices, an order, and how many were already seen."""

    text: str = ""
    category_id: int | None = None
    from_minor: int | None = None
    to_minor: int | None = None
    sort: str = "best"
    after: int = 0

    @property
    def is_filtered(self) -> bool:
        """Does it ask for more than a shelf in the seller's order?"""
        return bool(self.text) or self.from_minor is not None or self.to_minor is not None or self.sort != "best"


def fold(text: str) -> str:
    """Words as they are compared: small letters, е for ё, single spaces, no longer than anybody's question."""
    plain = text.replace("\0", " ").encode("utf-8", "ignore").decode()
    return " ".join(plain.lower().replace("ё", "е").split())[:QUERY_LENGTH_MAX].strip()


def words_in(text: str) -> list[str]:
    """The words of a folded question."""
    return _WORD.findall(text)[:WORDS_MAX]


def other_layout(word: str) -> str:
    """The same keys on the other keyboard layout: `ghbdtn` is `привет`; empty when the word is of neither."""
    swapped = word.translate(_OTHER)
    return fold(swapped) if swapped != word and not any(each.isdigit() for each in word) else ""


def closest(word: str, known: Sequence[str]) -> str:
    """The known word somebody most likely meant; `known` comes with the likeliest first. Empty when none is near."""
    most = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3
    near = [(distance(word, each), place, each) for place, each in enumerate(known)]
    near = [each for each in near if each[0] <= most]
    return min(near)[2] if near else ""


def distance(first: str, second: str) -> int:
    """Letters to add, drop, change, or swap with a neighbour (optimal string alignment; Boytsov 2011, section 2)."""
    before, row = [], list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        before, above, row = row, before, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
