"""A show with its tray and its pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.communities.rules import CREW, MAY_RUN_SHOWS
from svoi.members.models import Member
from svoi.shows.rules.airing import Stage, stage_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ShowQuerySet(models.QuerySet["Show"]):
    """Shows as seen by somebody: those of a closed community are not found by strangers, those called off by nobody."""

    def standing(self) -> ShowQuerySet:
        return self.filter(called_off_at=None)

    def visible_to(self, member: Member | AnonymousUser) -> ShowQuerySet:
        return self.standing().filter(community__in=Community.objects.visible_to(member).values("pk"))

    def run_by(self, member: Member | AnonymousUser, roles: frozenset[str]) -> ShowQuerySet:
        """Shows of communities where this member holds one of the roles."""
        if not member.is_authenticated:
            return self.none()
        return (
            self.standing()
            .filter(community__role_grants__member_id=member.pk, community__role_grants__role__in=roles)
            .distinct()
        )

    def filmed_by(self, member: Member | AnonymousUser) -> ShowQuerySet:
        """Shows whose camera this member may be: those she runs, and those she hosts while she is of the crew."""
        runs, crewed = self.run_by(member, MAY_RUN_SHOWS), self.run_by(member, CREW)
        return self.filter(Q(pk__in=runs.values("pk")) | Q(pk__in=crewed.values("pk"), host_id=member.pk))


class Show(models.Model):
    """One broadcast: planned, on air, over. Chat policy is part of it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="shows")
    title_ru = models.CharField(max_length=140)
    title_en = models.CharField(max_length=140, blank=True)
    about_ru = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    poster = models.CharField(max_length=200, blank=True)
    host = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shows_hosted")
    starts_at = models.DateTimeField()
    went_live_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    chat_open = models.BooleanField(default=True)
    slow_mode_s = models.PositiveSmallIntegerField(default=0)
    message_length_max = models.PositiveSmallIntegerField(default=200)
    created_at = models.DateTimeField(db_default=Now())

    objects = ShowQuerySet.as_manager()

    class Meta:
        db_table = "svoi_show"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(went_live_at__isnull=False) & Q(ended_at__gte=F("went_live_at")),
                name="show_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(went_live_at__isnull=True),
                name="show_called_off_never_aired",
            ),
        ]
        indexes = [models.Index(fields=["community", "-starts_at"], name="shows_of_community")]

    def __str__(self) -> str:
        return self.title_ru

    def stage(self) -> Stage:
        """scheduled, live, break, reconnecting or ended, from the facts on record."""
        return self.stage_and_signal()[0]

    def stage_and_signal(self) -> tuple[Stage, bool]:
        """The stage, and whether pictures arrive (they may, or may not, during a break)."""
        signal = self.ingests.filter(offline_at__isnull=True).exists()
        stage = stage_of(
            went_live=self.went_live_at is not None,
            ended=self.ended_at is not None,
            on_break=self.breaks.filter(ended_at__isnull=True).exists(),
            signal=signal,
        )
        return stage, signal


class TrayItem(models.Model):
    """A product laid out for a show, in order."""

    show = models.ForeignKey(Show, on_delete=models.CASCADE, related_name="tray")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "svoi_trayitem"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["show", "product"], name="tray_item_once")]


class Pin(models.Model):
    """A product shown to the room from one moment to another, by somebody."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="pins")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    pinned_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField()
    unpinned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_pin"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(unpinned_at__isnull=True), name="one_pin_at_a_time")
        ]
