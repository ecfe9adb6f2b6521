"""Rules that weigh counts, and how each comes into force: off, in shadow for some days, then live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

RULES = ("live_weights", "groups", "room_habit")
# A rule that lowers honest people in a town where that is known is only looked at, until it does not.
ONLY_SHADOW = frozenset({"room_habit"})
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


class OnlyShadow(Refused):
    """The rule is not proven: it is watched, and cannot be put in force."""

    code: ClassVar[str] = "only_shadow"


def may_be_live(rule: str) -> bool:
    """Whether the rule can ever be put in force."""
    return rule not in ONLY_SHADOW


def admit_mode(*, rule: str, mode: str, stands: str, since: datetime, shadow_days: int, at: datetime) -> None:
    """Raise what stands against `mode` while the rule has been in `stands` since then. Off is always allowed."""
    assert mode in MODES
    if mode == stands:
        raise ModeStands(mode=mode)
    if mode != "live":
        return
    if not may_be_live(rule):
        raise OnlyShadow()
    if stands != "shadow":
        raise ShadowFirst(days=shadow_days)
    until = since + timedelta(days=shadow_days)
    if at < until:
        raise ShadowTooShort(days=shadow_days, until=until)


def may_see_groups(*, mode: str, is_owner: bool) -> bool:
    """What a rule in shadow, or one that is off, has found is for the owner alone: it is not proven yet."""
    return is_owner or mode == "live"
