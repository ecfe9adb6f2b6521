"""Every show a member helps to run, by community and by stage, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef

from svoi.communities.models import Community, RoleGrant
from svoi.communities.rules import CREW, MAY_KEEP_ORDER, MAY_RUN_SHOWS, ROLES
from svoi.members.models import Member
from svoi.rundowns.rules import MAY_CHECK_FACTS, MAY_WRITE_RUNDOWNS
from svoi.shows.models import Break, Ingest, Show
from svoi.shows.rules.airing import Stage, stage_of
from svoi.trust.rules import MAY_SEE_COUNTING

SHOWS_LISTED_MAX = 120
ON_AIR = frozenset({"live", "break", "reconnecting"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A show in the list."""

    show: Show
    stage: Stage
    signal: bool


@dataclass(slots=True)
class Place:
    """A community with the roles held there and its shows: on air, to come (the nearest first), over (the latest)."""

    community: Community
    roles: tuple[str, ...]
    on_air: list[Listed] = field(default_factory=list)
    coming: list[Listed] = field(default_factory=list)
    past: list[Listed] = field(default_factory=list)

    @property
    def may_run(self) -> bool:
        return bool(MAY_RUN_SHOWS.intersection(self.roles))

    @property
    def may_keep_order(self) -> bool:
        """Whether the console of its shows opens; who edits stories alone finds their rundowns."""
        return bool(MAY_KEEP_ORDER.intersection(self.roles))

    @property
    def may_check_facts(self) -> bool:
        return bool(MAY_CHECK_FACTS.intersection(self.roles))

    @property
    def may_see_counting(self) -> bool:
        return bool(MAY_SEE_COUNTING.intersection(self.roles))


def playbill_of(member: Member) -> list[Place]:
    """Communities in the order they were founded; the shows of all of them are read at once."""
    places = {place.community.pk: place for place in _places(member)}
    for listed in _shows(list(places)):
        place = places[listed.show.community_id]
        if listed.stage in ON_AIR:
            place.on_air.append(listed)
        elif listed.stage == "scheduled":
            place.coming.append(listed)
        else:
            place.past.append(listed)
    return list(places.values())


def _places(member: Member) -> list[Place]:
    held: dict[int, set[str]] = {}
    for community_id, role in RoleGrant.objects.filter(member=member, role__in=CREW | MAY_WRITE_RUNDOWNS).values_list(
        "community_id", "role"
    ):
        held.setdefault(community_id, set()).add(role)
    found = Community.objects.filter(pk__in=held).order_by("founded_at", "pk")
    return [Place(one, tuple(role for role in ROLES if role in held[one.pk])) for one in found]


def _shows(community_ids: list[int]) -> list[Listed]:
    rows = (
        Show.objects.filter(community__in=community_ids)
        .select_related("host")
        .annotate(
            on_break=Exists(Break.objects.filter(show=OuterRef("pk"), ended_at=None)),
            signal=Exists(Ingest.objects.filter(show=OuterRef("pk"), offline_at=None)),
        )
        .order_by(F("ended_at").desc(nulls_first=True), "starts_at", "pk")[:SHOWS_LISTED_MAX]
    )
    return [Listed(show, _stage(show), getattr(show, "signal", False)) for show in rows]


def _stage(show: Show) -> Stage:
    return stage_of(
        went_live=show.went_live_at is not None,
        ended=show.ended_at is not None,
        on_break=getattr(show, "on_break", False),
        signal=getattr(show, "signal", False),
    )
