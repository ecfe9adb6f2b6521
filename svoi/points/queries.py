"""Reading points: the rules in force, what a member has and why, and what the shop promised."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from svoi.communities.models import Community
from svoi.ledger.models import AccountBalance, Entry
from svoi.ledger.queries import balance
from svoi.points.models import BudgetChange, Earning, PointsPolicy
from svoi.points.rules import POINTS, Lot, Move, Terms, budget_account, issued_account, lots_left, points_account

STATEMENT_ROWS = 50
CHANGES_SHOWN = 20
OWED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Wallet:
    """What a member has in a community: `held` of `whole` is laid down for unpaid orders; `lots` are what is free."""

    whole: int
    held: int
    lots: tuple[Lot, ...]

    @property
    def free(self) -> int:
        return self.whole - self.held


@dataclass(frozen=True, slots=True)
class Row:
    """One movement of a member's points, and the subject it is about."""

    entry_id: int
    amount: int
    reason: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The points of a community. What was issued is in the budget, with members or in pots; `spent` is net."""

    budget: int
    members: int
    held: int
    pots: int
    funded: int
    taken_back: int
    earned: int
    spent: int
    expired: int
    owed: int

    @property
    def put_up(self) -> int:
        """What the shop put into the budget, less what it took back."""
        return self.funded - self.taken_back

    @property
    def liability(self) -> int:
        """What the shop may be asked to honour."""
        return self.members + self.pots


def terms_of(community_id: int) -> Terms:
    """The rules now; without any on record, points are neither earned nor run on."""
    latest = PointsPolicy.objects.filter(community_id=community_id).order_by("-since_at", "-id").first()
    return latest.terms if latest else Terms()


def terms_at(community_id: int, at: datetime) -> Terms:
    """The rules that were in force then."""
    then = PointsPolicy.objects.filter(community_id=community_id, since_at__lte=at)
    latest = then.order_by("-since_at", "-id").first()
    return latest.terms if latest else Terms()


def life_in_force(community_id: int) -> Callable[[datetime], int]:
    """A function from a moment to how many days points lived that came then; one query."""
    policies = PointsPolicy.objects.filter(community_id=community_id).order_by("since_at", "id")
    known = list(policies.values_list("since_at", "life_days"))
    since = [moment for moment, _ in known]

    def life_at(at: datetime) -> int:
        place = bisect_right(since, at)
        return known[place - 1][1] if place else Terms().life_days

    return life_at


def wallet_of(*, community_id: int, member_id: int) -> Wallet:
    """What she has here, and when what of it runs out; three queries."""
    account = points_account(community_id, member_id)
    kept = AccountBalance.objects.filter(account__key=account).first()
    whole, held = (kept.posted_minor, kept.held_minor) if kept else (0, 0)
    entries = Entry.objects.filter(account__key=account, layer="posted").order_by("id")
    moves = [Move(amount, at) for amount, at in entries.values_list("amount_minor", "transfer__at")]
    return Wallet(whole, held, tuple(lots_left(moves, held=held, life_at=life_in_force(community_id))))


def free_points(*, community_id: int, member_id: int) -> int:
    """What she can lay down now; one query."""
    kept = AccountBalance.objects.filter(account__key=points_account(community_id, member_id)).first()
    return kept.posted_minor - kept.held_minor if kept else 0


def moves_in(community_id: int) -> QuerySet[Any]:
    """What moved members' points in a community, the newest first, each with `why`, `about` and its account."""
    entries = Entry.objects.filter(account__key__startswith=f"points:{community_id}:", layer="posted")
    return _told(entries).select_related("account", "transfer").order_by("-id")


def statement_of(*, community_id: int, member_id: int, after: int | None = None) -> list[Row]:
    """A page of her movements and one row more, the newest first, behind the entry `after`."""
    entries = _told(Entry.objects.filter(account__key=points_account(community_id, member_id), layer="posted"))
    if after:
        entries = entries.filter(pk__lt=after)
    told = entries.order_by("-id").values_list("pk", "amount_minor", "why", "about", "transfer__at")
    return [Row(*one) for one in told[: STATEMENT_ROWS + 1]]


def communities_with_points(member_id: int) -> list[tuple[Community, int]]:
    """Where she earned points at any time, with how many she has; the oldest community first."""
    keys = {points_account(one.pk, member_id): one for one in Community.objects.order_by("pk")}
    kept = AccountBalance.objects.filter(account__key__in=keys)
    lying = dict(kept.values_list("account__key", "posted_minor"))
    return [(one, lying[key]) for key, one in keys.items() if key in lying]


def book_of(community_id: int) -> Book:
    """Everything the shop's page says in sums; six queries."""
    issued, budget = issued_account(community_id), budget_account(community_id)
    with_members = AccountBalance.objects.filter(account__key__startswith=f"points:{community_id}:")
    sums = with_members.aggregate(whole=Sum("posted_minor"), held=Sum("held_minor"))
    gone, given = _by_reason(issued), _by_reason(budget)
    left = balance(budget, currency=POINTS).minor
    members, everywhere = sums["whole"] or 0, -sum(gone.values())
    owed = Earning.objects.filter(community_id=community_id, paid_at=None).aggregate(whole=Sum("amount"))["whole"]
    return Book(
        budget=left,
        members=members,
        held=sums["held"] or 0,
        pots=everywhere - left - members,
        funded=given.get("funded", 0),
        taken_back=-given.get("taken_back", 0),
        earned=-given.get("earned", 0),
        spent=gone.get("spent", 0) + gone.get("given_back", 0),
        expired=gone.get("expired", 0) + gone.get("left", 0),
        owed=owed or 0,
    )


def budget_of(community_id: int) -> tuple[int, int]:
    """What the shop put up, less what it took back, and what of it nobody has yet; two short queries."""
    put_up = BudgetChange.objects.filter(community_id=community_id).aggregate(whole=Sum("amount"))["whole"] or 0
    return put_up, balance(budget_account(community_id), currency=POINTS).minor


def budget_changes(community_id: int, *, most: int = CHANGES_SHOWN) -> list[BudgetChange]:
    """Who filled the budget or took from it, the newest first."""
    found = BudgetChange.objects.filter(community_id=community_id).select_related("changed_by")
    return list(found.order_by("-id")[:most])


def earnings_owed(community_id: int, *, most: int = OWED_SHOWN) -> list[Earning]:
    """What waits for the budget, the longest waiting first."""
    found = Earning.objects.filter(community_id=community_id, paid_at=None).select_related("member")
    return list(found.order_by("id")[:most])


def owed_to(*, community_id: int, member_id: int) -> int:
    """What a member earned and the budget could not give yet."""
    found = Earning.objects.filter(community_id=community_id, member_id=member_id, paid_at=None)
    return found.aggregate(whole=Sum("amount"))["whole"] or 0


def _by_reason(account: str) -> dict[str, int]:
    entries = _told(Entry.objects.filter(account__key=account, layer="posted"))
    return dict(entries.order_by().values_list("why").annotate(Sum("amount_minor")))


def _told(entries: QuerySet[Any]) -> QuerySet[Any]:
    """With `why` and `about`; of a posting those of its hold."""
    about = Coalesce(
        NullIf("transfer__hold__subject", Value("")), F("transfer__subject"), output_field=CharField(max_length=40)
    )
    told: QuerySet[Any] = entries.annotate(why=Coalesce("transfer__hold__reason", "transfer__reason"), about=about)
    return told
