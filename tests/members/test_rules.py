"""Names, identities and passwords as people and their phones really type them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.members.rules import (
    FAILURES_BEFORE_LOCK,
    LOCK_WINDOW_S,
    NAME_LENGTH_MAX,
    Identity,
    IdentityUnreadable,
    NameMissing,
    PasswordTooWeak,
    SignInLocked,
    admit_password,
    admit_sign_in,
    read_identity,
    read_name,
)
from tests.cast import NOON, PASSWORD


@pytest.mark.parametrize(
    ("typed", "identity"),
    [
        ("Anna@Example.com", Identity("email", "anna@example.com")),
        ("  anna@пример.рф ", Identity("email", "anna@пример.рф")),
        ("8 (912) 345-67-89", Identity("phone", "+79123456789")),
        ("+7 912 345 67 89", Identity("phone", "+79123456789")),
        ("\u202a+7\u00a0912\u00a0345\u201167\u201189\u202c", Identity("phone", "+79123456789")),
        ("+49 30 901820", Identity("phone", "+4930901820")),
        ("\uff41nna@example.com", Identity("email", "anna@example.com")),
    ],
)
def test_an_identity_is_read_in_one_way(typed: str, identity: Identity) -> None:
    assert read_identity(typed) == identity


@pytest.mark.parametrize(
    "typed",
    [
        *("", "anna", "anna@", "@example.com", "anna@example", "a@b@c.ru", "112", "+7" + "9" * 40, "1" * 10_000),
        *("anna@exam\0ple.com", "a" * 300 + "@example.com", "anna\uff20x@example.com", "anna@exa mple.com"),
    ],
)
def test_what_reaches_nobody_is_refused(typed: str) -> None:
    with pytest.raises(IdentityUnreadable):
        read_identity(typed)


@given(st.text(max_size=400))
def test_an_identity_read_twice_is_the_same(typed: str) -> None:
    try:
        once = read_identity(typed)
    except IdentityUnreadable:
        return
    assert read_identity(once.value) == once


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Анна \n Соколова\t", "Анна Соколова"),
        ("<b>Boris</b>", "<b>Boris</b>"),
        ("\u202eaннA", "aннA"),
        ("Vera\0", "Vera"),
        ("Gl\u0301\u0301\u0301\u0301\u0301eb", "Gĺ\u0301\u0301eb"),
        ("😀 Dmitri", "😀 Dmitri"),
        ("a" * 10_000, "a" * NAME_LENGTH_MAX),
    ],
)
def test_a_name_stands_in_one_quiet_line(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200d", "\u202e", "…!?", "\0"])
def test_a_name_without_a_letter_is_no_name(typed: str) -> None:
    with pytest.raises(NameMissing):
        read_name(typed)


@given(st.text(max_size=700))
def test_a_name_fits_and_has_nothing_invisible(typed: str) -> None:
    try:
        name = read_name(typed)
    except NameMissing:
        return
    assert 0 < len(name) <= NAME_LENGTH_MAX
    assert name.isprintable()
    assert read_name(name) == name


def test_a_password_of_ordinary_words_is_good() -> None:
    admit_password(PASSWORD, common=False, hers=("Anna", "anna@example.com"))


@pytest.mark.parametrize(
    ("password", "common"),
    [
        ("short", False),
        ("a" * 513, False),
        (PASSWORD, True),
        ("aaaaaaaaaaaa", False),
        ("ababababab", False),
        ("Anna@Example.com", False),
    ],
)
def test_a_password_easy_to_guess_is_refused(password: str, common: bool) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        admit_password(password, common=common, hers=("Anna", "anna@example.com"))
    assert refused.value.facts == {"length_min": 10}


def test_sign_in_locks_at_the_fifth_failure_and_opens_when_the_first_is_old() -> None:
    failed = [NOON + timedelta(seconds=10 * place) for place in range(FAILURES_BEFORE_LOCK)]
    at = failed[-1] + timedelta(seconds=1)
    admit_sign_in(failed[:-1], at=at)
    with pytest.raises(SignInLocked) as locked:
        admit_sign_in(failed, at=at)
    assert locked.value.facts == {"wait_s": LOCK_WINDOW_S - 41}
    admit_sign_in(failed, at=NOON + timedelta(seconds=LOCK_WINDOW_S))


@given(st.lists(st.integers(-2 * LOCK_WINDOW_S, 0), min_size=5, max_size=12))
def test_the_lock_opens_exactly_when_it_said(ages_s: list[int]) -> None:
    failed = [NOON + timedelta(seconds=age) for age in ages_s]
    wait_s = next((wait for wait in range(LOCK_WINDOW_S + 1) if is_open(failed, wait)), None)
    assert wait_s is not None
    if wait_s:
        with pytest.raises(SignInLocked) as locked:
            admit_sign_in(failed, at=NOON)
        assert locked.value.facts == {"wait_s": wait_s}


def is_open(failed: list[datetime], wait_s: int) -> bool:
    try:
        admit_sign_in(failed, at=NOON + timedelta(seconds=wait_s))
    except SignInLocked:
        return False
    return True
