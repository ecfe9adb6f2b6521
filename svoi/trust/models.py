"""Modes of rules, searches and what they found, and what people ruled: each row is written once and stays."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.trust.rules import MODES, ONLY_SHADOW, RULES, VERDICTS

_HASH = "^[0-9a-f]{64}$"


class RuleMode(models.Model):
    """A rule is off, in shadow or live from this moment on, by whom and why.

    Without `by` it is the house's own note that the rule began in shadow when it came with an update.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="rule_modes")
    rule = models.CharField(max_length=16, choices=[(code, code) for code in RULES])
    mode = models.CharField(max_length=6, choices=[(code, code) for code in MODES])
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_rulemode"
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=RULES), name="rule_is_known"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="rule_mode_is_known"),
            models.CheckConstraint(
                condition=~Q(mode="live") | ~Q(rule__in=sorted(ONLY_SHADOW)), name="rule_in_force_is_proven"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, key__isnull=True, mode="shadow")
                | Q(by__isnull=False, key__isnull=False) & ~Q(why=""),
                name="rule_mode_has_a_reason",
            ),
            models.UniqueConstraint(fields=["community", "rule", "by", "key"], name="rule_mode_once"),
        ]
        indexes = [models.Index(fields=["community", "rule", "-id"], name="modes_of_rule")]


class Search(models.Model):
    """One look of the engine at a window of a community's facts; `found` are the keys of the groups it saw.

    A dry run is noted and keeps no groups. `mode` is what the rule was in.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="searches")
    since = models.DateTimeField()
    until = models.DateTimeField()
    mode = models.CharField(max_length=6, choices=[(code, code) for code in MODES])
    engine = models.CharField(max_length=16)
    seed = models.BigIntegerField()
    facts_read = models.PositiveIntegerField()
    took_ms = models.PositiveIntegerField()
    is_dry = models.BooleanField(default=False)
    found = ArrayField(models.CharField(max_length=64), default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_search"
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=MODES), name="search_mode_is_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="search_window_is_one"),
            models.CheckConstraint(condition=Q(is_dry=True) | ~Q(mode="off"), name="search_runs_unless_off"),
        ]
        indexes = [models.Index(fields=["community", "-id"], name="searches_of_community")]


class FoundGroup(models.Model):
    """Accounts that acted together against expectation, as the search that saw them first put it.

    `key` is made of members and targets, `evidence` is what the engine gave, `targets` are numbers by `target_number`.
    `grown_from` is the group it was before somebody joined it, or a target was added.
    """

    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="groups")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="found_groups")
    grown_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="grown_into")
    key = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    nats = models.FloatField()
    q_value = models.FloatField()
    targets = ArrayField(models.BigIntegerField())
    evidence = models.JSONField()
    sentence_ru = models.TextField()
    sentence_en = models.TextField()
    first_found_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_foundgroup"
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="group_found_once"),
            models.CheckConstraint(condition=Q(key__regex=_HASH), name="group_key_is_a_hash"),
            models.CheckConstraint(condition=Q(q_value__gte=0, q_value__lte=1), name="group_q_is_a_rate"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="group_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["community", "-id"], name="groups_of_community")]


class FoundMember(models.Model):
    """That an account belongs to a found group, where people read of it by its number alone."""

    group = models.ForeignKey(FoundGroup, on_delete=models.PROTECT, related_name="members", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "svoi_foundmember"
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="found_member_once"),
            models.UniqueConstraint(fields=["group", "number"], name="found_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="found_number_is_one"),
        ]


class GroupVerdict(models.Model):
    """What somebody of the crew said of a group, and why. The last one stands; none does anything by itself."""

    group = models.ForeignKey(FoundGroup, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=9, choices=[(code, code) for code in VERDICTS])
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_groupverdict"
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="verdict_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_a_reason"),
            models.UniqueConstraint(fields=["group", "by", "key"], name="verdict_once"),
        ]
