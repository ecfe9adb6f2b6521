"""What those who keep order may do: all of it, unless less was stated for them."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from svoi.kernel.refused import Refused

ACTS = ("hide", "mute", "policy", "pin", "answer", "incident")
ALWAYS = frozenset({"owner", "producer"})
KEEPERS = frozenset({"host", "moderator"})


class NotGranted(Refused):
    """Somebody of the crew may not do this (`act`) here; an owner or producer can let her."""

    code: ClassVar[str] = "not_granted"


class ActUnknown(Refused):
    """There is no such duty; `acts` are those that can be given."""

    code: ClassVar[str] = "act_unknown"


class NotAKeeper(Refused):
    """Duties are stated for hosts and moderators: others of the crew may everything, or nothing, by their role."""

    code: ClassVar[str] = "not_a_keeper"


def may(
    act: str, *, roles: Collection[str], in_show: Collection[str] | None, in_community: Collection[str] | None
) -> bool:
    """The one rule of fine permissions. Duties are None where none were stated.

    An owner or producer always may. A host or moderator may what was stated for this show, else what was stated for
    the whole community, else everything. `queries.duties.shows_where` is this rule in the query that loads.
    """
    if ALWAYS.intersection(roles):
        return True
    if not KEEPERS.intersection(roles):
        return False
    stated = in_show if in_show is not None else in_community
    return stated is None or act in stated


def read_acts(acts: Collection[str]) -> list[str]:
    """Duties in the house's order, each once; raises `ActUnknown`."""
    if not set(acts) <= set(ACTS):
        raise ActUnknown(acts=list(ACTS))
    return [act for act in ACTS if act in acts]


def admit_stating(roles: Collection[str]) -> None:
    """Duties narrow a host or moderator; raises `NotAKeeper` for anybody else."""
    if ALWAYS.intersection(roles) or not KEEPERS.intersection(roles):
        raise NotAKeeper()
