"""The budget page: sums that add up, who waits, a budget changed openly, rules that owners set, and the lists."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from svoi.points.models import BudgetChange, PointsPolicy
from svoi.points.queries import terms_of
from svoi.points.rules import Terms
from tests import cast
from tests.points.bank import earned, has, in_budget, points_on
from tests.studio.shop import shelf
from tests.studio.stage import signed

BUDGET = "/studio/table/budget/"


def changes(desk, **fields) -> int:
    filled = {"verb": "fund", "amount": "500", "reason": "День бренда", "key": str(uuid4()), **fields}
    return desk.post(BUDGET + "changes", filled).status_code


def refused(desk, address: str, **fields) -> tuple[int, str]:
    answer = desk.post(BUDGET + address, fields)
    return answer.status_code, answer.context["told"].code


def test_the_page_adds_up_and_names_who_waits(desk, table, anna, vera, boris, order):
    points_on(table, anna, budget=400)
    earned(table, boris, 300)
    earned(table, vera, 150, subject=order.subject)
    page = desk.get(BUDGET)
    book = page.context["book"]
    assert (book.budget, book.liability, book.owed, book.put_up) == (100, 300, 150, 400)
    assert [(one.amount, of.pk) for one, of in page.context["owed"]] == [(150, order.pk)]
    body = page.content.decode()
    assert [words in body for words in (order.number, "Vera", "Праздник", "Anna")] == [True] * 4


def test_an_empty_page_says_what_to_do(desk):
    page = desk.get(BUDGET)
    assert (page.context["terms"], page.context["changes"]) == (Terms(), [])
    assert "Ещё ничего не\u00a0внесено" in page.content.decode()


def test_a_keeper_fills_and_takes_back_once_per_tap(desk, table, anna):
    key = str(uuid4())
    assert [changes(desk, key=key) for _ in range(2)] == [302, 302]
    assert changes(desk, verb="take_back", amount="200", reason="Передумали") == 302
    assert in_budget(table) == 300
    assert list(BudgetChange.objects.order_by("id").values_list("amount", "changed_by_id")) == [
        (500, anna.pk),
        (-200, anna.pk),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"amount": "0"}, 422, "budget_change_out_of_range"),
        ({"amount": "-5"}, 422, "budget_change_out_of_range"),
        ({"amount": "много"}, 422, "budget_change_out_of_range"),
        ({"reason": "  "}, 422, "budget_unworded"),
        ({"verb": "take_back"}, 409, "budget_short"),
        ({"verb": "print"}, 422, "unreadable"),
        ({"key": "x"}, 422, "unreadable"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(desk, table, fields, status, code):
    filled = {"verb": "fund", "amount": "500", "reason": "День бренда", "key": str(uuid4()), **fields}
    assert refused(desk, "changes", **filled) == (status, code)
    assert (BudgetChange.objects.count(), in_budget(table)) == (0, 0)


def test_an_owner_sets_the_rules_and_a_producer_reads_them(desk, table, anna, boris):
    fields = {"earn_percent": "5", "spend_percent": "20", "life_days": "0"}
    cast.joins(boris, table, "producer")
    producer = signed(boris)
    assert producer.post(BUDGET + "policy", fields).status_code == 404
    assert (PointsPolicy.objects.count(), b"studio_points_policy" in producer.get(BUDGET).content) == (0, False)
    assert desk.post(BUDGET + "policy", fields).status_code == 302
    terms = terms_of(table.pk)
    assert (terms.earn_percent, terms.spend_percent, terms.life_days) == (5, 20, 0)
    assert [b"earn_percent" in one.get(BUDGET).content for one in (desk, producer)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_rules_out_of_bounds_are_refused(desk):
    fields = {"earn_percent": "51", "spend_percent": "20", "life_days": "0"}
    assert refused(desk, "policy", **fields) == (422, "policy_out_of_range")
    assert refused(desk, "policy", **{**fields, "earn_percent": ""}) == (422, "unreadable")
    assert PointsPolicy.objects.count() == 0


def test_one_row_and_three_take_the_same_queries(desk, table, anna, vera, mug, point):
    points_on(table, anna, budget=10)
    counted = []
    for _ in range(2):
        for _ in range(1 + len(counted)):
            earned(table, vera, 50, subject=shelf.paid(vera, mug, point).subject)
            changes(desk, amount="1")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(BUDGET)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_lists_can_be_taken_away(desk, table, anna, vera, order):
    points_on(table, anna, budget=400)
    earned(table, vera, 150, subject=order.subject)
    budget, moves = (
        b"".join(desk.get(f"/studio/table/exports/{name}.csv").streaming_content).decode().splitlines()
        for name in ("budget", "point-moves")
    )
    assert [row.split(",")[2:] for row in budget] == [["by", "amount", "reason"], ["Anna", "400", "Праздник"]]
    assert [row.split(",")[2:] for row in moves] == [
        ["member", "amount", "why", "order_id"],
        [str(vera.pk), "150", "earned", str(order.pk)],
    ]


def test_another_shops_points_are_not_in_these_books(desk, table, cellar, anna, vera):
    points_on(cellar, anna, budget=400)
    earned(cellar, vera, 150)
    assert (desk.get(BUDGET).context["book"].put_up, has(table, vera)) == (0, (0, 0))
    rows = b"".join(desk.get("/studio/table/exports/point-moves.csv").streaming_content).decode().splitlines()
    assert len(rows) == 1
