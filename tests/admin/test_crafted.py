"""Requests no page offers: whatever an operator sends, facts and money stay as they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client

from svoi.admin.editable import EDITABLE
from svoi.admin.tables import SITE, lay_out
from tests.admin.rows import contents, fill_all, seen_tables

REFUSED = {403, 404}


@pytest.fixture
def rows(db: None) -> None:
    fill_all()


def form_of(row: models.Model, value: str = "7") -> dict[str, str]:
    """Every column of a row as a form would send it, under all names Django's admin has ever read."""
    names = [field.name for field in row._meta.concrete_fields]
    return {
        **dict.fromkeys(names, value),
        **{f"shown_{name}": value for name in names},
        **{f"form-0-{name}": value for name in names},
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(row.pk), "form-0-DELETE": "on",
        "action": "delete_selected", "_selected_action": str(row.pk), "select_across": "1", "index": "0", "post": "yes",
    }  # fmt: skip


def crafted(row: models.Model) -> list[tuple[str, dict[str, Any]]]:
    table = f"/admin/svoi/{type(row).__name__.lower()}/"
    page, form = f"{table}{row.pk}/change/", form_of(row)
    return [
        (table, form),
        (table, {**form, "_save": "Save"}),
        (f"{table}?_popup=1", form),
        (f"{table}add/", form),
        (f"{table}{row.pk}/delete/", {"post": "yes"}),
        (f"{table}{row.pk}/history/", form),
        (f"{table}{row.pk}/", form),
        (page, form),
        (page, {**form, "_saveasnew": "1"}),
        (page, {**form, "_continue": "1", "_popup": "1"}),
        (f"{page}?_to_field=id", {**form, "_to_field": "id"}),
    ]


def test_nothing_that_is_sent_changes_a_table_of_facts(desk: Client, rows: None) -> None:
    before = contents()
    for model in seen_tables():
        if model in EDITABLE:
            continue
        row = model._default_manager.order_by("pk")[0]
        found = {(address, desk.post(address, form).status_code) for address, form in crafted(row)}
        assert {status for _, status in found} <= REFUSED, found
        for method in (desk.put, desk.patch, desk.delete):
            assert method(f"/admin/svoi/{model.__name__.lower()}/{row.pk}/change/").status_code in REFUSED, model
    assert contents() == before


def test_nothing_is_added_or_deleted_in_plain_tables_either(desk: Client, rows: None) -> None:
    before = contents()
    for model in EDITABLE:
        row = model._default_manager.order_by("pk")[0]
        page = f"/admin/svoi/{model.__name__.lower()}/{row.pk}/change/"
        others = [(address, form) for address, form in crafted(row) if not address.startswith(page)]
        assert {desk.post(address, form).status_code for address, form in others} <= REFUSED
        assert desk.post(page, {**form_of(row), "_saveasnew": "1"}).status_code in REFUSED
        assert desk.delete(page).status_code in {200, *REFUSED}
    assert contents() == before


def test_a_crafted_form_of_a_plain_table_writes_its_words_and_not_one_column_more(desk: Client, rows: None) -> None:
    """Price, stock, place, community: all of them are sent, none of them moves."""
    for model, table in EDITABLE.items():
        row = model._default_manager.filter(**({"carrier": ""} if "carrier" in _names(model) else {})).first()
        if row is None:
            row = model._default_manager.order_by("pk")[0]
            model._default_manager.filter(pk=row.pk).update(carrier="")
            row.refresh_from_db()
        before, book = model._default_manager.filter(pk=row.pk).values().get(), contents()
        sent = desk.post(f"/admin/svoi/{model.__name__.lower()}/{row.pk}/change/", form_of(row, "words"))
        assert sent.status_code == 302, model
        after = model._default_manager.filter(pk=row.pk).values().get()
        derived = {field.name for field in model._meta.concrete_fields if field.generated}
        assert {name for name in after if after[name] != before[name]} - derived == set(table.opened), model
        changed = {name for name, rows_now in contents().items() if rows_now != book[name]}
        assert changed - {model.__name__, "OutboxEvent", "ProductText"} == set(), model


def test_a_carriers_point_is_not_written(desk: Client, rows: None) -> None:
    model = next(model for model in EDITABLE if model.__name__ == "PickupPoint")
    row = model._default_manager.order_by("pk")[0]
    model._default_manager.filter(pk=row.pk).update(carrier="cdek")
    before = contents()
    page = f"/admin/svoi/pickuppoint/{row.pk}/change/"
    assert (desk.post(page, form_of(row, "words")).status_code, contents() == before) == (403, True)
    assert 'name="hours"' not in desk.get(page).content.decode()


def test_without_the_token_against_forgery_nothing_is_written(olga: Any, rows: None) -> None:
    browser, before = Client(enforce_csrf_checks=True), contents()
    browser.force_login(olga)
    for model in EDITABLE:
        row = model._default_manager.order_by("pk")[0]
        address = f"/admin/svoi/{model.__name__.lower()}/{row.pk}/change/"
        assert browser.post(address, form_of(row, "words")).status_code == 403
    assert contents() == before


def test_tables_are_laid_out_once() -> None:
    with pytest.raises(Exception, match="already registered"):
        lay_out()
    assert len(SITE._registry) == len(set(seen_tables()))


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}
