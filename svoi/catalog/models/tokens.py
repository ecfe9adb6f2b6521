"""Programs that speak for a shop: what they knock with, and when they did."""

from __future__ import annotations

from django.db import models

from svoi.communities.models import Community
from svoi.members.models import Member


class ApiToken(models.Model):
    """A shop's program: its name, what it may do, and the hash of the secret it knocks with.

    The secret itself is shown once, when it is issued, and kept nowhere.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    issued_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "svoi_apitoken"


class ApiCall(models.Model):
    """That a program called, and for what; too many of them in a minute are refused."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="calls", db_index=False)
    scope = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "svoi_apicall"
        indexes = [models.Index(fields=["token", "at"], name="api_call_recent")]
