"""Who a typed identity is, and when guessing at a password must pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal

import phonenumbers

from svoi.kernel.refused import Refused

LANGUAGES = ("ru", "en")
THEMES = ("system", "light", "dark")
# What stands where a name stood: a former member has none, in the language she spoke.
ERASED_NAMES = {"ru": "Бывший участник", "en": "Former member"}
HOME_REGION = "RU"
NAME_LENGTH_MAX = 60
IDENTITY_LENGTH_MAX = 254
PASSWORD_LENGTH_MIN = 10
PASSWORD_LENGTH_MAX = 512
FAILURES_BEFORE_LOCK = 5
LOCK_WINDOW_S = 15 * 60
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")


class IdentityUnreadable(Refused):
    """What was typed is neither an e-mail address nor a phone number."""

    code: ClassVar[str] = "identity_unreadable"


class IdentityTaken(Refused):
    """Somebody already signs in with this e-mail or phone."""

    code: ClassVar[str] = "identity_taken"


class NameMissing(Refused):
    """A member needs a name others can call her by."""

    code: ClassVar[str] = "name_missing"


class PasswordTooWeak(Refused):
    """Shorter than `length_min`, beyond all measure, or among the passwords everybody tries first."""

    code: ClassVar[str] = "password_too_weak"


class SignInRefused(Refused):
    """The identity and the password do not belong together; which of them is wrong is not told."""

    code: ClassVar[str] = "sign_in_refused"


class PasswordWrong(Refused):
    """This is not her current password."""

    code: ClassVar[str] = "password_wrong"


class SignInLocked(Refused):
    """Too many wrong passwords; sign-in opens again after `wait_s` seconds."""

    code: ClassVar[str] = "sign_in_locked"


class AccountErased(Refused):
    """This account was deleted; nobody signs in with it any more."""

    code: ClassVar[str] = "account_erased"


@dataclass(frozen=True, slots=True)
class Identity:
    """An e-mail in lower case, or a phone number in E.164."""

    kind: Literal["email", "phone"]
    value: str


def read_identity(typed: str) -> Identity:
    """Understand what a person typed; phone numbers without a country are read as Russian ones."""
    # Phone books paste invisible direction marks round a number; they are dropped, other unprintables are refused.
    marked = unicodedata.normalize("NFKC", typed[: IDENTITY_LENGTH_MAX * 2])
    text = "".join(letter for letter in marked if unicodedata.category(letter) != "Cf").strip()
    if len(text) > IDENTITY_LENGTH_MAX or not text.isprintable():
        raise IdentityUnreadable(typed=text[:80])
    if "@" in text:
        if _EMAIL.match(text):
            return Identity("email", text.lower())
        raise IdentityUnreadable(typed=text[:80])
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise IdentityUnreadable(typed=text[:80]) from None
    if not phonenumbers.is_possible_number(number):
        raise IdentityUnreadable(typed=text[:80])
    return Identity("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def read_name(typed: str) -> str:
    """A name without stray spaces, control and direction marks; at most `NAME_LENGTH_MAX` characters are kept.

    Direction marks would turn the words around a name, and a stack of accents would cover the line above.
    """
    seen = typed[: NAME_LENGTH_MAX * 10]
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in seen)
    name = _climb_no_higher(unicodedata.normalize("NFC", " ".join(shown.split())))[:NAME_LENGTH_MAX].strip()
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
        raise NameMissing()
    return name


def _climb_no_higher(text: str) -> str:
    """At most two accents on a letter, as the languages of people need."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= 2:
            kept.append(letter)
    return "".join(kept)


def admit_password(password: str, *, common: bool, hers: Sequence[str] = ()) -> None:
    """Long enough, not among the first guesses, and not her own name, e-mail or phone written again."""
    plain = password.casefold().strip()
    told = {text.casefold().strip() for text in hers if text}
    length_fits = PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX
    if common or not length_fits or len(set(plain)) <= 2 or plain in told:
        raise PasswordTooWeak(length_min=PASSWORD_LENGTH_MIN)


def admit_sign_in(failed_at: Sequence[datetime], *, at: datetime) -> None:
    """Let a sign-in be tried, unless `FAILURES_BEFORE_LOCK` of them failed inside the window."""
    window = timedelta(seconds=LOCK_WINDOW_S)
    recent = sorted(moment for moment in failed_at if at - moment < window)
    if len(recent) >= FAILURES_BEFORE_LOCK:
        opens_at = recent[-FAILURES_BEFORE_LOCK] + window
        raise SignInLocked(wait_s=max(1, round((opens_at - at).total_seconds())))


def admit_operator(*, erased: bool) -> None:
    """Only somebody who can still sign in looks after the installation."""
    if erased:
        raise AccountErased()
