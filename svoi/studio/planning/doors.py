"""Who comes to the calendar: the crew looks, owners and producers plan; for everybody else it is not there (404)."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from svoi.communities.models import Community
from svoi.communities.queries import crew_of, roles_of
from svoi.communities.rules import CREW
from svoi.planning.models import Slot
from svoi.planning.queries.calendar import laid_out
from svoi.planning.rules.terms import MAY_PLAN, MAY_SEE_CALENDAR
from svoi.studio.doors import member_of


def calendar_seen_by(request: HttpRequest, slug: str) -> Community:
    """A community whose calendar this member may look at (the whole crew)."""
    return get_object_or_404(Community.objects.with_role(member_of(request), MAY_SEE_CALENDAR), slug=slug)


def calendar_planned_by(request: HttpRequest, slug: str) -> Community:
    """A community whose shows this member plans (owner, producer)."""
    return get_object_or_404(Community.objects.with_role(member_of(request), MAY_PLAN), slug=slug)


def may_plan(request: HttpRequest, place: Community) -> bool:
    return bool(MAY_PLAN & roles_of(community=place, member=member_of(request)))


def slot_seen_by(request: HttpRequest, slug: str, slot_id: int) -> Slot:
    """A plan this member may look at, taken out or not."""
    found = laid_out(Slot.objects.seen_by(member_of(request)))
    return get_object_or_404(found, community__slug=slug, pk=slot_id)


def slot_planned_by(request: HttpRequest, slug: str, slot_id: int) -> Slot:
    """A plan this member may change."""
    found = laid_out(Slot.objects.planned_by_crew(member_of(request)))
    return get_object_or_404(found, community__slug=slug, pk=slot_id)


def crew_choices(place: Community) -> list[tuple[int, str]]:
    """Everybody who may work on a show, by name; those who only work at pickup points are left out."""
    crew = [one for one in crew_of(community=place) if CREW.intersection(one.roles)]
    return [(one.member_id, one.name) for one in sorted(crew, key=lambda one: (one.name, one.member_id))]
