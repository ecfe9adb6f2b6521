"""A show with its key, its tray and pins, its chat, and the facts of who watched."""

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


class StreamKey(models.Model):
    """A one-time key for one show; only its hash is kept, and a new key revokes the old one."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    issued_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_streamkey"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(revoked_at__isnull=True), name="one_key_per_show")
        ]


class Ingest(models.Model):
    """One connection of a publisher, from its first picture to its last."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="ingests")
    session = models.UUIDField(unique=True)
    online_at = models.DateTimeField()
    offline_at = models.DateTimeField(null=True)
    signal = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "svoi_ingest"


class IngestRefusal(models.Model):
    """That a publisher was turned away, and for what, so that the host reads it in the console."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="ingest_refusals")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_ingestrefusal"


class Break(models.Model):
    """A technical break, declared by the crew."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="breaks")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_break"
        constraints = [
            models.UniqueConstraint(fields=["show"], condition=Q(ended_at__isnull=True), name="one_break_at_a_time")
        ]


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


class ChatMessage(models.Model):
    """A message as it was said. The gateway stores it before anybody sees it; nothing changes it after."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="messages")
    seq = models.BigIntegerField()
    text = models.CharField(max_length=500)
    key = models.UUIDField()
    media_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_chatmessage"
        constraints = [
            models.UniqueConstraint(fields=["show", "seq"], name="chat_message_place_once"),
            models.UniqueConstraint(fields=["show", "author", "key"], name="chat_message_once"),
        ]
        indexes = [models.Index(fields=["show", "media_at"], name="chat_message_by_media_time")]


class MessageHiding(models.Model):
    """That a message was hidden, by whom; the message itself stays on record."""

    message = models.OneToOneField(ChatMessage, on_delete=models.PROTECT, primary_key=True, related_name="hiding")
    hidden_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_messagehiding"


class Mute(models.Model):
    """That somebody may not write in a show's chat, until when and by whom."""

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="mutes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    muted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    muted_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_mute"
        constraints = [
            models.UniqueConstraint(fields=["show", "member"], condition=Q(lifted_at__isnull=True), name="one_mute")
        ]


class WeighedRow(models.Model):
    """Telemetry of one deed in a show's room, written in batches by the gateway.

    `weight` is in halves (2 counts in full), `reasons` a set of bits as `rules.weighing.BITS` numbers them; both are
    null while nothing was weighed. `device` and `network` are keyed hashes, dropped after 90 days.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="+")
    viewer = models.CharField(max_length=64)
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    weight = models.PositiveSmallIntegerField(null=True)
    reasons = models.PositiveSmallIntegerField(null=True)
    device = models.BigIntegerField(null=True)
    network = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


def _traced(name: str) -> models.Index:
    """Finds what still has hashes, the oldest first; rows without them are not in it."""
    return models.Index(fields=["at"], name=name, condition=Q(device__isnull=False) | Q(network__isnull=False))


class WatchBeat(WeighedRow):
    """A viewer's signed heartbeat, as the gateway received it; written in batches, read as telemetry."""

    playing = models.BooleanField()
    visible = models.BooleanField()
    counted = models.BooleanField()

    class Meta:
        db_table = "svoi_watchbeat"
        indexes = [models.Index(fields=["show", "at"], name="watch_beats_of_show"), _traced("watch_beats_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="watch_beat_weighs_to_two_halves")]


class Reaction(WeighedRow):
    """A reaction to a show, as the gateway took it; written in batches, read as telemetry."""

    class Meta:
        db_table = "svoi_reaction"
        indexes = [models.Index(fields=["show", "at"], name="reactions_of_show"), _traced("reactions_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="reaction_weighs_to_two_halves")]


class MessageWeight(WeighedRow):
    """What a message weighed when it was admitted, found by its author's `key`; the message itself is told in full."""

    key = models.UUIDField()

    class Meta:
        db_table = "svoi_messageweight"
        indexes = [models.Index(fields=["show", "at"], name="message_weights_of_show"), _traced("message_traced")]
        constraints = [models.CheckConstraint(condition=Q(weight__lte=2), name="message_weighs_to_two_halves")]


class WatchSample(models.Model):
    """The room at one moment: connected (`raw`) and `counted` viewers, reactions, messages, and why some weigh less.

    `present` counts viewers with honest heartbeats, `weighed` is the sum of their weights; `counted` is one or the
    other, by `mode`. Reactions and messages are totals of the show up to here; messages are null where nobody counted
    them. `acted` viewers spoke or reacted within the stretch of the room's habit before (null while that is not known),
    and `excess` are viewers beyond what they bear out; it is told and never taken off. `reasons` is
    {"viewers": {reason: viewers}, "reactions": {…}, "messages": {…}}. The peak is read from these.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="samples")
    at = models.DateTimeField()
    raw = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    present = models.PositiveIntegerField(null=True)
    weighed = models.PositiveIntegerField(null=True)
    mode = models.CharField(max_length=10, default="off")
    reactions_raw = models.PositiveBigIntegerField(default=0)
    reactions_counted = models.PositiveBigIntegerField(default=0)
    messages_raw = models.PositiveBigIntegerField(null=True)
    messages_counted = models.PositiveBigIntegerField(null=True)
    acted = models.PositiveIntegerField(null=True)
    excess = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        db_table = "svoi_watchsample"
        constraints = [
            models.UniqueConstraint(fields=["show", "at"], name="watch_sample_once"),
            models.CheckConstraint(condition=Q(counted__lte=F("raw")), name="watch_sample_is_possible"),
            models.CheckConstraint(
                condition=Q(reactions_counted__lte=F("reactions_raw")), name="watch_sample_reactions_are_possible"
            ),
            models.CheckConstraint(
                condition=Q(messages_counted__lte=F("messages_raw")), name="watch_sample_messages_are_possible"
            ),
            models.CheckConstraint(condition=Q(excess__lte=F("weighed")), name="watch_sample_excess_is_possible"),
        ]


class Recount(models.Model):
    """The numbers of a show worked out anew from its records, under which limits and why; never changed after.

    `viewers` are distinct people over the whole show; messages are null where nobody counted them. `reasons` is
    {"viewers": {reason: viewers}, "reactions": {…}, "messages": {…}}. One that `is_dry` was only tried: nothing shown
    follows from it.
    """

    show = models.ForeignKey(Show, on_delete=models.PROTECT, related_name="recounts")
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    limits = models.JSONField(default=dict)
    viewers_raw = models.PositiveIntegerField()
    viewers_counted = models.PositiveIntegerField()
    peak_raw = models.PositiveIntegerField()
    peak_counted = models.PositiveIntegerField()
    reactions_raw = models.PositiveBigIntegerField()
    reactions_counted = models.PositiveBigIntegerField()
    messages_raw = models.PositiveBigIntegerField(null=True)
    messages_counted = models.PositiveBigIntegerField(null=True)
    reasons = models.JSONField(default=dict)
    why = models.CharField(max_length=200)
    is_dry = models.BooleanField()

    class Meta:
        db_table = "svoi_recount"
        indexes = [models.Index(fields=["show", "-at"], name="recounts_of_show")]
        constraints = [
            models.CheckConstraint(
                condition=Q(viewers_counted__lte=F("viewers_raw"))
                & Q(peak_counted__lte=F("peak_raw"))
                & Q(reactions_counted__lte=F("reactions_raw")),
                name="recount_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(messages_counted__lte=F("messages_raw")), name="recount_messages_are_possible"
            ),
        ]
