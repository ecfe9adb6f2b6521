"""What a community has to make shows with: studios, samples, trained hosts, and its own limits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.planning.rules.terms import BOUNDS, DEFAULTS, NAME_LENGTH_MAX, TURN_AROUND_MIN, UNTRAINED


def within(name: str, *, constraint: str) -> models.CheckConstraint:
    """A column stays within its bounds."""
    least, most = BOUNDS[name]
    return models.CheckConstraint(condition=Q((f"{name}__gte", least), (f"{name}__lte", most)), name=constraint)


class Studio(models.Model):
    """A place where shows are made. Between two of them it needs `turn_around_min`; its clock shows `time_zone`."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="studios")
    name_ru = models.CharField(max_length=NAME_LENGTH_MAX)
    name_en = models.CharField(max_length=NAME_LENGTH_MAX, blank=True)
    turn_around_min = models.PositiveSmallIntegerField(default=TURN_AROUND_MIN)
    time_zone = models.CharField(max_length=40)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_studio"
        constraints = [
            models.UniqueConstraint(fields=["community", "name_ru"], name="studio_named_once"),
            within("turn_around_min", constraint="studio_turn_around_fits"),
        ]

    def __str__(self) -> str:
        return self.name_ru


class PlanningTerms(models.Model):
    """How a community spares its hosts; without a row the defaults of the house hold."""

    community = models.OneToOneField(
        Community, on_delete=models.PROTECT, primary_key=True, related_name="planning_terms"
    )
    time_zone = models.CharField(max_length=40)
    rest_min = models.PositiveSmallIntegerField(default=DEFAULTS["rest_min"])
    day_max_min = models.PositiveSmallIntegerField(default=DEFAULTS["day_max_min"])
    week_max_min = models.PositiveSmallIntegerField(default=DEFAULTS["week_max_min"])
    untrained = models.CharField(max_length=6, choices=[(code, code) for code in UNTRAINED], default="warn")
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_planningterms"
        constraints = [
            *(within(name, constraint=f"planning_{name}_fits") for name in DEFAULTS),
            models.CheckConstraint(condition=Q(untrained__in=UNTRAINED), name="planning_untrained_is_known"),
        ]


class Sample(models.Model):
    """How many physical pieces of a product the house keeps to be shown; not for sale, so no part of its stock."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="sample")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="samples")
    pieces = models.PositiveIntegerField()
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_sample"
        constraints = [within("pieces", constraint="sample_pieces_fit")]


class TrainingStep(models.Model):
    """One thing a new host learns before a show of her own, in order."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="training_steps")
    title_ru = models.CharField(max_length=140)
    title_en = models.CharField(max_length=140, blank=True)
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_trainingstep"
        ordering = ["position", "id"]


class TrainingMark(models.Model):
    """That a host has done a step, and who saw it. Nobody confirms herself."""

    step = models.ForeignKey(TrainingStep, on_delete=models.PROTECT, related_name="marks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="training_marks")
    done_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_trainingmark"
        constraints = [
            models.UniqueConstraint(fields=["step", "member"], name="training_mark_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("member")),
                name="training_confirmed_by_another",
            ),
        ]
