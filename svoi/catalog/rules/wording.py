"""What a person may write about goods: names and descriptions, within the limits a feed has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from svoi.catalog.rules.feeds import CATEGORY_NAME_LENGTH_MAX, DESCRIPTION_LENGTH_MAX, LINE_LENGTHS_MAX
from svoi.kernel.refused import Refused

NAME_LENGTH_MAX = LINE_LENGTHS_MAX["name"]
TITLE_LENGTH_MAX = LINE_LENGTHS_MAX["title_en"]
# Column: the longest text.
CATEGORY_WORDS = {"name": CATEGORY_NAME_LENGTH_MAX, "name_en": CATEGORY_NAME_LENGTH_MAX}
PRODUCT_WORDS = {
    "name": NAME_LENGTH_MAX,
    "name_en": NAME_LENGTH_MAX,
    "vendor": LINE_LENGTHS_MAX["vendor"],
    "description": DESCRIPTION_LENGTH_MAX,
    "description_en": DESCRIPTION_LENGTH_MAX,
}
VARIANT_WORDS = {"title": TITLE_LENGTH_MAX, "title_en": TITLE_LENGTH_MAX}
NEEDED = frozenset({"name"})
OF_LINES = frozenset({"description", "description_en"})


class GoodsNameMissing(Refused):
    """A shelf and a product need a name."""

    code: ClassVar[str] = "goods_name_missing"


class WordsTooLong(Refused):
    """The text is longer than `most` characters."""

    code: ClassVar[str] = "words_too_long"


def read_words(typed: Mapping[str, str], lengths: Mapping[str, int]) -> dict[str, str]:
    """The texts as they are kept, column by column. Raises `GoodsNameMissing`, `WordsTooLong`."""
    assert typed.keys() <= lengths.keys()
    told = {name: _lines(text) if name in OF_LINES else " ".join(_plain(text).split()) for name, text in typed.items()}
    for name, text in told.items():
        if name in NEEDED and not text:
            raise GoodsNameMissing()
        if len(text) > lengths[name]:
            raise WordsTooLong(most=lengths[name])
    return told


def _plain(text: str) -> str:
    return text.replace("\0", "")


def _lines(text: str) -> str:
    return _plain(text).replace("\r\n", "\n").strip()
