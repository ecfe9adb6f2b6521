"""An envelope, the deal sealed inside it, its guests, its shares and its end: facts that are never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from svoi.communities.models import Community
from svoi.envelopes.rules import MODES, PLACES, PURSES, SHARES_MAX, TOTAL_MAX, Limits, Sealed
from svoi.members.models import Member
from svoi.points.rules import pot_account

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CLOSED_FOR = ("empty", "expired")
_LIMITS = Limits()


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    """Envelopes as seen by somebody: those of a closed community are not found by strangers."""

    def visible_to(self, member: Member | AnonymousUser) -> EnvelopeQuerySet:
        return self.filter(community__in=Community.objects.visible_to(member).values("pk"))


class Envelope(models.Model):
    """Points in shares for a show's room or a whole community, with the limits that held when it was sent.

    `commitment` is the SHA-256 over the sealed seed and the terms, shown before the first share is taken.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="envelopes")
    reference = models.UUIDField(unique=True)
    place = models.CharField(max_length=9, choices=[(code, code) for code in PLACES])
    place_id = models.BigIntegerField()
    sender = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="envelopes_sent")
    purse = models.CharField(max_length=6, choices=[(code, code) for code in PURSES])
    mode = models.CharField(max_length=9, choices=[(code, code) for code in MODES])
    total = models.BigIntegerField()
    shares = models.PositiveIntegerField()
    least = models.PositiveIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=0)  # "for tea": counted minutes that made somebody a guest
    greeting = models.CharField(max_length=140, blank=True)
    commitment = models.CharField(max_length=64)
    age_days = models.PositiveSmallIntegerField()
    daily_shares_max = models.PositiveSmallIntegerField()
    pause_s = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    key = models.UUIDField()

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        db_table = "svoi_envelope"
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=MODES), name="envelope_mode_is_known"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="envelope_place_is_known"),
            models.CheckConstraint(condition=Q(purse__in=PURSES), name="envelope_purse_is_known"),
            models.CheckConstraint(
                condition=Q(shares__gte=1, shares__lte=SHARES_MAX, least__gte=1, total__lte=TOTAL_MAX)
                & Q(total__gte=F("shares") * F("least")),
                name="envelope_has_enough",
            ),
            models.CheckConstraint(condition=Q(commitment__regex="^[0-9a-f]{64}$"), name="envelope_is_committed"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="envelope_ends_after_it_began"),
            models.UniqueConstraint(fields=["sender", "key"], name="envelope_once"),
        ]
        indexes = [
            models.Index(fields=["place", "place_id", "-sent_at"], name="envelopes_of_place"),
            models.Index(fields=["community", "-sent_at"], name="envelopes_of_community"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def pot(self) -> str:
        """The ledger account that holds what is not taken yet."""
        return pot_account("envelope", self.pk)

    def sealed(self, closed_for: str) -> Sealed:
        return Sealed(
            mode=self.mode,
            expires_at=self.expires_at,
            closed_for=closed_for,
            age_days=self.age_days,
            daily_shares_max=self.daily_shares_max,
            pause_s=self.pause_s,
        )


class EnvelopeDeal(models.Model):
    """What is inside: the seed, and the shares by position. Shown to nobody before the envelope is closed."""

    envelope = models.OneToOneField(Envelope, on_delete=models.PROTECT, primary_key=True, related_name="deal")
    seed = models.BinaryField()
    amounts = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "svoi_envelopedeal"


class EnvelopeGuest(models.Model):
    """Who is on the list of an envelope for some: named by the sender, or there when it was sent."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="guests", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "svoi_envelopeguest"
        constraints = [models.UniqueConstraint(fields=["envelope", "member"], name="guest_once")]


class EnvelopeShare(models.Model):
    """A share somebody took: `position` says how many came before her, `nth` which of her shares of the day it is.

    Written by one SQL function only. The keys are the guarantee: one share a member, one member a position, and no
    more in a day than the function counted, whoever writes beside it. A trigger looks up envelope and member once for
    all shares of a call: foreign keys would lock both rows for each.
    """

    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="taken", db_index=False, db_constraint=False
    )
    position = models.PositiveIntegerField()
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="shares", db_index=False, db_constraint=False
    )
    amount = models.BigIntegerField()
    key = models.UUIDField()
    community_id = models.BigIntegerField()
    day = models.DateField()
    nth = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_envelopeshare"
        constraints = [
            models.UniqueConstraint(fields=["envelope", "member"], name="share_once"),
            models.UniqueConstraint(fields=["envelope", "position"], name="share_position_once"),
            models.UniqueConstraint(fields=["member", "community_id", "day", "nth"], name="share_of_day_once"),
            models.CheckConstraint(condition=Q(position__gte=1, amount__gte=1, nth__gte=1), name="share_is_something"),
        ]


class EnvelopeClosing(models.Model):
    """The end of an envelope: all taken, or its time over and the rest given back. From here on the seed is shown."""

    envelope = models.OneToOneField(Envelope, on_delete=models.PROTECT, primary_key=True, related_name="closing")
    closed_for = models.CharField(max_length=7, choices=[(code, code) for code in CLOSED_FOR])
    returned = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField()

    class Meta:
        db_table = "svoi_envelopeclosing"
        constraints = [
            models.CheckConstraint(condition=Q(closed_for__in=CLOSED_FOR), name="closing_reason_is_known"),
            models.CheckConstraint(condition=Q(returned__gte=0), name="closing_returns_something_or_nothing"),
        ]


class EnvelopeLimits(models.Model):
    """What a community allows; without a row the defaults hold. Each change is an event."""

    community = models.OneToOneField(Community, on_delete=models.PROTECT, primary_key=True, related_name="+")
    age_days = models.PositiveSmallIntegerField(default=_LIMITS.age_days)
    daily_shares_max = models.PositiveSmallIntegerField(default=_LIMITS.daily_shares_max)
    pause_s = models.PositiveSmallIntegerField(default=_LIMITS.pause_s)
    life_hours = models.PositiveSmallIntegerField(default=_LIMITS.life_hours)
    sender_age_days = models.PositiveSmallIntegerField(default=_LIMITS.sender_age_days)
    sender_pause_s = models.PositiveIntegerField(default=_LIMITS.sender_pause_s)
    own_total_max = models.PositiveIntegerField(default=_LIMITS.own_total_max)

    class Meta:
        db_table = "svoi_envelopelimits"

    def limits(self) -> Limits:
        return Limits(
            age_days=self.age_days,
            daily_shares_max=self.daily_shares_max,
            pause_s=self.pause_s,
            life_hours=self.life_hours,
            sender_age_days=self.sender_age_days,
            sender_pause_s=self.sender_pause_s,
            own_total_max=self.own_total_max,
        )


class QuietTaker(models.Model):
    """Somebody who takes part without being named in lists of who got what."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_quiettaker"
