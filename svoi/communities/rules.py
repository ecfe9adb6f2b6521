"""Who may enter a community, and who may do what inside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

DOORS = ("open", "closed")
ROLES = ("owner", "producer", "host", "editor", "moderator", "clerk")
CREW = frozenset({"owner", "producer", "host", "moderator"})
MAY_RUN_SHOWS = frozenset({"owner", "producer"})
MAY_KEEP_ORDER = frozenset({"owner", "producer", "host", "moderator"})
MAY_KEEP_SHOP = frozenset({"owner", "producer"})
MAY_HAND_OVER = frozenset({"owner", "producer", "clerk"})
MAY_GRANT_ROLES = frozenset({"owner"})
MAY_INVITE = frozenset({"owner", "producer", "host", "moderator"})
INVITATION_DAYS = 14
INVITATION_USES_MAX = 100
SLUG_LENGTH_MAX = 40
NAME_LENGTH_MAX = 80
STORY_LENGTH_MAX = 20_000
NAMES = ("name_ru", "name_en")
STORIES = ("about_ru", "about_en", "charter_ru", "charter_en")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


class DoorsClosed(Refused):
    """This community takes new members by invitation only."""

    code: ClassVar[str] = "doors_closed"


class InvitationSpent(Refused):
    """The invitation was used up, has expired, or never was."""

    code: ClassVar[str] = "invitation_spent"


class NotOneOfUs(Refused):
    """Only members of this community may do that."""

    code: ClassVar[str] = "not_one_of_us"


class RoleMissing(Refused):
    """Only those who hold one of `roles` may do that."""

    code: ClassVar[str] = "role_missing"


class LastOwner(Refused):
    """A community must not be left without an owner."""

    code: ClassVar[str] = "last_owner"


class RoleUnknown(Refused):
    """There is no such role; `roles` are those that can be given."""

    code: ClassVar[str] = "role_unknown"


class UsesOutOfRange(Refused):
    """An invitation opens the door between 1 and `most` times."""

    code: ClassVar[str] = "uses_out_of_range"


class AddressUnreadable(Refused):
    """A community's address has Latin letters, digits and hyphens, `length_max` at most."""

    code: ClassVar[str] = "address_unreadable"


class AddressTaken(Refused):
    """Another community lives at this address."""

    code: ClassVar[str] = "address_taken"


class CommunityNameMissing(Refused):
    """A community needs a name in both languages."""

    code: ClassVar[str] = "community_name_missing"


def admit_newcomer(*, doors: str, invited: bool) -> None:
    """Open doors let anybody in; closed ones want an invitation."""
    if doors != "open" and not invited:
        raise DoorsClosed()


def invitation_holds(*, uses_left: int, expires_at: datetime, at: datetime) -> bool:
    """Until its uses or its days are over."""
    return uses_left >= 1 and at < expires_at


def admit_invitation(*, uses_left: int, expires_at: datetime, at: datetime) -> None:
    """Raise `InvitationSpent` unless the invitation still holds."""
    if not invitation_holds(uses_left=uses_left, expires_at=expires_at, at=at):
        raise InvitationSpent()


def require_role(held: Collection[str], allowed: frozenset[str]) -> None:
    """Raise `RoleMissing` unless one of the held roles is among those allowed."""
    if not allowed.intersection(held):
        raise RoleMissing(roles=sorted(allowed))


def admit_role(role: str) -> None:
    """Only the roles of the house can be given."""
    if role not in ROLES:
        raise RoleUnknown(roles=list(ROLES))


def keep_an_owner(*, owners: int, is_owner: bool) -> None:
    """Let a role or a membership go, unless its holder is the only owner."""
    if is_owner and owners <= 1:
        raise LastOwner()


def admit_uses(uses: int) -> None:
    """How many people one invitation may bring."""
    if not 1 <= uses <= INVITATION_USES_MAX:
        raise UsesOutOfRange(most=INVITATION_USES_MAX)


def invitation_ends(issued_at: datetime) -> datetime:
    """When an invitation stops opening the door."""
    return issued_at + timedelta(days=INVITATION_DAYS)


def hash_invitation(token: str) -> str:
    """What is kept of a link. Plain SHA-256 is enough: the token is random, nobody can guess through it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def read_address(typed: str) -> str:
    """A community's address in lower case."""
    slug = typed.strip().lower()
    if len(slug) > SLUG_LENGTH_MAX or not _SLUG.fullmatch(slug):
        raise AddressUnreadable(length_max=SLUG_LENGTH_MAX)
    return slug


def read_community_name(typed: str) -> str:
    """A name without stray spaces."""
    name = " ".join(typed.replace("\0", " ").split())[:NAME_LENGTH_MAX].strip()
    if not name:
        raise CommunityNameMissing()
    return name


def read_community_words(typed: Mapping[str, str]) -> dict[str, str]:
    """What a community says of itself, column by column; raises `CommunityNameMissing`."""
    assert typed.keys() <= {*NAMES, *STORIES}
    return {name: read_community_name(text) if name in NAMES else _read_story(text) for name, text in typed.items()}


def _read_story(typed: str) -> str:
    """Lines as they were meant: a form sends them with the ends of another system."""
    return typed.replace("\0", "").replace("\r\n", "\n").strip()[:STORY_LENGTH_MAX]
