"""A plan of a show with its segments, what is claimed in them on which evidence, and who let it be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, F, Q

from svoi.catalog.models import Product, Variant
from svoi.communities.models import Community
from svoi.envelopes.rules import MODES
from svoi.members.models import Member
from svoi.rundowns.rules import (
    CLAIM_KINDS,
    CLAIM_LENGTH_MAX,
    DEEDS,
    EVIDENCE_KINDS,
    KINDS,
    LINES_LENGTH_MAX,
    REASON_LENGTH_MAX,
    REFERENCE_LENGTH_MAX,
    SEGMENT_S_MAX,
    SLOT_S_MAX,
    SLOT_S_USUAL,
    STEPS,
    TARGET_UNITS,
    TITLE_LENGTH_MAX,
)
from svoi.shows.models import Show

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RundownQuerySet(models.QuerySet["Rundown"]):
    """Plans as seen by somebody: only the crew of a community finds them."""

    def run_by(self, member: Member | AnonymousUser, roles: frozenset[str]) -> RundownQuerySet:
        """Plans of shows, and templates, of communities where this member holds one of the roles."""
        places = Community.objects.with_role(member, roles).values("pk")
        return self.filter(Q(show__community__in=places) | Q(template_of__in=places))

    def templates_of(self, community_id: int) -> RundownQuerySet:
        return self.filter(template_of_id=community_id, retired_at=None)


class Rundown(models.Model):
    """The plan of one show, or a template of a community. `version` grows by one with each change."""

    show = models.OneToOneField(Show, on_delete=models.PROTECT, null=True, related_name="rundown")
    template_of = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="rundown_templates")
    name_ru = models.CharField(max_length=TITLE_LENGTH_MAX, blank=True)
    name_en = models.CharField(max_length=TITLE_LENGTH_MAX, blank=True)
    slot_s = models.PositiveIntegerField(default=SLOT_S_USUAL)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = RundownQuerySet.as_manager()

    class Meta:
        db_table = "svoi_rundown"
        constraints = [
            models.CheckConstraint(
                condition=Q(show__isnull=False, template_of__isnull=True, retired_at__isnull=True)
                | Q(show__isnull=True, template_of__isnull=False) & ~Q(name_ru=""),
                name="rundown_of_a_show_or_a_template",
            ),
            models.CheckConstraint(condition=Q(slot_s__gte=60, slot_s__lte=SLOT_S_MAX), name="rundown_slot_fits"),
        ]

    @property
    def community_id(self) -> int:
        """Whose plan it is; `show` should be loaded with it."""
        return self.template_of_id or self.show.community_id  # type: ignore[union-attr]


class Segment(models.Model):
    """A part of a show: what it is about, for how long, what is said and shown, what may be given, and what if not.

    `beats` is [[ru, en], …]. A flash deal and an envelope are plans only: no price is promised, no points move.
    One that was removed has no `position` and stays on record.
    """

    rundown = models.ForeignKey(Rundown, on_delete=models.PROTECT, related_name="segments")
    position = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=[(code, code) for code in KINDS])
    title_ru = models.CharField(max_length=TITLE_LENGTH_MAX)
    title_en = models.CharField(max_length=TITLE_LENGTH_MAX, blank=True)
    length_s = models.PositiveIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    beats = models.JSONField(default=list)
    props = models.CharField(max_length=LINES_LENGTH_MAX, blank=True)
    offer = models.CharField(max_length=LINES_LENGTH_MAX, blank=True)
    fallback = models.CharField(max_length=LINES_LENGTH_MAX, blank=True)
    target = models.PositiveIntegerField(null=True)
    target_unit = models.CharField(max_length=7, choices=[(code, code) for code in TARGET_UNITS], blank=True)
    flash_variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    flash_price_minor = models.BigIntegerField(null=True)
    flash_lowest_minor = models.BigIntegerField(null=True)
    flash_currency = models.CharField(max_length=3, blank=True)
    flash_quantity = models.PositiveIntegerField(null=True)
    flash_per_person = models.PositiveSmallIntegerField(null=True)
    envelope_mode = models.CharField(max_length=9, choices=[(code, code) for code in MODES], blank=True)
    envelope_total = models.PositiveBigIntegerField(null=True)
    envelope_shares = models.PositiveIntegerField(null=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_segment"
        constraints = [
            # Checked at commit, so that an order is written segment by segment.
            models.UniqueConstraint(
                fields=["rundown", "position"], name="segment_place_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=True, removed_at__isnull=False)
                | Q(position__isnull=False, removed_at__isnull=True),
                name="segment_has_a_place_or_is_removed",
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="segment_kind_is_known"),
            models.CheckConstraint(
                condition=Q(length_s__gte=1, length_s__lte=SEGMENT_S_MAX), name="segment_length_fits"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, target_unit="")
                | Q(target__isnull=False, target__gte=1, target_unit__in=TARGET_UNITS),
                name="segment_target_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(
                    flash_variant=None,
                    flash_price_minor=None,
                    flash_lowest_minor=None,
                    flash_currency="",
                    flash_quantity=None,
                    flash_per_person=None,
                )
                | Q(
                    flash_variant__isnull=False,
                    flash_price_minor__isnull=False,
                    flash_lowest_minor__isnull=False,
                    flash_quantity__isnull=False,
                    flash_per_person__isnull=False,
                    flash_price_minor__gt=0,
                    flash_price_minor__lt=F("flash_lowest_minor"),
                    flash_quantity__gte=F("flash_per_person"),
                    flash_per_person__gte=1,
                ),
                name="segment_flash_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(envelope_mode="", envelope_total=None, envelope_shares=None)
                | Q(
                    envelope_mode__in=MODES,
                    envelope_total__isnull=False,
                    envelope_shares__isnull=False,
                    envelope_shares__gte=1,
                    envelope_total__gte=F("envelope_shares"),
                ),
                name="segment_envelope_is_whole",
            ),
        ]


class SegmentAuthor(models.Model):
    """That somebody has a hand in the words of a segment, and when she last changed them."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="authors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    wrote_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_segmentauthor"
        constraints = [models.UniqueConstraint(fields=["segment", "member"], name="segment_author_once")]


