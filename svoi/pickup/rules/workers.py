"""Who may be called to work at a point."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused


class NotAClerk(Refused):
    """Only a point worker of the shop can be called to one of its points."""

    code: ClassVar[str] = "not_a_clerk"


def admit_worker(*, is_clerk: bool) -> None:
    """The role comes first, the place second."""
    if not is_clerk:
        raise NotAClerk()
