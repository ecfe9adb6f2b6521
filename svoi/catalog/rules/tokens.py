"""What a shop's program may do, how often, and how it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

SCOPES = frozenset({"stock", "catalogue"})
TOKEN_MARK = "svoi_"  # noqa: S105 - no secret: its beginning, by which one left in a file or a log is recognised
TOKEN_BYTES = 32
NAME_LENGTH_MAX = 80
CALLS_PER_MINUTE_MAX = 60
CALL_WINDOW = timedelta(minutes=1)
CALLS_KEPT = timedelta(days=30)


class TokenUnknown(Refused):
    """No program of any shop knocks like that, or it was told to stop."""

    code: ClassVar[str] = "token_unknown"


class ScopeMissing(Refused):
    """The program may not do this; `scope` is what it would need."""

    code: ClassVar[str] = "scope_missing"


class CallsTooMany(Refused):
    """More than `most` calls within a minute; it may call again in `wait_s`."""

    code: ClassVar[str] = "calls_too_many"


class TokenNameMissing(Refused):
    """A program needs a name, so that its owner knows later whom to stop."""

    code: ClassVar[str] = "token_name_missing"


class ScopeUnknown(Refused):
    """There is nothing like that to be allowed; `known` are the scopes there are."""

    code: ClassVar[str] = "scope_unknown"


def hash_token(token: str) -> str:
    """What is kept of a secret. Plain SHA-256 is enough: it is random, nobody can guess through the hash.

    Looking it up by its hash also takes the same time however much of it is right.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def read_token_name(typed: str) -> str:
    name = " ".join(typed.replace("\0", " ").split())[:NAME_LENGTH_MAX].strip()
    if not name:
        raise TokenNameMissing()
    return name


def admit_scopes(scopes: Collection[str]) -> list[str]:
    """What a program may be allowed, each once and in order."""
    if not scopes or not SCOPES.issuperset(scopes):
        raise ScopeUnknown(known=sorted(SCOPES))
    return sorted(set(scopes))


def admit_call(*, scopes: Collection[str], wanted: str, recent: Collection[datetime], at: datetime) -> None:
    """`recent` are the calls of the last minute."""
    if wanted not in scopes:
        raise ScopeMissing(scope=wanted)
    if len(recent) >= CALLS_PER_MINUTE_MAX:
        oldest = sorted(recent)[-CALLS_PER_MINUTE_MAX]
        raise CallsTooMany(most=CALLS_PER_MINUTE_MAX, wait_s=max(1, round((oldest + CALL_WINDOW - at).total_seconds())))
