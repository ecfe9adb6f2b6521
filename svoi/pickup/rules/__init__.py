"""Whether a point takes parcels, and which words and wishes it is looked for by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from svoi.kernel.refused import Refused


class PointClosed(Refused):
    """The chosen point no longer takes parcels, or never belonged to this shop."""

    code: ClassVar[str] = "point_closed"


def admit_point(*, known: bool, closed: bool) -> None:
    """A parcel goes only to an open point of the shop that sells."""
    if not known or closed:
        raise PointClosed()


SEARCH_WORDS_MAX = 8
_LETTERS = re.compile(r"\w+")
_ONE_E = str.maketrans("ёЁ", "еЕ")


def search_words(text: str) -> list[str]:
    """The words a person typed, folded so that case, ё and punctuation do not matter."""
    folded = unicodedata.normalize("NFKC", text).translate(_ONE_E).lower()
    return _LETTERS.findall(folded)[:SEARCH_WORDS_MAX]


# What a point's list of features may say, and what of its hours can be wished for.
FEATURES = ("fitting_room", "card", "sbp", "postamat")
WISHES = (*FEATURES, "open_now", "whole_day")


def known_wishes(said: Iterable[str]) -> tuple[str, ...]:
    """Those of the wishes that mean something, each once, in the order they are shown."""
    wanted = set(said)
    return tuple(wish for wish in WISHES if wish in wanted)
