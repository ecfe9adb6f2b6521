"""Signing up and in: an account in one transaction, and tries that are counted before a password is looked at."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import connection

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.kernel.tokens import derive_key
from svoi.members.events import MemberSignedUp
from svoi.members.models import Member, SignInFailure
from svoi.members.queries import find_member
from svoi.members.rules import (
    LANGUAGES,
    LOCK_WINDOW_S,
    PASSWORD_LENGTH_MAX,
    Identity,
    IdentityTaken,
    SignInRefused,
    admit_password,
    admit_sign_in,
    read_identity,
    read_name,
)

NO_PASSWORD = "!"  # noqa: S105 - Django's mark of an unusable password: checking it costs a full hash and never fits


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What a newcomer typed, read and admitted; the password is a hash already."""

    name: str
    reached: Identity
    password: str
    language: str


def prepare_account(*, name: str, identity: str, password: str, language: str) -> NewAccount:
    """Read what was typed. Raises NameMissing, IdentityUnreadable, PasswordTooWeak.

    The hash takes a tenth of a second: made before the transaction, so that none waits for it.
    """
    shown_name, reached = read_name(name), read_identity(identity)
    admit_password(password, common=is_common(password), hers=(name, identity, reached.value))
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return NewAccount(name=shown_name, reached=reached, password=make_password(password), language=spoken)


@atomic
def open_account(*, account: NewAccount, at: datetime) -> Member:
    """Make the account. Raises IdentityTaken."""
    member, is_new = Member.objects.get_or_create(
        **{account.reached.kind: account.reached.value},
        defaults={
            "name": account.name,
            "password": account.password,
            "language": account.language,
            "joined_at": at,
        },
    )
    if not is_new:
        raise IdentityTaken()
    record(MemberSignedUp(member_id=member.pk))
    return member


def sign_up(*, name: str, identity: str, password: str, language: str, at: datetime) -> Member:
    """An account by itself. Raises NameMissing, IdentityUnreadable, PasswordTooWeak, IdentityTaken."""
    account = prepare_account(name=name, identity=identity, password=password, language=language)
    return open_account(account=account, at=at)


def check_sign_in(*, identity: str, password: str, at: datetime) -> Member:
    """The member who signs in with this identity and password.

    The try is put on record before the password is looked at, in a transaction of its own: guesses made at the
    same time cannot outrun the lock, and a refusal does not take its record away. Somebody unknown costs as much
    as a wrong password. Raises IdentityUnreadable, SignInLocked, SignInRefused.
    """
    hashed = identity_hash(identity)
    note_try(hashed=hashed, at=at)
    member = find_member(identity=identity)
    fits = len(password) <= PASSWORD_LENGTH_MAX
    kept = member.password if member and fits else NO_PASSWORD
    is_right = check_password(password if fits else "", kept)
    if member is None or not is_right:
        raise SignInRefused()
    forget_tries(hashed=hashed)
    return member


@atomic
def note_try(*, hashed: str, at: datetime) -> None:
    """Count and insert under one lock per identity; the tries of an hour ago go with it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sign-in:{hashed}"])
    tries = SignInFailure.objects.filter(identity_hash=hashed)
    admit_sign_in(list(tries.values_list("at", flat=True)), at=at)
    tries.filter(at__lt=at - timedelta(seconds=LOCK_WINDOW_S)).delete()
    SignInFailure.objects.create(identity_hash=hashed, at=at)


@atomic
def forget_tries(*, hashed: str) -> None:
    SignInFailure.objects.filter(identity_hash=hashed).delete()


@atomic
def forget_old_tries(*, at: datetime) -> int:
    """Drop failures that no longer lock anybody out; for the clock. Returns how many went."""
    gone, _ = SignInFailure.objects.filter(at__lt=at - timedelta(seconds=LOCK_WINDOW_S)).delete()
    return gone


def identity_hash(typed: str) -> str:
    """What is kept of an identity somebody guessed at: without the shop's key it says nothing."""
    reached = read_identity(typed)
    key = derive_key(settings.SECRET_KEY, "sign-in-failure")
    return hmac.new(key, f"{reached.kind}:{reached.value}".encode(), hashlib.sha256).hexdigest()


def is_common(password: str) -> bool:
    """Is it on the list of the passwords everybody tries first?"""
    try:
        _common_passwords().validate(password.casefold().strip())
    except ValidationError:
        return True
    return False


@cache
def _common_passwords() -> CommonPasswordValidator:
    return CommonPasswordValidator()
