"""Counts from a file of lines `code;count`, read as a stream."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import IO

from svoi.catalog.rules.stock_lists import LINE_LENGTH_MAX, Counted, RowBroken, StockListRefused, read_row

SEPARATORS = ";\t,"


def counts_of(source: IO[bytes], *, watch: Callable[[int], None]) -> Iterator[Counted | RowBroken]:
    """Rows and complaints by line.

    UTF-8 or windows-1251; separated by `;`, a tab or `,`; a first line without digits is a heading.
    `watch` is told how many bytes have been read. Raises `StockListRefused` for what is no such file.
    """
    encoding, separator, read = "", "", 0
    for place, line in enumerate(_lines(source), 1):
        read += len(line)
        watch(read)
        if not encoding:
            encoding = _encoding(line)
        try:
            text = line.decode(encoding).removeprefix("\ufeff").strip()
        except UnicodeDecodeError:
            # The first letters beyond ASCII may come late; from there on the file is what they say.
            encoding = "windows-1251"
            text = line.decode(encoding, "replace").strip()
        if len(line) > LINE_LENGTH_MAX:
            yield RowBroken(place, "line_too_long")
        elif text:
            separator = separator or next((each for each in SEPARATORS if each in text), ";")
            row = _row(place, text, separator)
            if place > 1 or not _is_heading(row, text):
                yield row


def _row(place: int, text: str, separator: str) -> Counted | RowBroken:
    cells = next(csv.reader([text.replace("\r", " ").replace("\0", " ")], delimiter=separator), [])
    if len(cells) < 2:
        return RowBroken(place, "too_few_columns", text[:40])
    return read_row(place=place, code=cells[0], count=cells[1])


def _is_heading(row: Counted | RowBroken, text: str) -> bool:
    return isinstance(row, RowBroken) and row.reason == "bad_count" and not any(each.isdigit() for each in text)


def _encoding(first: bytes) -> str:
    if first.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\0" in first:
        raise StockListRefused(reason="encoding")
    return "utf-8"


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    """Lines of the file; of one that is too long only its beginning, so that no line fills the memory."""
    while line := source.readline(LINE_LENGTH_MAX + 2):
        rest = line
        while len(rest) == LINE_LENGTH_MAX + 2 and not rest.endswith(b"\n"):
            rest = source.readline(LINE_LENGTH_MAX + 2)
        yield line