class Claim(models.Model):
    """A sentence said about a product. Its words are never changed: another sentence is another claim."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="claims")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=11, choices=[(code, code) for code in CLAIM_KINDS])
    text = models.CharField(max_length=CLAIM_LENGTH_MAX)
    text_en = models.CharField(max_length=CLAIM_LENGTH_MAX, blank=True)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    segments = models.ManyToManyField(Segment, through="SegmentClaim", related_name="claims")

    class Meta:
        db_table = "svoi_claim"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CLAIM_KINDS), name="claim_kind_is_known"),
            models.UniqueConstraint(fields=["product", "kind", "text"], name="claim_once"),
        ]


class SegmentClaim(models.Model):
    """That a claim is made in a segment."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="said")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="said")

    class Meta:
        db_table = "svoi_segmentclaim"
        constraints = [models.UniqueConstraint(fields=["segment", "claim"], name="segment_claim_once")]


class Evidence(models.Model):
    """What stands behind a claim: where it is found, what it says, until when it holds. Withdrawn, never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=11, choices=[(code, code) for code in EVIDENCE_KINDS])
    reference = models.CharField(max_length=REFERENCE_LENGTH_MAX)
    says = models.CharField(max_length=LINES_LENGTH_MAX)
    valid_until = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_evidence"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EVIDENCE_KINDS), name="evidence_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="link") | Q(reference__iregex=r"^https?://[^\s/]"), name="evidence_link_is_of_the_web"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="evidence_is_withdrawn_by_somebody",
            ),
        ]


class StoryStep(models.Model):
    """A step of a product story: a check asked for, approved, or sent back with a reason; for exactly these words.

    `content` is what was read, `fingerprint` its SHA-256. An approval that came along with a copy names the one it is.
    """

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=9, choices=[(code, code) for code in STEPS])
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    reason = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "svoi_storystep"
        indexes = [models.Index(fields=["segment", "-id"], name="story_steps_of_segment")]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=STEPS), name="story_step_is_known"),
            models.CheckConstraint(
                condition=Q(step="sent_back") & ~Q(reason="") | ~Q(step="sent_back") & Q(reason=""),
                name="story_is_sent_back_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(carried_from=None) | Q(step="approved"), name="story_carries_approvals"),
            models.CheckConstraint(condition=Q(fingerprint__regex="^[0-9a-f]{64}$"), name="story_has_a_fingerprint"),
        ]


class RundownChange(models.Model):
    """One change of a rundown: what was done to which segment, and by whom (nobody: it followed from a plan)."""

    rundown = models.ForeignKey(Rundown, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    deed = models.CharField(max_length=7, choices=[(code, code) for code in DEEDS])
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, null=True, related_name="+")
    names = ArrayField(models.CharField(max_length=20), default=list)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_rundownchange"
        constraints = [
            models.UniqueConstraint(fields=["rundown", "version"], name="rundown_version_once"),
            models.CheckConstraint(condition=Q(deed__in=DEEDS), name="rundown_deed_is_known"),
        ]
