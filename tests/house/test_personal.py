"""Whatever is known about a member leaves with her export, or is exempt for a stated reason."""

from __future__ import annotations

from django.db import models

from svoi.law.personal import ALL_EXEMPT, ALL_PARTS
from svoi.members.models import Member
from tests.house.test_tables import own_models


def leads_to_member(field: models.Field) -> bool:
    """A key to a member, or a number that is one by its name (telemetry has no keys)."""
    return field.related_model is Member or (field.related_model is None and field.name == "member_id")


def ways_to_members(found: list[type[models.Model]]) -> set[str]:
    return {
        f"{model.__name__}.{field.name}"
        for model in found
        for field in model._meta.concrete_fields
        if leads_to_member(field)
    }


def told() -> set[str]:
    return {f"{part.model.__name__}.{part.whose}" for part in ALL_PARTS}


def test_every_way_to_a_member_is_exported_or_exempt():
    assert sorted(ways_to_members(own_models()) - told() - set(ALL_EXEMPT)) == []


def test_no_exemption_outlives_its_column():
    assert sorted(set(ALL_EXEMPT) - ways_to_members(own_models())) == []
    assert set(ALL_EXEMPT) & told() == set()
    assert [name for name, why in ALL_EXEMPT.items() if len(why) < 20] == []


def test_a_planted_way_is_caught():
    class Planted(models.Model):
        said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "planted"

    assert ways_to_members([Planted]) - told() - set(ALL_EXEMPT) == {"Planted.said_by"}


def test_parts_have_names_of_their_own_and_columns_that_exist():
    names = [part.name for part in ALL_PARTS]
    assert sorted(set(names)) == sorted(names)
    for part in ALL_PARTS:
        columns = {field.name for field in part.model._meta.concrete_fields}
        assert part.leave_out | {part.words, part.file} - {""} <= columns, part.name
