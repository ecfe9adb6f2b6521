"""Why a row of counts, or a whole list of points, was not taken: in words for whoever made the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.catalog.rules.stock_lists import RowBroken

_ROW_WORDS: dict[str, str | Promise] = {
    "no_code": _("There is no code"),
    "code_too_long": _("The code is too long"),
    "bad_count": _("The count is not a whole number of pieces"),
    "too_few_columns": _("A line has two columns: code and count"),
    "line_too_long": _("The line is too long"),
    "not_text": _("This is not text"),
    "unknown_code": _("The shop has no such code"),
    "ambiguous_code": _("Several products have this code: use the offer’s id"),
    "repeated_code": _("This product stands in the list twice"),
}
_POINT_WORDS: dict[str, str | Promise] = {
    "not_a_list": _("This is neither a JSON list nor a table."),
    "not_a_table": _("The table has no column named “code”, or cannot be read."),
    "empty": _("The list is empty: nothing was closed."),
    "too_many": _("The list is too long."),
    "too_large": _("The file is too large."),
    "no_code": _("A point has no code, or one that is too long."),
    "duplicate_code": _("A code stands in the list twice."),
    "code_of_another": _("A code belongs to a carrier’s point."),
    "missing": _("A field that is needed is empty."),
    "too_long": _("A field is too long."),
    "bad_value": _("A field has a value that cannot be read."),
}


def broken_words(broken: RowBroken) -> str:
    """The reason, with the piece at fault."""
    words = str(_ROW_WORDS.get(broken.reason, broken.reason))
    return f"{words}: {broken.detail}" if broken.detail else words


def points_words(facts: Mapping[str, Any]) -> str:
    """The reason, with the point and the field where it is known."""
    reason = str(facts.get("reason", ""))
    words = str(_POINT_WORDS.get(reason, reason))
    where = ", ".join(str(facts[name]) for name in ("point", "place", "field") if facts.get(name))
    return f"{words} ({where})" if where else words
