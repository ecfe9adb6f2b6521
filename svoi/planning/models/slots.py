"""A planned show with its place and time, who works on it, what was agreed to, and which samples it holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.planning.models.house import Sample, Studio, within
from svoi.planning.models.series import Series
from svoi.planning.rules.approving import DECISIONS, Approval, approval_of
from svoi.planning.rules.conflicts import CONFLICT_LENGTH_MAX
from svoi.planning.rules.terms import MAY_PLAN, MAY_SEE_CALENDAR, SHIFT_ROLES
from svoi.shows.models import Show

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class SlotQuerySet(models.QuerySet["Slot"]):
    """Plans as seen by somebody: the crew of a community sees them, whoever runs its shows may change them."""

    def standing(self) -> SlotQuerySet:
        return self.filter(removed_at=None)

    def seen_by(self, member: Member | AnonymousUser) -> SlotQuerySet:
        return self._held(member, MAY_SEE_CALENDAR)

    def planned_by_crew(self, member: Member | AnonymousUser) -> SlotQuerySet:
        return self._held(member, MAY_PLAN)

    def _held(self, member: Member | AnonymousUser, roles: frozenset[str]) -> SlotQuerySet:
        if not member.is_authenticated:
            return self.none()
        return self.filter(community__in=Community.objects.with_role(member, roles).values("pk"))


class Slot(models.Model):
    """A show in the calendar: its studio from `begins_at` (preparation) to `ends_at`.

    `version` grows with every change; whoever moves a plan says which one she saw. That two plans never share a
    studio at one moment is held by an exclusion constraint. One made by a series bears the date it was made for.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="slots")
    show = models.OneToOneField(Show, on_delete=models.PROTECT, related_name="slot")
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="slots")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="slots")
    local_date = models.DateField(null=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    preparation_min = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(db_default=Now())
    moved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    reworded_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_for = models.CharField(max_length=200, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        db_table = "svoi_slot"
        constraints = [
            models.UniqueConstraint(fields=["series", "local_date"], name="series_date_once"),
            models.CheckConstraint(
                condition=Q(series=None, local_date=None) | Q(series__isnull=False, local_date__isnull=False),
                name="slot_of_series_has_its_date",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="slot_ends_after_it_began"),
            within("preparation_min", constraint="slot_preparation_fits"),
        ]
        indexes = [models.Index(fields=["community", "begins_at"], name="slots_of_community")]

    @property
    def starts_at(self) -> datetime:
        """When the show itself begins."""
        return self.begins_at + timedelta(minutes=self.preparation_min)

    @property
    def length_min(self) -> int:
        """How long the show itself lasts."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def approval(self) -> Approval:
        """Read from the latest of its approvals, which were read along or are read now."""
        latest = max(self.approvals.all(), key=lambda one: one.pk, default=None)
        return approval_of(
            asked_version=latest.version if latest else None,
            decision=latest.decision if latest else "",
            version=self.version,
        )


class Shift(models.Model):
    """Somebody's work on a show, from when to when. A host stands in one show at a time: an exclusion constraint.

    `sequence` grows with every change, for calendars that follow; a withdrawn shift stays, so that they learn of it.
    """

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="shifts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shifts")
    role = models.CharField(max_length=10, choices=[(code, code) for code in SHIFT_ROLES])
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    assigned_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_shift"
        constraints = [
            models.UniqueConstraint(fields=["slot", "member", "role"], name="shift_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="shift_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["member", "begins_at"], name="shifts_of_member")]


class SlotApproval(models.Model):
    """That somebody asked whether a version of a plan holds, and what another, or she herself, decided."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="approvals")
    version = models.PositiveIntegerField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, blank=True, choices=[(code, code) for code in DECISIONS])
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "svoi_slotapproval"
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "version"], condition=Q(decided_at__isnull=True), name="approval_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | Q(decision__in=DECISIONS, decided_by__isnull=False, decided_at__isnull=False),
                name="approval_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="declined") | ~Q(reason=""), name="approval_declined_for_a_reason"
            ),
        ]


class ConflictAcceptance(models.Model):
    """That a producer took a warning about a version of a plan upon herself, and why. `conflict` names the warning."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="acceptances")
    version = models.PositiveIntegerField()
    conflict = models.CharField(max_length=CONFLICT_LENGTH_MAX)
    others = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    accepted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_conflictacceptance"
        constraints = [
            models.UniqueConstraint(fields=["slot", "version", "conflict"], name="conflict_accepted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_accepted_for_a_reason"),
        ]


class SampleBooking(models.Model):
    """Pieces of a sample that a show needs, and who brings them: hers from preparation to end."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="bookings")
    pieces = models.PositiveIntegerField()
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="samples_held")
    booked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_samplebooking"
        constraints = [
            models.UniqueConstraint(fields=["slot", "sample"], name="sample_booked_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="sample_booking_holds_something"),
        ]
