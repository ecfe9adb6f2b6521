"""Who may send and take, decided over values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from svoi.envelopes.rules import (
    Claimant,
    Limits,
    Sealed,
    Sender,
    Wish,
    admit_claimant,
    admit_sending,
    read_greeting,
    read_limits,
)
from svoi.kernel.refused import Refused
from tests.cast import NOON

LIMITS = Limits()
OLD = NOON - timedelta(days=100)
CREW = Sender(may_spend_budget=True, joined_at=OLD, last_sent_at=None)
MEMBER = Sender(may_spend_budget=False, joined_at=OLD, last_sent_at=None)
OPEN = Sealed("random", NOON + timedelta(hours=1), "", age_days=7, daily_shares_max=5, pause_s=10)
HERS = Claimant(OLD, 0, None, is_guest=False)


def wish(**told: object) -> Wish:
    return Wish(**{"mode": "random", "purse": "budget", "total": 100, "shares": 5, **told})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "sender", "code"),
    [
        (wish(), MEMBER, "no_purse"),
        (wish(purse="own"), replace(MEMBER, joined_at=None), "too_new_to_send"),
        (wish(purse="own"), replace(MEMBER, joined_at=NOON - timedelta(days=29)), "too_new_to_send"),
        (wish(purse="own"), replace(MEMBER, last_sent_at=NOON - timedelta(seconds=599)), "sending_too_soon"),
        (wish(purse="own", total=5_001), MEMBER, "pot_unfit"),
        (wish(total=4), CREW, "pot_unfit"),
        (wish(shares=0), CREW, "pot_unfit"),
        (wish(shares=10_001, total=20_000), CREW, "pot_unfit"),
        (wish(least=0), CREW, "pot_unfit"),
        (wish(total=10_000_001), CREW, "pot_unfit"),
        (wish(mode="equal", total=101), CREW, "pot_uneven"),
        (wish(mode="tea"), CREW, "guests_missing"),
        (wish(mode="addressed"), CREW, "guests_missing"),
    ],
)
def test_what_is_not_sent(asked: Wish, sender: Sender, code: str) -> None:
    with pytest.raises(Refused) as refused:
        admit_sending(asked, sender, LIMITS, at=NOON)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("asked", "sender"),
    [
        (wish(), CREW),
        (wish(mode="equal"), CREW),
        (wish(mode="tea", guests=1), CREW),
        (wish(purse="own", total=5_000), replace(MEMBER, last_sent_at=NOON - timedelta(seconds=600))),
        (wish(purse="own"), replace(MEMBER, joined_at=NOON - timedelta(days=30))),
    ],
)
def test_what_is_sent(asked: Wish, sender: Sender) -> None:
    admit_sending(asked, sender, LIMITS, at=NOON)


@pytest.mark.parametrize(
    ("envelope", "claimant", "code", "facts"),
    [
        (replace(OPEN, closed_for="empty"), replace(HERS, joined_at=None), "not_one_of_us", {}),
        (replace(OPEN, mode="tea", closed_for="empty"), HERS, "not_a_guest", {}),
        (replace(OPEN, closed_for="empty"), HERS, "envelope_empty", {}),
        (replace(OPEN, closed_for="expired"), HERS, "envelope_over", {}),
        (replace(OPEN, expires_at=NOON), HERS, "envelope_over", {}),
        (
            OPEN,
            replace(HERS, joined_at=NOON - timedelta(days=6)),
            "too_new_to_take",
            {"since": NOON + timedelta(days=1)},
        ),
        (OPEN, replace(HERS, taken_today=5), "cap_reached", {"most": 5}),
        (OPEN, replace(HERS, last_taken_at=NOON - timedelta(seconds=4)), "taken_too_soon", {"wait_s": 6}),
    ],
)
def test_who_does_not_take(envelope: Sealed, claimant: Claimant, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        admit_claimant(envelope, claimant, at=NOON)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@pytest.mark.parametrize(
    ("envelope", "claimant"),
    [
        (OPEN, HERS),
        (OPEN, Claimant(NOON - timedelta(days=7), 4, NOON - timedelta(seconds=10), is_guest=False)),
        (replace(OPEN, mode="tea"), replace(HERS, is_guest=True)),
    ],
)
def test_who_takes(envelope: Sealed, claimant: Claimant) -> None:
    admit_claimant(envelope, claimant, at=NOON)


@pytest.mark.parametrize("typed", ["", "-1", "366", "7.5", "٣", "9" * 12])
def test_a_limit_is_a_number_within_bounds(typed: str) -> None:
    good = {name: str(value) for name, value in LIMITS.as_columns().items()}
    assert read_limits(good) == LIMITS
    with pytest.raises(Refused) as refused:
        read_limits({**good, "age_days": typed})
    assert refused.value.facts == {"name": "age_days", "least": 0, "most": 365}


def test_a_greeting_is_short_and_clean() -> None:
    assert read_greeting(" с\0 чаем \n") == "с чаем"
    with pytest.raises(Refused):
        read_greeting("ы" * 141)
