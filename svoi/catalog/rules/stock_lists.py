"""A list of counts, as a shop's own books tell it: what its rows may be, and how many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from svoi.kernel.refused import Refused

LIST_ROWS_MAX = 1_000_000
CALL_ROWS_MAX = 10_000
CALL_BYTES_MAX = 1024**2
LINE_LENGTH_MAX = 1_000
CODE_LENGTH_MAX = 64
COUNT_MAX = 999_999
_COUNT = re.compile(r"[0-9]{1,6}(?:[.,]0{1,3})?")


class StockListRefused(Refused):
    """The whole list cannot be taken (`reason`): empty, encoding, too_many, not_a_list. Nothing of it was."""

    code: ClassVar[str] = "stock_list_refused"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many pieces of one code; `place` is the line of a file or the place in a call, from 1."""

    place: int
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class RowBroken:
    """A row that was not taken, why, and the piece at fault.

    Reasons: no_code, code_too_long, bad_count, too_few_columns, line_too_long, not_text; and those the shop itself
    finds: unknown_code, ambiguous_code, repeated_code.
    """

    place: int
    reason: str
    detail: str = ""


def read_row(*, place: int, code: object, count: object) -> Counted | RowBroken:
    """A row as it was told, by a cell of text or a number of JSON."""
    if not isinstance(code, str):
        return RowBroken(place, "no_code")
    said = code.strip()
    if not said or "\0" in said:
        return RowBroken(place, "no_code")
    if len(said) > CODE_LENGTH_MAX:
        return RowBroken(place, "code_too_long", said[:CODE_LENGTH_MAX])
    pieces = _pieces(count)
    if pieces is None:
        return RowBroken(place, "bad_count", f"{said}: {str(count)[:40]}")
    return Counted(place, said, pieces)


def _pieces(count: object) -> int | None:
    """A whole number of pieces; books write 5 as 5,000 too."""
    if isinstance(count, bool):
        return None
    if isinstance(count, int):
        return count if 0 <= count <= COUNT_MAX else None
    if not isinstance(count, str):
        return None
    text = "".join(count.split())
    return int(re.split("[.,]", text)[0]) if text.isascii() and _COUNT.fullmatch(text) else None
