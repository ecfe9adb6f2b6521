"""Legal texts by their hash, consents and their withdrawals, exports and erasures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.law.rules import CHANNELS, KINDS
from svoi.members.models import Member


class LegalText(models.Model):
    """A text as it was shown, word for word. Never changed (trigger): other words are another version."""

    kind = models.CharField(max_length=16, choices=[(code, code) for code in KINDS])
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_legaltext"
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="legal_text_version_once"),
            models.UniqueConstraint(fields=["kind", "language", "sha256"], name="legal_text_once"),
        ]
        indexes = [models.Index(fields=["sha256"], name="legal_text_by_hash")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"


class Consent(models.Model):
    """That a member agreed to a text, where and when. Never changed (trigger); taking it back is another record."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(max_length=12, choices=[(code, code) for code in CHANNELS])
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_consent"
        indexes = [models.Index(fields=["member", "-given_at"], name="consents_of_member")]


class ConsentWithdrawal(models.Model):
    """That a consent was taken back."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    channel = models.CharField(max_length=12, choices=[(code, code) for code in CHANNELS])
    withdrawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "svoi_consentwithdrawal"


class DataExport(models.Model):
    """Everything known about a member, asked for, laid ready as a file, and gone again. `key` names the file."""

    key = models.UUIDField(unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exports")
    asked_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField(null=True)
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_dataexport"
        indexes = [models.Index(fields=["member", "-asked_at"], name="exports_of_member")]


class Erasure(models.Model):
    """That a member wants to be forgotten: asked, then recalled or done."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="erasures")
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_erasure"
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(recalled_at=None, done_at=None), name="one_erasure_at_a_time"
            ),
            models.CheckConstraint(condition=Q(recalled_at=None) | Q(done_at=None), name="erasure_recalled_or_done"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(recalled_at=None, done_at=None), name="erasures_to_do"),
        ]
