"""Signing up and in, and what a person changes about her account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from svoi.kernel.refused import Refused
from svoi.members.actions import (
    change_password,
    check_sign_in,
    choose_preferences,
    end_other_sessions,
    end_session,
    forget_old_tries,
    identity_hash,
    rename_member,
    sign_up,
    signing,
)
from svoi.members.models import Member, MemberSession, SignInFailure
from svoi.members.rules import (
    LOCK_WINDOW_S,
    IdentityTaken,
    IdentityUnreadable,
    NameMissing,
    PasswordTooWeak,
    PasswordWrong,
    SignInLocked,
    SignInRefused,
)
from tests.cast import NOON, PASSWORD, recorded

pytestmark = pytest.mark.django_db


def newcomer(**fields: str) -> Member:
    asked = {"name": "Vera", "identity": "vera@example.com", "password": PASSWORD, "language": "en", **fields}
    return sign_up(**asked, at=NOON)


def test_a_newcomer_has_an_account_and_nothing_more() -> None:
    member = newcomer(identity="8 912 345-67-89")
    member.refresh_from_db()
    assert (member.name, member.email, member.phone, member.language) == ("Vera", None, "+79123456789", "en")
    assert member.password.startswith("argon2$")
    assert member.joined_at == NOON
    assert recorded() == [("member_signed_up", {"member_id": member.pk})]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"identity": "vera"}, IdentityUnreadable),
        ({"password": "short"}, PasswordTooWeak),
        ({"password": "1234567890"}, PasswordTooWeak),
        ({"password": "vera@example.com"}, PasswordTooWeak),
        ({"password": "x" * 600}, PasswordTooWeak),
    ],
)
def test_a_refused_sign_up_leaves_nothing(fields: dict[str, str], refusal: type[Refused]) -> None:
    with pytest.raises(refusal), transaction.atomic():
        newcomer(**fields)
    assert not Member.objects.exists()
    assert recorded() == []


def test_an_identity_belongs_to_one_person() -> None:
    first = newcomer()
    with pytest.raises(IdentityTaken), transaction.atomic():
        newcomer(name="Gleb", identity=" VERA@example.COM ")
    assert list(Member.objects.values_list("pk", "name")) == [(first.pk, "Vera")]
    assert recorded() == [("member_signed_up", {"member_id": first.pk})]


def test_she_signs_in_and_her_failures_are_forgotten() -> None:
    member = newcomer()
    with pytest.raises(SignInRefused):
        check_sign_in(identity="vera@example.com", password="wrong password", at=NOON)
    assert SignInFailure.objects.count() == 1
    assert check_sign_in(identity="Vera@example.com", password=PASSWORD, at=NOON) == member
    assert not SignInFailure.objects.exists()


def test_five_wrong_guesses_lock_even_the_right_password() -> None:
    newcomer()
    for second in range(5):
        with pytest.raises(SignInRefused):
            check_sign_in(identity="vera@example.com", password="guess", at=NOON + timedelta(seconds=second))
    with pytest.raises(SignInLocked) as locked, transaction.atomic():
        check_sign_in(identity="vera@example.com", password=PASSWORD, at=NOON + timedelta(seconds=10))
    assert locked.value.facts == {"wait_s": LOCK_WINDOW_S - 10}
    assert SignInFailure.objects.count() == 5
    check_sign_in(identity="vera@example.com", password=PASSWORD, at=NOON + timedelta(seconds=LOCK_WINDOW_S))


def test_somebody_unknown_is_refused_and_locked_in_the_same_words() -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused) as refused:
            check_sign_in(identity="nobody@example.com", password=PASSWORD, at=NOON)
        assert refused.value.facts == {}
    with pytest.raises(SignInLocked), transaction.atomic():
        check_sign_in(identity="nobody@example.com", password=PASSWORD, at=NOON)


def test_an_unknown_person_costs_one_hash_like_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    newcomer()
    work: list[str] = []
    hasher = signing.check_password.__globals__["get_hasher"]("default")
    encode, verify = type(hasher).encode, type(hasher).verify
    monkeypatch.setattr(type(hasher), "encode", lambda *a: work.append("hash") or encode(*a))
    monkeypatch.setattr(type(hasher), "verify", lambda *a: work.append("hash") or verify(*a))
    for identity in ("vera@example.com", "nobody@example.com"):
        for password in ("wrong password", "x" * 100_000):
            work.clear()
            with pytest.raises(SignInRefused):
                check_sign_in(identity=identity, password=password, at=NOON)
            assert work == ["hash"]


def test_what_is_kept_of_a_guess_names_nobody() -> None:
    with pytest.raises(SignInRefused):
        check_sign_in(identity="vera@example.com", password="guess", at=NOON)
    kept = SignInFailure.objects.get().identity_hash
    assert (len(kept), "vera" in kept) == (64, False)
    assert kept == identity_hash("VERA@example.com ")


def test_old_guesses_are_swept() -> None:
    for minutes in (0, 20):
        with pytest.raises(SignInRefused):
            check_sign_in(identity="a@example.com", password="x", at=NOON + timedelta(minutes=minutes))
    SignInFailure.objects.create(identity_hash="b" * 64, at=NOON)
    assert forget_old_tries(at=NOON + timedelta(minutes=20)) == 1
    assert SignInFailure.objects.count() == 1


def test_preferences_keep_what_is_unknown_as_it_was(vera: Member) -> None:
    choose_preferences(member=vera, language="en", theme="plaid")
    choose_preferences(member=vera, language="de", theme="dark")
    vera.refresh_from_db()
    assert (vera.language, vera.theme) == ("en", "dark")


def test_a_new_name_is_read_like_the_first(vera: Member) -> None:
    rename_member(member=vera, name="  Вера \u202e Лебедева ")
    vera.refresh_from_db()
    assert vera.name == "Вера Лебедева"
    with pytest.raises(NameMissing), transaction.atomic():
        rename_member(member=vera, name="\u200b")
    vera.refresh_from_db()
    assert vera.name == "Вера Лебедева"


def session(member: Member, key: str) -> MemberSession:
    return MemberSession.objects.create(
        session_key=key, member=member, session_data="", expire_date=NOON + timedelta(days=60)
    )


def test_a_session_is_ended_only_by_its_owner(vera: Member, gleb: Member) -> None:
    for key in ("one", "two", "three"):
        session(vera, key)
    session(gleb, "his")
    assert end_session(member=gleb, session_key="one") is False
    assert end_session(member=vera, session_key="one") is True
    assert end_other_sessions(member=vera, keep="three") == 1
    assert set(MemberSession.objects.values_list("session_key", flat=True)) == {"three", "his"}


def test_a_new_password_ends_every_other_session() -> None:
    member = newcomer()
    session(member, "here")
    session(member, "elsewhere")
    change_password(member=member, old=PASSWORD, new="a new samovar came", at=NOON, keep="here")
    assert list(MemberSession.objects.values_list("session_key", flat=True)) == ["here"]
    assert check_sign_in(identity="vera@example.com", password="a new samovar came", at=NOON) == member


@pytest.mark.parametrize(
    ("old", "new", "refusal"), [("wrong", "a new samovar came", PasswordWrong), (PASSWORD, "x", PasswordTooWeak)]
)
def test_a_refused_password_change_changes_nothing(old: str, new: str, refusal: type[Refused]) -> None:
    member = newcomer()
    session(member, "elsewhere")
    with pytest.raises(refusal):
        change_password(member=member, old=old, new=new, at=NOON, keep="here")
    assert MemberSession.objects.count() == 1
    assert check_sign_in(identity="vera@example.com", password=PASSWORD, at=NOON) == member


def test_guessing_the_old_password_locks_too() -> None:
    member = newcomer()
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            change_password(member=member, old="guess", new="a new samovar came", at=NOON)
    with pytest.raises(SignInLocked), transaction.atomic():
        change_password(member=member, old=PASSWORD, new="a new samovar came", at=NOON)
