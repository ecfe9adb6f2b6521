"""The tables: foreign keys point down the ladder, surfaces own none, and no honest counter can be written."""

from __future__ import annotations

import re
import tomllib

import pytest
from django.apps import apps
from django.db import models

from tests.house.tree import ROOT, SURFACES

COUNTER = re.compile(
    r"(^|_)(views?|viewers?|watchers|sales?|sold|likes?|hearts|reactions?|reviews?|rating|stars|score|points|standing|"
    r"karma|members?|followers?|subscribers|participants|buyers|orders|count|counter|total_\w*s)(_count|_number|_total)?$"
)
# Columns that hold what was said or measured by somebody else, not a figure we show as our own.
RECORDED = {
    "Stock.feed_count": "what the feed said last, kept to tell a new count from an old one",
}


def floors() -> list[list[str]]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [re.findall(r"\w+", floor) for floor in contracts[0]["layers"]]


def height(model: type[models.Model]) -> int:
    room = model.__module__.split(".")[1]
    return next(place for place, floor in enumerate(floors()) if room in floor)


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("svoi.")]


def pointing_up(pairs: list[tuple[type[models.Model], type[models.Model]]]) -> list[str]:
    return [f"{source.__name__} -> {target.__name__}" for source, target in pairs if height(target) < height(source)]


def foreign_keys() -> list[tuple[type[models.Model], type[models.Model]]]:
    return [
        (model, field.related_model)
        for model in own_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete
    ]


def writable_counters(fields: list[models.Field]) -> list[str]:
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    names = [f"{field.model.__name__}.{field.name}" for field in fields if isinstance(field, numbers)]
    return [name for name in names if COUNTER.search(name.split(".")[1]) and name not in RECORDED]


def test_foreign_keys_point_down():
    assert pointing_up(foreign_keys()) == []


def test_a_key_that_points_up_is_caught():
    from svoi.members.models import Member
    from svoi.shows.models import Show

    assert pointing_up([(Member, Show)]) == ["Member -> Show"]


def test_surfaces_own_no_tables():
    assert [model.__name__ for model in own_models() if model.__module__.split(".")[1] in SURFACES] == []


def test_no_honest_counter_has_a_writable_column():
    fields = [field for model in own_models() for field in model._meta.concrete_fields]
    assert writable_counters(fields) == []


@pytest.mark.parametrize("name", ["views", "sales", "sold", "member_count", "likes", "rating", "viewers", "score"])
def test_a_planted_counter_is_caught(name: str):
    field = models.IntegerField()
    field.set_attributes_from_name(name)
    field.model = type("Planted", (), {})
    assert writable_counters([field]) == [f"Planted.{name}"]


def test_every_recorded_exception_still_exists():
    known = {f"{model.__name__}.{field.name}" for model in own_models() for field in model._meta.concrete_fields}
    assert set(RECORDED) - known == set()
