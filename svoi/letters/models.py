"""Letters as they were written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from svoi.letters.rules import TITLE_LENGTH_MAX, WITHHELD_FOR
from svoi.members.models import Member


class Letter(models.Model):
    """What was written to a member about one event. `key` names the event: one event, one letter.

    It left (`sent_at`), or stays in the house for a reason (`withheld_for`), or waits for the next try (`error`).
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=TITLE_LENGTH_MAX)
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField(db_default=Now())
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    withheld_for = models.CharField(max_length=16, blank=True, choices=[(code, code) for code in WITHHELD_FOR])
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "svoi_letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(withheld_for=""), name="letter_sent_or_withheld"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-written_at"], name="letters_of_member"),
            models.Index(fields=["written_at"], name="letters_by_age"),
        ]

    def __str__(self) -> str:
        return self.title
