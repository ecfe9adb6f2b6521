"""The recording's journal: one JSON array a line, only ever appended to.

A line counts when its newline is there; what a crash left behind it is cut off when the journal is opened again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Entry = list[Any]


def read_journal(path: Path) -> tuple[list[Entry], int]:
    """All whole entries up to the first that cannot be read, and how many bytes they take."""
    entries: list[Entry] = []
    length = 0
    raw = path.read_bytes() if path.exists() else b""
    for line in raw.splitlines(keepends=True):
        try:
            entry = json.loads(line) if line.endswith(b"\n") else None
        except ValueError:
            entry = None
        if not isinstance(entry, list) or not entry:
            break
        entries.append(entry)
        length += len(line)
    return entries, length


class Journal:
    """Open for appending, after the torn end is cut off."""

    def __init__(self, path: Path, *, length: int) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
        os.ftruncate(self._file, length)
        self._length = length

    def append(self, *entry: Any) -> None:
        """Raises OSError; then the journal is as before."""
        line = json.dumps(entry, separators=(",", ":")).encode() + b"\n"
        if os.pwrite(self._file, line, self._length) != len(line):
            raise OSError("the journal was written in part only")
        self._length += len(line)

    def duplicate(self) -> int:
        """A descriptor of its own, for a thread that syncs."""
        return os.dup(self._file)

    def close(self) -> None:
        os.close(self._file)
