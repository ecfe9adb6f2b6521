"""What those who keep order may do: the rule `may`, and the same rule in the query that loads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from svoi.communities.models import RoleGrant
from svoi.control.models import Duties
from svoi.control.rules.duties import ACTS, ALWAYS, KEEPERS, may
from svoi.members.models import Member
from svoi.shows.models import Show


@dataclass(frozen=True, slots=True)
class Keeper:
    """A host or moderator of a community and what she may do in one show; `stated` names where that was stated.

    `stated` is show, community or empty (nothing was stated: everything). `given_by` and `given_at` belong to it.
    """

    member_id: int
    name: str
    roles: tuple[str, ...]
    acts: tuple[str, ...]
    stated: str
    given_by: str
    given_at: datetime | None


def shows_where(member: Member, act: str) -> QuerySet[Show]:
    """Shows in which this member may do this; any other is not found."""
    held = RoleGrant.objects.filter(community=OuterRef("community"), member=member)
    stated = Duties.objects.filter(community=OuterRef("community"), member=member, ended_at=None)
    here, everywhere = stated.filter(show=OuterRef("pk")), stated.filter(show=None)
    by_duty = (
        Q(Exists(here.filter(acts__contains=[act])))
        | ~Q(Exists(here)) & Q(Exists(everywhere.filter(acts__contains=[act])))
        | ~Q(Exists(here)) & ~Q(Exists(everywhere))
    )
    return Show.objects.filter(
        Q(Exists(held.filter(role__in=ALWAYS))) | Q(Exists(held.filter(role__in=KEEPERS))) & by_duty
    )


def acts_of(*, show: Show, member: Member) -> frozenset[str]:
    """All that this member may do in this show; two queries."""
    roles = set(RoleGrant.objects.filter(community=show.community_id, member=member).values_list("role", flat=True))
    here, everywhere = _stated(show, [member.pk]).get(member.pk, (None, None))
    in_show, in_community = (one.acts if one else None for one in (here, everywhere))
    return frozenset(act for act in ACTS if may(act, roles=roles, in_show=in_show, in_community=in_community))


def keepers_of(*, show: Show) -> tuple[Keeper, ...]:
    """Hosts and moderators with what each may do here, by name; two queries however many there are."""
    names: dict[int, str] = {}
    roles: dict[int, list[str]] = {}
    grants = RoleGrant.objects.filter(community=show.community_id).order_by("member__name", "member_id", "role")
    for member_id, name, role in grants.values_list("member_id", "member__name", "role"):
        names[member_id] = name
        roles.setdefault(member_id, []).append(role)
    kept = {pk: held for pk, held in roles.items() if KEEPERS.intersection(held) and not ALWAYS.intersection(held)}
    stated = _stated(show, list(kept))
    return tuple(_keeper(pk, names[pk], held, stated.get(pk, (None, None))) for pk, held in kept.items())


def _keeper(member_id: int, name: str, roles: list[str], stated: tuple[Duties | None, Duties | None]) -> Keeper:
    here, everywhere = stated
    in_show, in_community = (one.acts if one else None for one in stated)
    holds = here or everywhere
    return Keeper(
        member_id=member_id,
        name=name,
        roles=tuple(roles),
        acts=tuple(act for act in ACTS if may(act, roles=roles, in_show=in_show, in_community=in_community)),
        stated="show" if here else "community" if everywhere else "",
        given_by=holds.given_by.name if holds else "",
        given_at=holds.given_at if holds else None,
    )


def _stated(show: Show, member_ids: Sequence[int]) -> dict[int, tuple[Duties | None, Duties | None]]:
    """What was stated for each: in this show, and in its community."""
    rows = Duties.objects.filter(community=show.community_id, member__in=member_ids, ended_at=None)
    found: dict[int, tuple[Duties | None, Duties | None]] = {}
    for row in rows.filter(Q(show=show) | Q(show=None)).select_related("given_by"):
        here, everywhere = found.get(row.member_id, (None, None))
        found[row.member_id] = (row, everywhere) if row.show_id else (here, row)
    return found
