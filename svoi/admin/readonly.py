"""A table to look at: the default for every table there is, and all that most of them get."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ChoicesFieldListFilter, ShowFacets
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.paginator import InfinitePaginator

from svoi.admin.columns import columns_of, link_to_rows, listed
from svoi.admin.shown import may_be_key, shown_fields
from svoi.admin.words import Named, column_title, table_name

SAFE_METHODS = ("GET", "HEAD")
ROWS_A_PAGE = 50


class NamedFilter(ChoicesFieldListFilter):
    """Django's filter by choices, under the column's name on these pages."""

    def __init__(self, field: Any, *told: Any, **named: Any) -> None:
        super().__init__(field, *told, **named)
        self.title = column_title(field)


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """No adding, no changing, no deleting, no actions; lists without counts, which take seconds in large tables."""

    actions = None
    paginator = InfinitePaginator
    list_per_page = ROWS_A_PAGE
    list_max_show_all = 0
    list_fullwidth = True
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    ordering = ("-pk",)
    empty_value_display = "—"

    def __init__(self, model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(model, admin_site)
        columns = columns_of(model)
        for name, column in columns.items():
            setattr(self, name, column)
        self.list_display = tuple(listed(model))
        self.list_filter = tuple((field.name, NamedFilter) for field in shown_fields(model) if field.choices)
        self.shown = (*columns, "pointing_here")
        self.readonly_fields = self.shown
        self.fields = self.shown

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The site let nobody but operators come this far."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        """A list and a page. There is no address to add, delete or act by."""
        view, name = self.admin_site.admin_view, f"svoi_{self.model.__name__.lower()}"
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("<path:object_id>/change/", view(self.change_view), name=f"{name}_change"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only what is shown leaves the database."""
        fields = [field.name for field in shown_fields(self.model)]
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.only("pk", *fields)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """By its key alone."""
        if from_field or not may_be_key(self.model._meta.pk, object_id):  # noqa: SLF001 - Django's documented Meta
            raise Http404
        return super().get_object(request, object_id)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Django would let any column be asked about by address, hashes letter by letter among them."""
        asked = [field.name for field in shown_fields(self.model) if field.choices or field.remote_field]
        return lookup in {f"{name}__{kind}" for name in asked for kind in ("exact", "isnull")}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            raise PermissionDenied
        for field in shown_fields(self.model):
            asked = request.GET.get(f"{field.name}__exact")
            if field.remote_field and asked is not None and not may_be_key(field, asked):
                raise Http404
        named = {"opts": Named(self.model), "title": table_name(self.model), "subtitle": None}
        answer: HttpResponse = super().changelist_view(request, {**named, **(extra_context or {})})
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method not in SAFE_METHODS and not self.has_change_permission(request):
            raise PermissionDenied
        answer: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return answer

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *told: Any, **named: Any
    ) -> HttpResponse:
        """Rows are called by their numbers: what they would call themselves may be a key or a person."""
        number = f"№ {context['original'].pk}"
        answer: TemplateResponse = super().render_change_form(request, context, *told, **named)
        name = table_name(self.model)
        answer.context_data = {
            **(answer.context_data or {}),
            "opts": Named(self.model, format_lazy("{}, {}", name, number)),
            "title": name,
            "subtitle": number,
            "original": number,
            "show_save_and_continue": False,
        }
        return answer

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Events are the record; Django's log stays empty."""

    def pointing_here(self, row: models.Model) -> SafeString | str:
        """The lists of rows that name this one; nothing is counted."""
        links = [
            (link_to_rows(field, row.pk),)
            for model in self.admin_site._registry  # noqa: SLF001 - the public way asks for one model at a time
            for field in shown_fields(model)
            if field.related_model is self.model
        ]
        return format_html_join("", "<div>{}</div>", links) or "—"

    pointing_here.short_description = _("Named by")  # type: ignore[attr-defined]
