"""The calendar as the crew reads it: slots of a stretch of time, shows without a place, shifts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from svoi.members.models import Member
from svoi.planning.models import CalendarFeed, Reminder, Series, Shift, ShowTemplate, Slot, SlotApproval, Studio
from svoi.planning.models.slots import SlotQuerySet
from svoi.planning.queries.neighbours import between, with_work
from svoi.planning.rules.reminding import FEED_KEEPS_DAYS, hash_feed
from svoi.shows.models import Show

UNPLACED_MAX = 30
SHIFTS_MAX = 500


def slots_between(*, community_id: int, first: datetime, last: datetime) -> list[Slot]:
    """Standing slots of a community that touch a stretch of time, with everything a calendar shows; four queries."""
    return list(laid_out(between(first, last).filter(community_id=community_id)).order_by("begins_at", "pk"))


def laid_out(slots: SlotQuerySet) -> SlotQuerySet:
    """Read along what a plan's page shows."""
    approvals = Prefetch("approvals", queryset=SlotApproval.objects.select_related("asked_by", "decided_by"))
    people = ("show__host", "series", "community", "moved_by", "planned_by", "removed_by")
    return with_work(slots.select_related(*people)).prefetch_related(approvals)


def unplaced(*, community_id: int, at: datetime) -> list[Show]:
    """Shows to come that were announced without a place, the nearest first."""
    placed = Slot.objects.filter(show=OuterRef("pk"))
    shows = Show.objects.standing().filter(community_id=community_id, went_live_at=None, starts_at__gt=at)
    return list(shows.exclude(Exists(placed)).select_related("host").order_by("starts_at", "pk")[:UNPLACED_MAX])


def studios_of(*, community_id: int) -> list[Studio]:
    """Studios that take new shows, by name."""
    return list(Studio.objects.filter(community_id=community_id, closed_at=None).order_by("name_ru", "pk"))


def templates_of(*, community_id: int) -> list[ShowTemplate]:
    """Templates that are offered, by title."""
    kept = ShowTemplate.objects.filter(community_id=community_id, dropped_at=None)
    return list(kept.select_related("studio", "host").order_by("title_ru", "pk"))


def series_of(*, community_id: int) -> list[Series]:
    """Series with their hosts; ended ones last."""
    found = Series.objects.filter(community_id=community_id).select_related("studio")
    return list(found.prefetch_related("hosts__member", "skips").order_by("-ended_at", "title_ru", "pk"))


def series_to_make() -> list[Series]:
    """Every series that goes on, with who planned it."""
    return list(Series.objects.filter(ended_at=None).select_related("planned_by").order_by("pk"))


def shifts_between(*, community_id: int, first: datetime, last: datetime) -> list[Shift]:
    """Who works when: standing shifts by the person's name and time; one query."""
    found = Shift.objects.filter(
        slot__community_id=community_id, removed_at=None, begins_at__lt=last, ends_at__gt=first
    )
    return list(_with_shows(found).order_by("member__name", "member_id", "begins_at", "pk")[:SHIFTS_MAX])


def shifts_of(*, member: Member, since: datetime) -> list[Shift]:
    """Her standing shifts that are not over, in every community, the nearest first; one query."""
    found = Shift.objects.filter(member=member, removed_at=None, ends_at__gt=since)
    return list(_with_shows(found).order_by("begins_at", "pk")[:SHIFTS_MAX])


def feed_member(*, token: str) -> Member | None:
    """Whose calendar this secret address follows."""
    feeds = CalendarFeed.objects.select_related("member").filter(revoked_at=None, member__erased_at=None)
    found = feeds.filter(token_hash=hash_feed(token)).first()
    return found.member if found else None


def feed_shifts(*, member: Member, at: datetime) -> list[Shift]:
    """What a calendar follows: shifts to come and of the last weeks, withdrawn ones too."""
    since = at - timedelta(days=FEED_KEEPS_DAYS)
    found = _with_shows(Shift.objects.filter(member=member, ends_at__gt=since))
    return list(found.select_related("member").order_by("begins_at", "pk")[:SHIFTS_MAX])


def feed_of(*, member: Member) -> CalendarFeed | None:
    """The address that leads somewhere now."""
    return CalendarFeed.objects.filter(member=member, revoked_at=None).first()


def reminder_of(*, show_id: int, member_id: int) -> Reminder | None:
    """What she asked for about a show, when it was not recalled."""
    return Reminder.objects.filter(show_id=show_id, member_id=member_id, recalled_at=None).first()


def _with_shows(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    return shifts.select_related("member", "slot__show", "slot__studio", "slot__community")
