"""The verbs of points: the budget filled, points earned, laid down, spent, given back, run out; the rules changed."""

from svoi.points.actions.budgeting import change_policy, fund_budget, take_back_budget
from svoi.points.actions.earning import earn_points, pay_owed
from svoi.points.actions.expiring import expire_points, forget_points
from svoi.points.actions.spending import give_points_back, hold_points, release_points, spend_points

__all__ = [
    "change_policy",
    "earn_points",
    "expire_points",
    "forget_points",
    "fund_budget",
    "give_points_back",
    "hold_points",
    "pay_owed",
    "release_points",
    "spend_points",
    "take_back_budget",
]
