"""The operators' pages keep the house's promise: facts and money are looked at, and nothing can print trust."""

from __future__ import annotations

from dataclasses import fields as columns_of_event

from django.apps.registry import Apps
from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest

from svoi.admin.editable import EDITABLE, Editable
from svoi.admin.readonly import ReadOnly
from svoi.admin.shown import MASKED, NOT_SECRET, SECRET, UNSEEN, WORDS, is_seen, is_shown, path_of
from svoi.admin.tables import SITE, own_tables
from tests.house.test_tables import COUNTER, own_models
from tests.house.test_words import told_kinds

# What an event keeps of the words that were there before: shown in full, so it may only ever be words like these.
BEFORE = {
    "category_described",
    "community_described",
    "point_described",
    "product_described",
    "variant_described",
}


def too_open(registry: dict[type[models.Model], ModelAdmin]) -> list[str]:
    """Tables that let anything be added, deleted or acted upon, or changed without being on the short list."""
    request, found = HttpRequest(), []
    for model, table in registry.items():
        is_plain = (
            isinstance(table, ReadOnly) and table.actions is None and not table.inlines and not table.list_editable
        )
        may = [table.has_add_permission(request), table.has_delete_permission(request)] if is_plain else [True]
        if any(may) or (table.has_change_permission(request) and model not in EDITABLE):
            found.append(model.__name__)
    return found


def no_plain_words(opened: dict[type[models.Model], tuple[str, ...]]) -> list[str]:
    """Opened columns that are no words: numbers, moments, choices, keys, addresses, secrets, counters."""
    found = []
    for model, names in opened.items():
        for name in names:
            field = model._meta.get_field(name)
            is_text = type(field) in (models.CharField, models.TextField)
            if not is_text or field.choices or field.unique or SECRET.search(name) or COUNTER.search(name):
                found.append(path_of(field))
    return found


def columns(found: list[type[models.Model]]) -> dict[str, models.Field]:
    return {path_of(field): field for model in found for field in model._meta.concrete_fields}


def secrets_shown(fields: list[models.Field]) -> list[str]:
    return [
        path_of(field)
        for field in fields
        if is_shown(field)
        and SECRET.search(field.name)
        and field.remote_field is None
        and path_of(field) not in NOT_SECRET
    ]


def planted(**fields: models.Field) -> type[models.Model]:
    """A table in a registry of its own, so that nobody else meets it."""
    meta = type("Meta", (), {"app_label": "planted", "apps": Apps()})
    return type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def test_every_table_is_looked_at_only_or_stands_on_the_short_list():
    assert too_open(SITE._registry) == []
    assert {model.__name__ for model in EDITABLE} == {"Category", "Community", "PickupPoint", "Product", "Variant"}
    assert {model for model, table in SITE._registry.items() if isinstance(table, Editable)} == set(EDITABLE)


def test_every_table_of_the_house_is_seen_or_unseen_for_a_reason():
    assert sorted(model.__name__ for model in own_models() if model not in SITE._registry) == sorted(UNSEEN)
    assert [name for name, why in UNSEEN.items() if len(why) < 20] == []


def test_a_planted_table_that_can_be_written_is_caught():
    from svoi.payments.models import Payment

    class Open(ReadOnly):
        def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
            return True

    assert too_open({Payment: ModelAdmin(Payment, SITE)}) == ["Payment"]
    assert too_open({Payment: Open(Payment, SITE)}) == ["Payment"]
    assert too_open({Payment: type("Acting", (ReadOnly,), {"actions": ["delete_selected"]})(Payment, SITE)}) == [
        "Payment"
    ]


def test_only_plain_words_can_be_written():
    assert no_plain_words({model: table.opened for model, table in EDITABLE.items()}) == []


def test_a_planted_column_of_money_or_counting_is_caught():
    from svoi.catalog.models import Stock, Variant
    from svoi.communities.models import Community
    from svoi.shows.models import WatchSample

    opened = {
        Variant: ("title", "price_minor", "withdrawn_at"),
        Stock: ("on_hand",),
        Community: ("about_ru", "slug", "doors"),
        WatchSample: ("counted",),
        planted(views=models.CharField(max_length=9), stream_key=models.CharField(max_length=9)): (
            "views",
            "stream_key",
        ),
    }
    assert no_plain_words(opened) == [
        "Variant.price_minor", "Variant.withdrawn_at", "Stock.on_hand", "Community.slug", "Community.doors",
        "WatchSample.counted", "Planted.views", "Planted.stream_key",
    ]  # fmt: skip


def test_no_secret_is_shown():
    assert secrets_shown(list(columns(own_tables()).values())) == []
    assert set(NOT_SECRET) - columns(own_tables()).keys() == set()


def test_a_new_table_shows_no_text_by_itself():
    """Numbers, moments and choices show themselves; text, and whatever opens something, waits to be named."""
    model = planted(
        words=models.CharField(max_length=9),
        long=models.TextField(),
        told=models.JSONField(),
        doors=models.CharField(max_length=9, choices=[("open", "open")]),
        amount_minor=models.BigIntegerField(),
        session=models.BigIntegerField(),
        seed=models.BigIntegerField(),
        key=models.UUIDField(),
    )
    assert [field.name for field in model._meta.concrete_fields if is_shown(field)] == ["id", "doors", "amount_minor"]
    assert not is_seen(planted(key=models.UUIDField(primary_key=True)))


def test_no_name_on_the_lists_outlives_its_column():
    named = {f"{model}.{name}" for model, names in WORDS.items() for name in names} | set(MASKED)
    assert named - columns(own_tables()).keys() == set()
    assert set(UNSEEN) - {model.__name__ for model in own_tables()} == set()


def test_what_was_before_is_kept_of_plain_words_alone():
    kinds = {kind.kind for kind in told_kinds() if "before" in {column.name for column in columns_of_event(kind)}}
    assert kinds == BEFORE
