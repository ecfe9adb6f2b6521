"""Points of a person: they leave with her export, go with her erasure, and none come after it."""

from __future__ import annotations

import pytest

from svoi.law.personal import ALL_PARTS
from svoi.members.actions import sign_up
from svoi.members.models import Member
from svoi.points.actions import pay_owed
from svoi.points.models import Earning
from tests import cast
from tests.cast import NOON, PASSWORD
from tests.law.test_erasures import DUE, asks, carry_out_erasures
from tests.points.bank import earned, has, in_budget, issued, points_on


def told(member, name: str) -> list[dict]:
    return list(next(part for part in ALL_PARTS if part.name == name).rows(member.pk))


def test_her_export_has_what_she_earned_and_every_movement_of_hers_alone(table, anna, vera, boris):
    points_on(table, anna, budget=100)
    earned(table, vera, 60, subject="order:1")
    earned(table, boris, 10, subject="order:2")
    earned(table, vera, 70, subject="order:3")
    assert [(row["subject"], row["amount"], row["paid_at"]) for row in told(vera, "earnings")] == [
        ("order:1", 60, NOON),
        ("order:3", 70, None),
    ]
    assert [row["amount_minor"] for row in told(vera, "point_moves")] == [60]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_takes_her_points_and_nothing_comes_after_it(table, anna, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    vera = sign_up(name="Vera", identity="vera@example.com", password=PASSWORD, language="ru", at=NOON)
    cast.joins(vera, table)
    points_on(table, anna, budget=100)
    earned(table, vera, 60)
    earned(table, vera, 70)
    asks(vera)
    assert carry_out_erasures(at=DUE) == 1
    assert (has(table, vera), issued(table), in_budget(table)) == ((0, 0), 40, 40)
    earned(table, Member.objects.get(pk=vera.pk), 10)
    assert (Earning.objects.filter(paid_at=None).count(), pay_owed(at=DUE), has(table, vera)) == (0, 0, (0, 0))
