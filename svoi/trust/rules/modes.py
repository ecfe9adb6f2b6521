"""Rules that weigh counts, and how each comes into force: off, in shadow for some days, then live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

RULES = ("live_weights", "groups")
MODES = ("off", "shadow", "live")
MODE_AT_FIRST = "shadow"
MAY_SET_MODES = frozenset({"owner"})
MAY_SEE_COUNTING = frozenset({"owner", "moderator"})


class ModeStands(Refused):
    """The rule is in this `mode` already."""

    code: ClassVar[str] = "mode_stands"


class ShadowFirst(Refused):
    """A rule that is off goes into shadow before it can be live, for `days` days."""

    code: ClassVar[str] = "shadow_first"


class ShadowTooShort(Refused):
    """The rule has been in shadow for less than `days` days; it can be live from `until` on."""

    code: ClassVar[str] = "shadow_too_short"


def admit_mode(*, mode: str, stands: str, since: datetime, shadow_days: int, at: datetime) -> None:
    """Raise what stands against `mode` while the rule has been in `stands` since then. Off is always allowed."""
    assert mode in MODES
    if mode == stands:
        raise ModeStands(mode=mode)
    if mode != "live":
        return
    if stands != "shadow":
        raise ShadowFirst(days=shadow_days)
    until = since + timedelta(days=shadow_days)
    if at < until:
        raise ShadowTooShort(days=shadow_days, until=until)


def may_see_groups(*, mode: str, is_owner: bool) -> bool:
    """What a rule in shadow, or one that is off, has found is for the owner alone: it is not proven yet."""
    return is_owner or mode == "live"
