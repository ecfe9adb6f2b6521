"""The pickup code: six digits that follow from the shop's secret, and how many wrong ones are borne."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

CODE_DIGITS = 6
TRIES_MAX = 5
LOCK_WINDOW_S = 15 * 60
TYPED_LENGTH_MAX = 20
_GAPS = " \u00a0-–"


class CodeWrong(Refused):
    """This is not the code of the parcel; `tries_left` before a pause."""

    code: ClassVar[str] = "code_wrong"


class CodeLocked(Refused):
    """Too many wrong codes for this parcel or by this worker; next try after `wait_s`, at `until`."""

    code: ClassVar[str] = "code_locked"


def code_of(*, key: bytes, parcel_id: int, subject: str) -> str:
    """The parcel's code. Nobody can tell it without the key, and nothing of it is kept in the database."""
    seal = hmac.new(key, f"{parcel_id}:{subject}".encode(), hashlib.sha256).digest()
    # 64 bits over a million: the first codes are not more likely than the last by anything one could measure.
    return str(int.from_bytes(seal[:8]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def is_right_code(*, code: str, typed: str) -> bool:
    """Compare what was typed, spaces and hyphens left out, in a time that says nothing about the code."""
    digits = "".join(letter for letter in typed[:TYPED_LENGTH_MAX] if letter not in _GAPS)
    return hmac.compare_digest(code.encode(), digits.encode("utf-8", "surrogatepass"))


def admit_try(*, of_parcel: Collection[datetime], by_worker: Collection[datetime], at: datetime) -> int:
    """How many tries are left, this one counted; raise `CodeLocked` when there is none.

    Given are the moments of wrong codes within the last two windows: those of the parcel, and those the worker
    typed since her last right one. Whichever is nearer to the limit decides.
    """
    locked = [until for tries in (of_parcel, by_worker) if (until := _locked_until(sorted(tries))) and until > at]
    if locked:
        until = max(locked)
        raise CodeLocked(wait_s=(until - at).total_seconds(), until=until)
    since = at - timedelta(seconds=LOCK_WINDOW_S)
    return TRIES_MAX - max(sum(moment > since for moment in tries) for tries in (of_parcel, by_worker))


def _locked_until(tries: list[datetime]) -> datetime | None:
    """A window after the last of so many wrong codes in one window; None when there were never so many."""
    window = timedelta(seconds=LOCK_WINDOW_S)
    pairs = zip(tries, tries[TRIES_MAX - 1 :], strict=False)
    ends = [last + window for first, last in pairs if last - first <= window]
    return ends[-1] if ends else None
