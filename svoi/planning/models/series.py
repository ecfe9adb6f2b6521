"""Shows that come round, and what a new one begins from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.planning.models.house import Studio, within
from svoi.planning.rules.recurring import Pattern, days_from_mask
from svoi.planning.rules.terms import LENGTH_MIN, PREPARATION_MIN, WEEKS_AHEAD


class Made(models.Model):
    """What every show made from it gets."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    title_ru = models.CharField(max_length=140)
    title_en = models.CharField(max_length=140, blank=True)
    about_ru = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    length_min = models.PositiveSmallIntegerField(default=LENGTH_MIN)
    preparation_min = models.PositiveSmallIntegerField(default=PREPARATION_MIN)

    class Meta:
        abstract = True


class ShowTemplate(Made):
    """A plan kept to begin others from: title, story, length, studio and host."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, null=True, related_name="+")
    host = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    kept_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_showtemplate"
        constraints = [
            within("length_min", constraint="template_length_fits"),
            within("preparation_min", constraint="template_preparation_fits"),
        ]


class Series(Made):
    """Shows on certain days of the week at one time by the studio's clock. Hosts take turns in their order.

    `weekdays` are bits, Monday the lowest. Shows are made `weeks_ahead`; each date at most once.
    """

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="series")
    time_zone = models.CharField(max_length=40)
    weekdays = models.PositiveSmallIntegerField()
    local_time = models.TimeField()
    starts_on = models.DateField()
    until = models.DateField(null=True)
    weeks_ahead = models.PositiveSmallIntegerField(default=WEEKS_AHEAD)
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_series"
        constraints = [
            within("length_min", constraint="series_length_fits"),
            within("preparation_min", constraint="series_preparation_fits"),
            within("weeks_ahead", constraint="series_weeks_fit"),
            models.CheckConstraint(condition=Q(weekdays__gte=1, weekdays__lte=127), name="series_has_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("starts_on")), name="series_ends_after_it_began"
            ),
        ]

    @property
    def pattern(self) -> Pattern:
        return Pattern(weekdays=days_from_mask(self.weekdays), starts_on=self.starts_on, until=self.until)


class SeriesHost(models.Model):
    """Who hosts a series, in the order of turns."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="hosts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "svoi_serieshost"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="series_turn_once"),
            models.UniqueConstraint(fields=["series", "member"], name="series_host_once"),
        ]


class SeriesSkip(models.Model):
    """A date a series leaves out for good, by whom and why."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="skips")
    local_date = models.DateField()
    skipped_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    skipped_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "svoi_seriesskip"
        constraints = [models.UniqueConstraint(fields=["series", "local_date"], name="series_skip_once")]
