"""Calendar files (RFC 5545) line by line: moments in UTC, words escaped, long lines folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

LINE_OCTETS_MAX = 75


def moment(at: datetime) -> str:
    """A moment in UTC, which needs no description of a time zone (section 3.3.5, form 2)."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def words(text: str) -> str:
    """TEXT (section 3.3.11): backslash, semicolon, comma and line ends escaped; no other control characters."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(_printable(line) for line in escaped.splitlines())


def lines(content: Iterable[str]) -> str:
    """Content lines with their ends, folded."""
    return "".join(f"{_folded(line)}\r\n" for line in content)


def _printable(line: str) -> str:
    return "".join(letter for letter in line if letter == "\t" or unicodedata.category(letter) not in ("Cc", "Cs"))


def _folded(line: str) -> str:
    """Lines are folded at 75 octets, never inside a letter (section 3.1)."""
    folded, length = [], 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > LINE_OCTETS_MAX:
            folded.append("\r\n ")
            length = 1
        folded.append(letter)
        length += octets
    return "".join(folded)
