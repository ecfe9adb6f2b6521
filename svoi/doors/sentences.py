"""What a door says when it cannot open: one clear sentence, in English and in Russian."""

import errno
from dataclasses import dataclass

# The last one is PostgreSQL's for a write that was cut short.
FULL_SIGNS = ("No space left on device", "Disk quota exceeded", "bytes at block")


@dataclass  # not frozen: Python writes the traceback onto an exception as it passes
class CannotStart(Exception):
    """Stops a start; the two lines are all the person at the terminal gets to read."""

    english: str
    russian: str

    def __str__(self) -> str:
        return f"{self.english}\n{self.russian}"


def disk_is_full(place: object) -> CannotStart:
    return CannotStart(
        f"The disk is full: there is no room left for {place}; free some space and start again.",
        f"Диск заполнен: для {place} не осталось места; освободите место и запустите снова.",
    )


def is_about_a_full_disk(text: str) -> bool:
    return any(sign in text for sign in FULL_SIGNS)


def told_by(error: OSError, place: object) -> CannotStart:
    """The sentence for a failed write to a place we own."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_is_full(place)
    return CannotStart(
        f"{place} cannot be used: {error.strerror}.",
        f"{place} использовать нельзя: {error.strerror}.",
    )
