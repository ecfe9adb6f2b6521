"""The budget, earning with and without it, running out, and rules that follow each other."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction

from svoi.kernel.money import Money
from svoi.kernel.refused import SentBefore
from svoi.ledger.queries import check_ledger
from svoi.points.actions import (
    change_policy,
    expire_points,
    forget_points,
    fund_budget,
    give_points_back,
    hold_points,
    pay_owed,
    release_points,
    spend_points,
    take_back_budget,
)
from svoi.points.models import BudgetChange, Earning, PointsPolicy
from svoi.points.queries import (
    Book,
    book_of,
    budget_of,
    communities_with_points,
    owed_to,
    statement_of,
    terms_at,
    terms_of,
    wallet_of,
)
from svoi.points.rules import BudgetShort, PointsOverShare, PointsShort, Terms
from tests import cast
from tests.cast import NOON
from tests.orders.way import refuses
from tests.points.bank import earned, has, in_budget, issued, points_on

DAY = timedelta(days=1)


def lay_down(place, member, amount: int, *, subject: str = "order:1", total: int = 1_000_000) -> None:
    hold_points(community_id=place.pk, member_id=member.pk, subject=subject, amount=amount, total=Money(total), at=NOON)


def about(place, member, amount: int, subject: str = "order:1") -> dict:
    return {"community_id": place.pk, "member_id": member.pk, "subject": subject, "amount": amount, "at": NOON}


def test_a_budget_is_filled_and_taken_back_openly_and_once_per_tap(table, anna):
    key = uuid4()
    for _ in range(2):
        fund_budget(community=table, amount=500, reason="День бренда", by=anna, key=key, at=NOON)
    take_back_budget(community=table, amount=200, reason="Передумали", by=anna, key=uuid4(), at=NOON)
    assert (in_budget(table), issued(table)) == (300, 300)
    assert list(BudgetChange.objects.order_by("id").values_list("amount", "reason", "changed_by_id")) == [
        (500, "День бренда", anna.pk),
        (-200, "Передумали", anna.pk),
    ]
    told = {"community_id": table.pk, "by_id": anna.pk}
    assert cast.recorded("budget_funded") == [("budget_funded", {**told, "amount": 500, "reason": "День бренда"})]
    assert cast.recorded("budget_taken_back") == [
        ("budget_taken_back", {**told, "amount": 200, "reason": "Передумали"})
    ]


def test_a_key_that_changed_the_budget_otherwise_changes_nothing(table, anna):
    key = uuid4()
    fund_budget(community=table, amount=500, reason="День бренда", by=anna, key=key, at=NOON)
    for amount, reason in ((600, "День бренда"), (500, "Другое")):
        with refuses(SentBefore):
            fund_budget(community=table, amount=amount, reason=reason, by=anna, key=key, at=NOON)
    assert BudgetChange.objects.count() == 1


def test_more_than_is_in_the_budget_is_not_taken_back(table, anna):
    points_on(table, anna, budget=100)
    with refuses(BudgetShort):
        take_back_budget(community=table, amount=101, reason="x", by=anna, key=uuid4(), at=NOON)
    assert (in_budget(table), BudgetChange.objects.count()) == (100, 1)


def test_what_was_written_about_budget_and_rules_stays(table, anna):
    points_on(table, anna, budget=100)
    for rows in (BudgetChange.objects, PointsPolicy.objects):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            rows.all().delete()


def test_rules_follow_each_other_and_each_change_is_told(table, anna):
    assert terms_of(table.pk) == Terms()
    first = change_policy(community=table, earn_percent=5, spend_percent=30, life_days=365, by=anna, at=NOON)
    same = change_policy(community=table, earn_percent=5, spend_percent=30, life_days=365, by=anna, at=NOON + DAY)
    change_policy(community=table, earn_percent=0, spend_percent=30, life_days=0, by=anna, at=NOON + 2 * DAY)
    assert same == first
    assert terms_at(table.pk, NOON + DAY) == Terms(5, 30, 365, NOON)
    assert terms_of(table.pk) == Terms(0, 30, 0, NOON + 2 * DAY)
    assert len(cast.recorded("points_policy_changed")) == 2


def test_the_budget_gives_what_was_earned_once(table, anna, vera):
    points_on(table, anna, budget=1_000)
    for _ in range(2):
        earned(table, vera, 150, subject="order:9")
    assert (has(table, vera), in_budget(table), issued(table)) == ((150, 150), 850, 1_000)
    assert len(cast.recorded("points_earned")) == 1
    assert check_ledger() == []


def test_a_short_budget_owes_in_the_order_of_waiting_and_pays_when_filled(table, anna, vera, boris):
    points_on(table, anna, budget=100)
    earned(table, vera, 150, subject="order:1")
    earned(table, boris, 50, subject="order:2")
    assert (has(table, vera), has(table, boris), in_budget(table)) == ((0, 0), (0, 0), 100)
    assert [told["subject"] for _, told in cast.recorded("points_owed")] == ["order:1", "order:2"]
    assert owed_to(community_id=table.pk, member_id=vera.pk) == 150
    assert pay_owed(at=NOON) == 0
    fund_budget(community=table, amount=60, reason="x", by=anna, key=uuid4(), at=NOON)
    assert pay_owed(at=NOON) == 1
    assert (has(table, vera)[0], has(table, boris)[0], in_budget(table)) == (150, 0, 10)
    fund_budget(community=table, amount=40, reason="x", by=anna, key=uuid4(), at=NOON)
    assert pay_owed(at=NOON) == 1
    assert (has(table, boris)[0], in_budget(table), book_of(table.pk).owed) == (50, 0, 0)


def test_one_empty_budget_does_not_keep_another_community_waiting(table, cellar, anna, vera):
    points_on(table, anna)
    points_on(cellar, anna)
    earned(table, vera, 10)
    earned(cellar, vera, 20)
    fund_budget(community=cellar, amount=20, reason="x", by=anna, key=uuid4(), at=NOON)
    assert pay_owed(at=NOON) == 1
    assert communities_with_points(vera.pk) == [(table, 0), (cellar, 20)]


def test_without_rules_nothing_is_earned_and_the_rules_of_the_order_hold(table, anna, vera):
    earned(table, vera, 10, at=NOON)
    change_policy(community=table, earn_percent=10, spend_percent=30, life_days=0, by=anna, at=NOON + DAY)
    earned(table, vera, 10, at=NOON)
    assert Earning.objects.count() == 0


def test_points_are_laid_down_spent_and_given_back(table, anna, vera):
    points_on(table, anna, budget=1_000)
    earned(table, vera, 300)
    lay_down(table, vera, 200)
    assert has(table, vera) == (300, 100)
    spend_points(**about(table, vera, 200))
    assert (has(table, vera), issued(table)) == ((100, 100), 800)
    give_points_back(**about(table, vera, 50), key="return:1")
    give_points_back(**about(table, vera, 50), key="return:1")
    assert (has(table, vera), issued(table)) == ((150, 150), 850)
    assert [(row.amount, row.reason, row.subject) for row in statement_of(community_id=table.pk, member_id=vera.pk)][
        :2
    ] == [(50, "given_back", "order:1"), (-200, "spent", "order:1")]
    assert check_ledger() == []


def test_points_that_were_laid_down_are_free_again(table, anna, vera):
    points_on(table, anna, budget=1_000)
    earned(table, vera, 300)
    lay_down(table, vera, 300)
    with refuses(PointsShort):
        lay_down(table, vera, 1, subject="order:2")
    release_points(**about(table, vera, 300))
    with refuses(PointsOverShare):
        lay_down(table, vera, 300, subject="order:2", total=10_000)
    assert has(table, vera) == (300, 300)


def test_points_run_out_oldest_first_but_not_those_laid_down(table, anna, vera):
    points_on(table, anna, budget=1_000, life=30)
    earned(table, vera, 100, at=NOON)
    earned(table, vera, 50, at=NOON + 10 * DAY)
    lay_down(table, vera, 70)
    late = NOON + 31 * DAY
    assert [(lot.amount, lot.expires_at) for lot in wallet_of(community_id=table.pk, member_id=vera.pk).lots] == [
        (30, NOON + 30 * DAY),
        (50, NOON + 40 * DAY),
    ]
    assert [expire_points(at=late), expire_points(at=late)] == [1, 0]
    assert has(table, vera) == (120, 50)
    release_points(**about(table, vera, 70))
    assert [expire_points(at=late), expire_points(at=late)] == [1, 0]
    assert (has(table, vera), issued(table), in_budget(table)) == ((50, 50), 900, 850)
    assert check_ledger() == []


def test_points_without_days_stay(table, anna, vera):
    points_on(table, anna, budget=100, life=0)
    earned(table, vera, 100)
    assert expire_points(at=NOON + 9_000 * DAY) == 0
    assert has(table, vera) == (100, 100)


def test_who_is_forgotten_takes_no_points_along(table, anna, vera):
    points_on(table, anna, budget=100)
    earned(table, vera, 100)
    earned(table, vera, 10)
    assert forget_points(member_id=vera.pk, at=NOON) == 100
    assert (has(table, vera), Earning.objects.filter(paid_at=None).count(), issued(table)) == ((0, 0), 0, 0)


def test_the_book_adds_up(table, anna, vera):
    points_on(table, anna, budget=1_000)
    earned(table, vera, 300, subject="order:1")
    earned(table, vera, 900, subject="order:2")
    lay_down(table, vera, 200)
    spend_points(**about(table, vera, 200))
    lay_down(table, vera, 40, subject="order:3")
    give_points_back(**about(table, vera, 80), key="return:1")
    take_back_budget(community=table, amount=100, reason="x", by=anna, key=uuid4(), at=NOON)
    book = book_of(table.pk)
    assert book == Book(
        budget=600, members=180, held=40, pots=0, funded=1_000, taken_back=100, earned=300, spent=120, expired=0,
        owed=900,
    )  # fmt: skip
    assert book.liability == 180
    assert budget_of(table.pk) == (book.put_up, book.budget) == (900, 600)
    assert book.funded - book.taken_back == book.budget + book.liability + book.spent + book.expired
