"""A column as a function from a row to what is shown: exact, in one form for all, without a query of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from svoi.admin.shown import MASKED, is_seen, path_of, shown_fields
from svoi.admin.words import column_name, column_title, table_name

PREFIX = "shown_"
NOTHING = "—"
LONG = (models.TextField, models.JSONField)
Column = Callable[[Any], Any]


def columns_of(model: type[models.Model]) -> dict[str, Column]:
    """Functions by the names Django's admin asks for them by."""
    return {PREFIX + field.name: _column(field) for field in shown_fields(model)}


def listed(model: type[models.Model]) -> list[str]:
    """What a list has room for: no long texts, and of a text in two languages the first."""
    fields = [field for field in shown_fields(model) if not isinstance(field, LONG)]
    return [PREFIX + field.name for field in fields if not field.name.endswith("_en")]


def _column(field: models.Field[Any, Any]) -> Column:
    """The model's own column is never handed to Django, which would follow keys and know nothing of masks."""
    mask = MASKED.get(path_of(field))
    target = None if field.primary_key else field.related_model
    leads_to = target if target is not None and is_seen(target) else None

    def column(row: models.Model) -> Any:
        value = getattr(row, field.attname)
        if isinstance(field, models.BooleanField) and value is not None:
            return value
        if value is None or value == "":
            return NOTHING
        if leads_to:
            return link_to(leads_to, value)
        return written(mask(value) if mask else value)

    column.short_description = column_title(field)  # type: ignore[attr-defined]
    column.boolean = isinstance(field, models.BooleanField)  # type: ignore[attr-defined]
    if field.primary_key:
        column.admin_order_field = field.attname  # type: ignore[attr-defined]
    return column


def written(value: Any) -> str:
    """Moments to the second in the shop's zone, lists and dictionaries as JSON, everything else as it is."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)


def link_to(model: type[models.Model], key: Any) -> SafeString:
    """The number of a row, leading to its page."""
    address = reverse(f"admin:svoi_{model.__name__.lower()}_change", args=[key])
    return format_html('<a class="row-link" href="{}">№ {}</a>', address, key)


def link_to_rows(field: models.Field[Any, Any], key: Any) -> SafeString:
    """The rows whose column names a row."""
    model = field.model
    address = reverse(f"admin:svoi_{model.__name__.lower()}_changelist")
    said = format_html("{}: {}", table_name(model), column_name(field))
    return format_html('<a class="row-link" href="{}?{}__exact={}">{}</a>', address, field.name, key, said)
