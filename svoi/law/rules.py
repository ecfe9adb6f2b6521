"""What may be agreed to and withdrawn, and when an export or an erasure may go on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.kernel.refused import Refused

PROFILES = ("ru", "intl")
CONSENTS = ("processing", "marketing", "transfer")
PAGES = ("privacy", "terms", "cookies", "recommendations")
KINDS = (*CONSENTS, *PAGES)
CHANNELS = ("sign_up", "own_page", "checkout", "erasure")
EXPORT_KEPT_DAYS = 7
EXPORT_REST_S = 60 * 60
LINK_LIVES_S = 15 * 60
ERASURE_COOLS_DOWN_DAYS = 3
ERASURE_LATEST_DAYS = 30  # 152-FZ, article 21: the longest a shop may take


class ConsentMissing(Refused):
    """Without consent to the processing of personal data there can be no account in this profile."""

    code: ClassVar[str] = "consent_missing"


class ConsentTextMoved(Refused):
    """The text changed between reading and agreeing: nobody agrees to what she did not see."""

    code: ClassVar[str] = "consent_text_moved"


class ConsentUnknown(Refused):
    """There is no such consent, or none that stands."""

    code: ClassVar[str] = "consent_unknown"


class ConsentEndsAccount(Refused):
    """Processing cannot stop while the account goes on: it is withdrawn by erasing the account."""

    code: ClassVar[str] = "consent_ends_account"


class ExportTooSoon(Refused):
    """The last export was asked for a moment ago; the next opens after `wait_s` seconds."""

    code: ClassVar[str] = "export_too_soon"


class ErasureWaitsForOrders(Refused):
    """Orders are under way: they have to be collected, cancelled or returned first."""

    code: ClassVar[str] = "erasure_waits_for_orders"


class ErasureWaitsForCommunity(Refused):
    """She is the last owner of a community; somebody else has to become one first."""

    code: ClassVar[str] = "erasure_waits_for_community"


def hash_text(body: str) -> str:
    """What a text is known by: anybody can compute it from the text itself."""
    return hashlib.sha256(body.encode()).hexdigest()


def needed_consents(*, profile: str) -> frozenset[str]:
    """Without which there is no account."""
    return frozenset({"processing"}) if profile == "ru" else frozenset()


def admit_newcomer(*, profile: str, agreed: Collection[str]) -> None:
    """Every needed consent is given, each by a mark of its own."""
    if needed_consents(profile=profile) - set(agreed):
        raise ConsentMissing()


def admit_consent(*, kind: str, known: bool) -> None:
    """A consent is of a known kind and to the text that is in force."""
    if kind not in CONSENTS:
        raise ConsentUnknown()
    if not known:
        raise ConsentTextMoved()


def admit_withdrawal(*, kind: str, stands: bool, profile: str) -> None:
    """What stands may be withdrawn at any moment; what the account rests on, together with the account."""
    if not stands:
        raise ConsentUnknown()
    if kind in needed_consents(profile=profile):
        raise ConsentEndsAccount()


def admit_export(*, asked_at: Sequence[datetime], at: datetime) -> None:
    """One export an hour: each of them reads everything that is known about a person."""
    waits = [moment + timedelta(seconds=EXPORT_REST_S) - at for moment in asked_at]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise ExportTooSoon(wait_s=max(1, round(longest.total_seconds())))


def export_gone_at(ready_at: datetime) -> datetime:
    """An export lies ready for so long."""
    return ready_at + timedelta(days=EXPORT_KEPT_DAYS)


def erasure_due_at(asked_at: datetime) -> datetime:
    """Until then she may change her mind."""
    return asked_at + timedelta(days=ERASURE_COOLS_DOWN_DAYS)


def admit_erasure(*, orders_under_way: int, communities_left_alone: Sequence[str]) -> None:
    """Nobody else may be left with what she began."""
    if orders_under_way:
        raise ErasureWaitsForOrders(orders=orders_under_way)
    if communities_left_alone:
        raise ErasureWaitsForCommunity(communities=", ".join(communities_left_alone))
