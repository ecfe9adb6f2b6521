"""Moving money and points between accounts: all of it through one SQL function, in one round trip.

Several transfers of one transaction belong into one call: only within a call are accounts locked in key order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from svoi.db.transaction import atomic
from svoi.kernel.money import Money
from svoi.ledger.models import Account, Checkpoint, Transfer
from svoi.ledger.rules import ENDED, REFUSALS, Leg, Wanted, check_key, kind_of, two_legs

POST_SQL = "select * from svoi_ledger_post_v1(%s, %s, %s) order by place"
ALONE_SQL = "select pg_try_advisory_xact_lock(hashtextextended('svoi_ledger', 0))"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one transfer of a batch: `done`, `repeated`, or the code of a refusal with its facts."""

    key: str
    code: str
    transfer_id: int | None
    at: datetime | None
    account: str | None
    left_minor: int | None

    def facts(self) -> dict[str, Any]:
        short = {"account": self.account, "left_minor": self.left_minor} if self.account else {}
        return {"key": self.key, **short}


@atomic
def transfer(
    *, key: str, debit: str, credit: str, amount: Money, reason: str, subject: str = "", at: datetime
) -> Transfer:
    """Move an amount: `debit` is lowered, `credit` raised. The same key is the same transfer."""
    legs = two_legs(debit=debit, credit=credit, amount=amount)
    return _post_one(Wanted(key=key, legs=legs, reason=reason, subject=subject), at=at)


@atomic
def post_many(*, key: str, legs: Sequence[Leg], reason: str, subject: str = "", at: datetime) -> Transfer:
    """Move amounts between any number of accounts in one transfer; the legs sum to zero."""
    return _post_one(Wanted(key=key, legs=tuple(legs), reason=reason, subject=subject), at=at)


@atomic
def hold(*, key: str, debit: str, credit: str, amount: Money, reason: str, subject: str = "", at: datetime) -> Transfer:
    """Promise an amount: `debit` can no longer give it to others, `credit` has it only once the hold is posted."""
    legs = two_legs(debit=debit, credit=credit, amount=amount)
    return _post_one(Wanted(key=key, legs=legs, reason=reason, subject=subject, held=True), at=at)


@atomic
def post(*, key: str, amount: Money | None = None, at: datetime) -> Transfer:
    """Move what was held under this key, or a part of it; the rest is free again."""
    if amount is not None and amount.minor <= 0:
        raise ValueError("a posting moves something; what moves nothing is a voiding")
    return _end("posting", key, amount, at)


@atomic
def void(*, key: str, at: datetime) -> Transfer:
    """Give up what was held under this key."""
    return _end("voiding", key, None, at)


@atomic
def post_batch(*, wanted: Sequence[Wanted], at: datetime) -> list[Outcome]:
    """Put many transfers and holds on record in their order; one that is refused does not stop the others."""
    return _post([_told(one) for one in wanted], _accounts(leg for one in wanted for leg in one.legs), at)


@atomic
def take_checkpoint(*, account: str, at: datetime) -> Checkpoint | None:
    """Note what a collecting account comes to by now, so that its sum is short again.

    Returns None while somebody is writing entries; the caller tries again later, since orders do not wait for this.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALONE_SQL)
        if not cursor.fetchone()[0]:
            return None
    kept = Account.objects.get(key=account)
    Checkpoint.objects.bulk_create([Checkpoint(account=kept, at=at)], ignore_conflicts=True)
    return Checkpoint.objects.filter(account=kept).latest("entry_id")


def _post_one(wanted: Wanted, *, at: datetime) -> Transfer:
    outcome = _post([_told(wanted)], _accounts(wanted.legs), at)[0]
    kind = "hold" if wanted.held else "transfer"
    return _made(outcome, kind=kind, reason=wanted.reason, subject=wanted.subject)


def _end(kind: str, key: str, amount: Money | None, at: datetime) -> Transfer:
    check_key(key)
    asked: dict[str, Any] = {"key": key + ENDED, "kind": kind, "hold": key, "reason": kind, "subject": ""}
    if amount is not None:
        asked |= {"amount": amount.minor, "currency": amount.currency}
    outcome = _post([asked], [], at)[0]
    made = _made(outcome, kind=kind, reason=kind, subject="")
    made.hold = Transfer.objects.get(key=key)
    return made


def _made(outcome: Outcome, **told: Any) -> Transfer:
    """The row that the database wrote, without reading it again; or the refusal."""
    if outcome.code in REFUSALS:
        raise REFUSALS[outcome.code](**outcome.facts())
    assert outcome.at is not None
    made = Transfer(pk=outcome.transfer_id, key=outcome.key, at=outcome.at, **told)
    made._state.adding = False  # noqa: SLF001 - the documented way to say that a row is there already
    return made


def _told(wanted: Wanted) -> dict[str, Any]:
    return {
        "key": wanted.key,
        "kind": "hold" if wanted.held else "transfer",
        "reason": wanted.reason,
        "subject": wanted.subject,
        "currency": wanted.legs[0].amount.currency,
        "legs": sorted([leg.account, leg.amount.minor] for leg in wanted.legs),
    }


def _accounts(legs: Iterable[Leg]) -> list[dict[str, Any]]:
    currencies: dict[str, str] = {}
    for leg in legs:
        currencies.setdefault(leg.account, leg.amount.currency)
    opened = ((key, kind_of(key), currency) for key, currency in currencies.items())
    return [
        {
            "key": key,
            "currency": currency,
            "may_go_negative": kind.may_go_negative,
            "keeps_balance": kind.keeps_balance,
        }
        for key, kind, currency in opened
    ]


def _post(asked: list[dict[str, Any]], accounts: list[dict[str, Any]], at: datetime) -> list[Outcome]:
    with connection.cursor() as cursor:
        cursor.execute(POST_SQL, [json.dumps(asked), json.dumps(accounts), at])
        told = cursor.fetchall()
    return [Outcome(one["key"], *rest) for one, (_place, *rest) in zip(asked, told, strict=True)]
