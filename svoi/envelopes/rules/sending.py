"""Who may send an envelope, and what may be in it. Points only, never money; defaults are the community's to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from svoi.envelopes.rules.limits import Limits
from svoi.kernel.refused import Refused
from svoi.points.rules import budget_account, points_account

MODES = ("random", "equal", "tea", "addressed")
PLACES = ("show", "community")
PURSES = ("budget", "own")
TO_GUESTS = frozenset({"tea", "addressed"})
SHARES_MAX = 10_000
TOTAL_MAX = 10_000_000
GREETING_LENGTH_MAX = 140
TEA_MINUTES_MAX = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An envelope before it exists: `total` points in `shares`, each at least `least`."""

    mode: str
    purse: str
    total: int
    shares: int
    least: int = 1
    guests: int = 0  # how many are on its list, where only guests take part


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: a role that may spend the budget, how long she belongs, and her last one."""

    may_spend_budget: bool
    joined_at: datetime | None
    last_sent_at: datetime | None


class PotUnfit(Refused):
    """The points do not fit the shares: `total` for `shares` of `least` each, up to `total_max` and `shares_max`."""

    code: ClassVar[str] = "pot_unfit"


class PotUneven(Refused):
    """Equal shares must come out even: `total` is not `shares` times the same."""

    code: ClassVar[str] = "pot_uneven"


class GuestsMissing(Refused):
    """Nobody is on the list of those this envelope is for."""

    code: ClassVar[str] = "guests_missing"


class TooNewToSend(Refused):
    """Members send envelopes of their own from `since` on."""

    code: ClassVar[str] = "too_new_to_send"


class SendingTooSoon(Refused):
    """The next envelope may follow in `wait_s` seconds."""

    code: ClassVar[str] = "sending_too_soon"


class GreetingTooLong(Refused):
    """A greeting has `length_max` letters at most."""

    code: ClassVar[str] = "greeting_too_long"


class NoPurse(Refused):
    """The budget is spent by the crew alone; anybody else gives of her own."""

    code: ClassVar[str] = "no_purse"


def admit_sending(wish: Wish, sender: Sender, limits: Limits, *, at: datetime) -> None:
    """Raise what stands against this envelope; nobody's purse is looked at here, the ledger does that."""
    assert wish.mode in MODES
    assert wish.purse in PURSES
    _admit_sender(wish, sender, limits, at)
    total_max = TOTAL_MAX if wish.purse == "budget" else limits.own_total_max
    fits = 1 <= wish.shares <= SHARES_MAX and wish.least >= 1 and wish.shares * wish.least <= wish.total <= total_max
    if not fits:
        raise PotUnfit(
            total=wish.total, shares=wish.shares, least=wish.least, total_max=total_max, shares_max=SHARES_MAX
        )
    if wish.mode == "equal" and wish.total % wish.shares:
        raise PotUneven(total=wish.total, shares=wish.shares)
    if wish.mode in TO_GUESTS and not wish.guests:
        raise GuestsMissing()


def _admit_sender(wish: Wish, sender: Sender, limits: Limits, at: datetime) -> None:
    if wish.purse == "budget":
        if not sender.may_spend_budget:
            raise NoPurse()
        return
    since = sender.joined_at + timedelta(days=limits.sender_age_days) if sender.joined_at else None
    if since is None or at < since:
        raise TooNewToSend(since=since)
    if sender.last_sent_at is not None:
        wait_s = limits.sender_pause_s - (at - sender.last_sent_at).total_seconds()
        if wait_s > 0:
            raise SendingTooSoon(wait_s=max(1, round(wait_s)))


def envelope_ends(limits: Limits, *, at: datetime) -> datetime:
    """When an envelope sent now gives back what nobody took."""
    return at + timedelta(hours=limits.life_hours)


def read_greeting(typed: str) -> str:
    """A greeting without stray spaces; raises `GreetingTooLong`."""
    words = " ".join(typed.replace("\0", " ").split())
    if len(words) > GREETING_LENGTH_MAX:
        raise GreetingTooLong(length_max=GREETING_LENGTH_MAX)
    return words


def purse_account(purse: str, *, community_id: int, member_id: int) -> str:
    """The ledger account an envelope is filled from, and the rest goes back to."""
    return budget_account(community_id) if purse == "budget" else points_account(community_id, member_id)
