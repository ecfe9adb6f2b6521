"""Clips with their drafts, claims said on air, and notes of a debrief: records with who and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from svoi.catalog.models import Product
from svoi.communities.models import Community
from svoi.communities.rules import MAY_KEEP_ORDER
from svoi.members.models import Member
from svoi.replays.rules import (
    CLAIM_LENGTH_MAX,
    CLIP_S_MAX,
    CLIP_S_MIN,
    CLIPS_OF_PRODUCT_MAX,
    CLIPS_OF_SHOW_MAX,
    NOTE_KINDS,
    NOTE_LENGTH_MAX,
    ClipState,
    DraftState,
    clip_state,
    draft_state,
)
from svoi.shows.models import Show

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Clip(models.Model):
    """A stretch of a recording asked for as a file of its own, and what became of the ask.

    `begins_at` and `ends_at` are the media time that was asked for; `cut_from` and `cut_until` what the file holds,
    which begins with a key frame. The places are the guarantee that a show gives no more clips than it may; a clip
    that could not be made gives its places back.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="clips")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    reference = models.UUIDField(unique=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_of_show = models.PositiveSmallIntegerField()
    place_of_product = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    cut_from = models.DateTimeField(null=True)
    cut_until = models.DateTimeField(null=True)
    size_bytes = models.PositiveBigIntegerField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_for = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "svoi_clip"
        constraints = [
            models.UniqueConstraint(
                fields=["show", "place_of_show"], condition=Q(failed_at__isnull=True), name="clip_place_of_show_once"
            ),
            models.UniqueConstraint(
                fields=["show", "product", "place_of_product"],
                condition=Q(failed_at__isnull=True),
                name="clip_place_of_product_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    place_of_show__gte=1,
                    place_of_show__lte=CLIPS_OF_SHOW_MAX,
                    place_of_product__gte=1,
                    place_of_product__lte=CLIPS_OF_PRODUCT_MAX,
                ),
                name="clip_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gte=F("begins_at") + timedelta(seconds=CLIP_S_MIN),
                    ends_at__lte=F("begins_at") + timedelta(seconds=CLIP_S_MAX),
                ),
                name="clip_length_fits",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, cut_from=None, cut_until=None, size_bytes=None)
                | Q(
                    made_at__isnull=False,
                    failed_at=None,
                    cut_from__isnull=False,
                    cut_until__isnull=False,
                    cut_until__gt=F("cut_from"),
                    size_bytes__isnull=False,
                ),
                name="clip_made_or_failed",
            ),
        ]
        indexes = [models.Index(fields=["show", "begins_at"], name="clips_of_show")]

    @property
    def state(self) -> ClipState:
        return clip_state(made=self.made_at is not None, failed=self.failed_at is not None)


class StoryDraft(models.Model):
    """Words begun about a clip. A draft is published nowhere; it can be left, or handed over to whoever publishes."""

    clip = models.OneToOneField(Clip, on_delete=models.PROTECT, related_name="draft")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="story_drafts")
    language = models.CharField(max_length=2)
    text = models.TextField()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_storydraft"
        constraints = [
            models.CheckConstraint(condition=Q(left_at=None) | Q(handed_over_at=None), name="draft_left_or_handed_over")
        ]

    @property
    def state(self) -> DraftState:
        return draft_state(left=self.left_at is not None, handed_over=self.handed_over_at is not None)


class ClaimSaidQuerySet(models.QuerySet["ClaimSaid"]):
    """Claims as seen by the crews of their shows."""

    def kept_by(self, member: Member | AnonymousUser) -> ClaimSaidQuerySet:
        """Of communities where this person is of the crew; none for anybody else."""
        return self.filter(show__community__in=Community.objects.with_role(member, MAY_KEEP_ORDER).values("pk"))


class ClaimSaid(models.Model):
    """That somebody claimed something of a product on air: the words and the evidence as they were then.

    Rows are never changed, and the database removes none that is younger than a year. The same claim marked twice for
    the same moment is one.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="claims_said")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="claims_said")
    media_at = models.DateTimeField()
    text = models.CharField(max_length=CLAIM_LENGTH_MAX)
    evidence = models.JSONField(default=dict)
    marked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects = ClaimSaidQuerySet.as_manager()

    class Meta:
        db_table = "svoi_claimsaid"
        constraints = [
            models.UniqueConstraint(fields=["show", "product", "said_by", "media_at", "text"], name="claim_said_once")
        ]
        indexes = [
            models.Index(fields=["product", "-media_at"], name="claims_of_product"),
            models.Index(fields=["said_by", "-media_at"], name="claims_of_speaker"),
            models.Index(fields=["marked_at"], name="claims_by_age"),
        ]


class DebriefNote(models.Model):
    """What to keep or to change, written after a show; it comes back before the host's next ones until closed."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="debrief_notes")
    kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in NOTE_KINDS])
    text = models.CharField(max_length=NOTE_LENGTH_MAX)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="debrief_notes")
    key = models.UUIDField()
    written_at = models.DateTimeField()
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_debriefnote"
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="debrief_note_once"),
            models.CheckConstraint(condition=Q(kind__in=NOTE_KINDS), name="debrief_note_kind_is_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False, closed_at__gte=F("written_at")),
                name="debrief_note_is_closed_by_a_person",
            ),
        ]
        indexes = [models.Index(fields=["show"], condition=Q(closed_at=None), name="debrief_notes_open")]
