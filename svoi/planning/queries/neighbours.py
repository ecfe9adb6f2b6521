"""Plans and what a community asks of them, as the values that the rule of conflicts takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, Q

from svoi.communities.models import RoleGrant
from svoi.communities.rules import CREW
from svoi.planning.models import PlanningTerms, Sample, SampleBooking, Shift, Slot, TrainingMark, TrainingStep
from svoi.planning.models.slots import SlotQuerySet
from svoi.planning.rules.conflicts import House, Plan, Work
from svoi.planning.rules.terms import BOUNDS, local

# No rest and no turn-around is longer than this, so nothing further away can stand in the way of a day's plan.
MARGIN = timedelta(minutes=max(BOUNDS["rest_min"][1], BOUNDS["turn_around_min"][1]))
WEEK = timedelta(days=7)


def terms_of(*, community_id: int) -> PlanningTerms:
    """The limits of a community, or those of the house for one that has set none; a made-up row is not saved."""
    found = PlanningTerms.objects.filter(community_id=community_id).first()
    return found or PlanningTerms(community_id=community_id, time_zone=settings.TIME_ZONE)


def house_of(*, community_id: int) -> House:
    """What a community asks of its plans; five queries."""
    terms = terms_of(community_id=community_id)
    crew = RoleGrant.objects.filter(community_id=community_id, role__in=CREW).values_list("member_id", flat=True)
    members = frozenset(crew)
    return House(
        zone=terms.time_zone,
        rest_min=terms.rest_min,
        day_max_min=terms.day_max_min,
        week_max_min=terms.week_max_min,
        refuses_untrained=terms.untrained == "refuse",
        crew=members,
        untrained=untrained_of(community_id=community_id, members=members),
        samples=dict(Sample.objects.filter(community_id=community_id).values_list("pk", "pieces")),
    )


def untrained_of(*, community_id: int, members: Collection[int]) -> frozenset[int]:
    """Who of these has a step of the checklist that nobody has confirmed; two queries."""
    steps = set(TrainingStep.objects.filter(community_id=community_id, dropped_at=None).values_list("pk", flat=True))
    marks = TrainingMark.objects.filter(step__in=steps, confirmed_at__isnull=False)
    confirmed: dict[int, set[int]] = {}
    for member_id, step_id in marks.values_list("member_id", "step_id"):
        confirmed.setdefault(member_id, set()).add(step_id)
    return frozenset(one for one in members if steps - confirmed.get(one, set()))


def plan_of(slot: Slot) -> Plan:
    """A slot with its shifts and bookings as a value; both and the studio should have been read along."""
    shifts = [one for one in slot.shifts.all() if one.removed_at is None]
    return Plan(
        slot_id=slot.pk or 0,
        community_id=slot.community_id,
        studio_id=slot.studio_id,
        studio_community_id=slot.studio.community_id,
        turn_around_min=slot.studio.turn_around_min,
        begins_at=slot.begins_at,
        ends_at=slot.ends_at,
        work=tuple(_work(one) for one in sorted(shifts, key=lambda one: one.pk)),
        samples={one.sample_id: one.pieces for one in slot.bookings.all()},
    )


def with_work(slots: SlotQuerySet) -> SlotQuerySet:
    """Read studio, shifts and bookings along: two queries more, however many slots."""
    shifts = Prefetch("shifts", queryset=Shift.objects.filter(removed_at=None).select_related("member").order_by("pk"))
    bookings = Prefetch("bookings", queryset=SampleBooking.objects.select_related("sample__product", "holder"))
    return slots.select_related("studio").prefetch_related(shifts, bookings)


def neighbours_of(plan: Plan, *, zone: str) -> list[Plan]:
    """Every standing plan that could stand in the way of this one, of other communities too where people are shared."""
    first, last = week_around(plan.begins_at, plan.ends_at, zone=zone)
    slots = between(first, last).exclude(pk=plan.slot_id)
    shared = Q(studio_id=plan.studio_id) | Q(shifts__member__in=plan.people) | Q(bookings__sample__in=[*plan.samples])
    return plans_of(slots.filter(pk__in=slots.filter(shared).values("pk")))


def plans_of(slots: SlotQuerySet) -> list[Plan]:
    return [plan_of(slot) for slot in with_work(slots).order_by("begins_at", "pk")]


def between(first: datetime, last: datetime) -> SlotQuerySet:
    """Standing slots that touch a stretch of time."""
    return Slot.objects.standing().filter(begins_at__lt=last, ends_at__gt=first)


def week_around(begins_at: datetime, ends_at: datetime, *, zone: str) -> tuple[datetime, datetime]:
    """The whole weeks (from Monday, by the clock of a zone) that a stretch of time touches, with a margin."""
    return _monday(begins_at, zone) - MARGIN, _monday(ends_at, zone) + WEEK + MARGIN


def _monday(moment: datetime, zone: str) -> datetime:
    day = local(moment, zone).date()
    monday = day - timedelta(days=day.weekday())
    return datetime.combine(monday, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def people_of(plans: Iterable[Plan]) -> frozenset[int]:
    """Everybody who works on any of these."""
    return frozenset(member_id for plan in plans for member_id in plan.people)


def _work(shift: Shift) -> Work:
    return Work(
        member_id=shift.member_id, begins_at=shift.begins_at, ends_at=shift.ends_at, is_host=shift.role == "host"
    )
