"""What a person decides about her own account, up to its end."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from svoi.db.transaction import atomic
from svoi.members.actions.operators import withdraw_operator
from svoi.members.actions.signing import forget_tries, identity_hash, is_common, note_try
from svoi.members.models import Member, MemberSession
from svoi.members.rules import (
    ERASED_NAMES,
    LANGUAGES,
    PASSWORD_LENGTH_MAX,
    THEMES,
    PasswordWrong,
    admit_password,
    read_name,
)


@atomic
def choose_preferences(*, member: Member, language: str | None = None, theme: str | None = None) -> Member:
    """Keep the language and theme she chose; what is unknown or not given stays as it was."""
    if language in LANGUAGES:
        member.language = language
    if theme in THEMES:
        member.theme = theme
    member.save(update_fields=["language", "theme"])
    return member


@atomic
def rename_member(*, member: Member, name: str) -> Member:
    """Change how others call her. Raises NameMissing."""
    member.name = read_name(name)
    member.save(update_fields=["name"])
    return member


@atomic
def end_session(*, member: Member, session_key: str) -> bool:
    """Sign one of her browsers out; False when it was not hers or is gone already."""
    gone, _ = MemberSession.objects.filter(member=member, session_key=session_key).delete()
    return bool(gone)


@atomic
def end_other_sessions(*, member: Member, keep: str) -> int:
    """Sign every browser out but the one in her hands. Returns how many."""
    gone, _ = MemberSession.objects.filter(member=member).exclude(session_key=keep).delete()
    return gone


def confirm_password(*, member: Member, password: str, at: datetime) -> None:
    """It is really she who asks for what cannot be undone. Raises PasswordWrong, SignInLocked."""
    hashed = identity_hash(member.email or member.phone or "")
    note_try(hashed=hashed, at=at)
    if len(password) > PASSWORD_LENGTH_MAX or not check_password(password, member.password):
        raise PasswordWrong()
    forget_tries(hashed=hashed)


def change_password(*, member: Member, old: str, new: str, at: datetime, keep: str = "") -> Member:
    """Set a new password and end every other session. Raises PasswordWrong, SignInLocked, PasswordTooWeak."""
    confirm_password(member=member, password=old, at=at)
    admit_password(new, common=is_common(new), hers=(member.name, member.email or "", member.phone or ""))
    return _set_password(member, made=make_password(new), keep=keep)


@atomic
def erase_account(*, member: Member, at: datetime) -> None:
    """Take name, e-mail, phone, password and sessions away for good. The row stays for what must be kept."""
    MemberSession.objects.filter(member=member).delete()
    withdraw_operator(member=member, by=member, at=at)
    member.name, member.email, member.phone = ERASED_NAMES[member.language], None, None
    member.set_unusable_password()
    member.theme, member.erased_at = THEMES[0], at
    member.save(update_fields=["name", "email", "phone", "password", "theme", "erased_at"])


@atomic
def _set_password(member: Member, *, made: str, keep: str) -> Member:
    member.password = made
    member.save(update_fields=["password"])
    end_other_sessions(member=member, keep=keep)
    return member
