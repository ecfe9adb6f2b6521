"""A shop lets a program speak for it, hears it knock, and tells it to stop."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from svoi.catalog.events import ApiTokenIssued, ApiTokenRevoked
from svoi.catalog.models import ApiCall, ApiToken
from svoi.catalog.rules.tokens import (
    CALL_WINDOW,
    CALLS_KEPT,
    TOKEN_BYTES,
    TOKEN_MARK,
    TokenUnknown,
    admit_call,
    admit_scopes,
    hash_token,
    read_token_name,
)
from svoi.communities.models import Community
from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member


@atomic
def issue_token(
    *, community: Community, name: str, scopes: Collection[str], at: datetime, by: Member | None = None
) -> tuple[ApiToken, str]:
    """Let a program in; return its record and the secret, which is told once.

    Raises `TokenNameMissing` or `ScopeUnknown`.
    """
    secret = TOKEN_MARK + secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken.objects.create(
        community=community,
        name=read_token_name(name),
        scopes=admit_scopes(scopes),
        token_hash=hash_token(secret),
        issued_by=by,
        issued_at=at,
    )
    record(ApiTokenIssued(token_id=token.pk, community_id=community.pk, issued_by_id=by.pk if by else None))
    return token, secret


@atomic
def revoke_token(*, token_id: int, community: Community, at: datetime) -> ApiToken:
    """From now on the program finds the door closed; once is enough. Raises `TokenUnknown`."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, community=community).first()
    if token is None:
        raise TokenUnknown()
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record(ApiTokenRevoked(token_id=token.pk, community_id=community.pk))
    return token


@atomic
def hear_call(*, secret: str, scope: str, at: datetime) -> ApiToken:
    """The program that knocks, its community loaded. Raises `TokenUnknown`, `ScopeMissing` or `CallsTooMany`."""
    found = ApiToken.objects.select_for_update(of=("self",)).select_related("community")
    token = found.filter(token_hash=hash_token(secret), revoked_at=None).first()
    if token is None:
        raise TokenUnknown()
    recent = ApiCall.objects.filter(token=token, at__gt=at - CALL_WINDOW).values_list("at", flat=True)
    admit_call(scopes=token.scopes, wanted=scope, recent=list(recent), at=at)
    ApiCall.objects.create(token=token, scope=scope, at=at)
    return token


def forget_old_calls(*, at: datetime) -> int:
    """Drop calls that nobody asks about any more."""
    return ApiCall.objects.filter(at__lt=at - CALLS_KEPT).delete()[0]
