"""What somebody saw when she pressed, against what is true when her press arrives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from svoi.kernel.refused import Refused


class PolicyMoved(Refused):
    """Somebody (`who`) set other rules of the chat meanwhile; nothing was written over."""

    code: ClassVar[str] = "policy_moved"


class TrayMoved(Refused):
    """Somebody (`who`) laid out, moved or took away a product meanwhile."""

    code: ClassVar[str] = "tray_moved"


def policy_mark(*, slow_mode_s: int, length_max: int, open_: bool) -> str:
    """The rules of a chat as one word a form can carry."""
    return f"{slow_mode_s}-{length_max}-{int(open_)}"


def tray_mark(product_ids: Sequence[int]) -> str:
    """The order of a tray as one word a form can carry."""
    return "-".join(map(str, product_ids))


def admit_policy(*, seen: str | None, now: str, who: str) -> None:
    """Raise `PolicyMoved` unless the rules are those somebody saw; None saw nothing and asks for nothing."""
    if seen is not None and seen != now:
        raise PolicyMoved(who=who)


def admit_order(*, seen: str | None, now: str, who: str) -> None:
    """Raise `TrayMoved` unless the tray is the one somebody saw."""
    if seen is not None and seen != now:
        raise TrayMoved(who=who)
