"""What a debrief's page shows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from svoi.replays.queries import debrief_of
from svoi.replays.rules import Judged, ProductMinutes
from svoi.replays.rules.judging import SHOWS_MIN
from svoi.shows.models import Show
from svoi.studio.replays.measure_words import ADVICE, Figure, figure_of, figures_of, value_words
from svoi.studio.replays.span_words import span_words
from svoi.studio.templatetags.crew import card_name

GROUPS = (
    ("people", ("viewers_raw", "viewers_counted", "peak_counted", "average_watch_s", "interaction_rate", "chat_rate")),
    ("way", ("ctr", "ctor", "orders", "pay_rate", "conversion", "return_rate")),
    ("money", ("gmv_minor", "paid_minor", "net_minor", "net_hour_minor", "gpm_minor", "basket_minor")),
)


@dataclass(frozen=True, slots=True)
class Worst:
    """A measure that was worse than usual, and what to do about it."""

    figure: Figure
    usual: str
    shows: int
    advice: str | Promise


@dataclass(frozen=True, slots=True)
class ProductRow:
    """How long a product was to be shown and was."""

    name: str
    planned: str
    actual: str
    drift: str


def debrief_parts(show: Show, *, at: datetime) -> dict[str, Any]:
    """Nothing but an empty answer while the show is not over."""
    told = debrief_of(show=show, at=at)
    if told is None:
        return {"told_of": None}
    figures = {one.name: one for one in figures_of(told.values)}
    plan = told.plan
    return {
        "told_of": told,
        "groups": [(name, [figures[one] for one in names]) for name, names in GROUPS],
        "worst": [_worst(one) for one in told.judgement.worst],
        "shows_min": SHOWS_MIN,
        "late": span_words(abs(plan.late_s)),
        "length": span_words(plan.actual_s),
        "planned_length": None if plan.planned_s is None else span_words(plan.planned_s),
        "products": [
            _product(one, card_name(told.products[one.product_id]))
            for one in plan.products
            if one.product_id in told.products
        ],
        "is_planned": plan.planned_s is not None,
    }


def _worst(one: Judged) -> Worst:
    return Worst(figure_of(one.name, one.value), value_words(one.name, one.usual), one.shows, ADVICE.get(one.name, ""))


def _product(one: ProductMinutes, name: str) -> ProductRow:
    drift = "" if one.drift_s is None else ("+" if one.drift_s > 0 else "") + span_words(one.drift_s)
    planned = "" if one.planned_s is None else span_words(one.planned_s)
    return ProductRow(name, planned, span_words(one.actual_s), drift)
