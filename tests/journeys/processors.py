"""How much time the machine's processors had to spare while something was measured on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IDLE, WAITING_FOR_DISKS = 3, 4  # columns of /proc/stat


@contextmanager
def watched_processors() -> Iterator[list[float]]:
    """Holds one share, 0 to 1, once it is left: the time no processor had anything to do, of all their time."""
    spare: list[float] = []
    before = _ticks()
    yield spare
    spent = [now - then for now, then in zip(_ticks(), before, strict=True)]
    spare.append((spent[IDLE] + spent[WAITING_FOR_DISKS]) / max(sum(spent), 1))


def _ticks() -> list[int]:
    """Of all processors together since the machine began."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    return [int(number) for number in first.split()[1:9]]
