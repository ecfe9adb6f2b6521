"""The site of the tables: it exists for operators alone, and has no way in, out or sideways of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from unfold.sites import UnfoldAdminSite

from svoi.admin.policy import CONTENT_POLICY
from svoi.admin.words import ROOMS, room_name, room_of, table_name
from svoi.members.queries import is_operator

View = Callable[..., HttpResponse]


class OperatorSite(UnfoldAdminSite):  # type: ignore[misc]
    """Django's admin without its sign-in, its log and its search: the house has its own."""

    index_title = _("Tables")
    site_title = _("Tables of the installation")

    def has_permission(self, request: HttpRequest) -> bool:
        """What the door below found out, once for a request; where nobody asked, it is a no."""
        return getattr(request, "by_operator", False)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002 - Django's own shape
        """To everybody but operators no address is here, whatever the method. Only their pages get the wider policy.

        The token against forgery is asked for behind that, or its refusal would tell the address apart.
        """
        protected = csrf_protect(view)

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            request.by_operator = is_operator(member=request.user)  # type: ignore[attr-defined]
            if not self.has_permission(request):
                raise Http404
            answer = protected(request, *args, **named)
            answer.headers["Content-Security-Policy"] = CONTENT_POLICY
            return answer

        return csrf_exempt(never_cache(opened))

    def get_urls(self) -> list[Any]:
        tables = [
            path(f"svoi/{model._meta.model_name}/", include(table.urls))  # noqa: SLF001 - Django's documented Meta
            for model, table in self._registry.items()
        ]
        return [
            path("", self.admin_view(self.index), name="index"),
            re_path(r"^(?P<app_label>svoi)/$", self.admin_view(self.app_index), name="app_list"),
            path("jsi18n/", self.admin_view(self.i18n_javascript), name="jsi18n"),
            *tables,
            re_path(r"^.*$", self.admin_view(nothing)),
        ]

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """Rooms stand together on the first page; Django's own list of an app is the same list."""
        answer: HttpResponse = self.index(request, extra_context)
        return answer

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Rooms in the order of the house, each with its tables; Django calls them apps and models."""
        rooms: dict[str, list[dict[str, Any]]] = {room: [] for room in ROOMS}
        for model in self._registry:
            rooms.setdefault(room_of(model), []).append(self._entry(request, model))
        home = reverse("admin:index", current_app=self.name)
        return [
            {"name": room_name(room), "app_label": room, "app_url": f"{home}#{room}", "models": tables}
            for room, tables in rooms.items()
            if tables
        ]

    def _entry(self, request: HttpRequest, model: type[models.Model]) -> dict[str, Any]:
        return {
            "model": model,
            "name": table_name(model),
            "object_name": model.__name__,
            "admin_url": reverse(f"admin:svoi_{model.__name__.lower()}_changelist", current_app=self.name),
            "view_only": not self._registry[model].has_change_permission(request),
        }

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows: the theme she chose on the shop's pages, and the shop's own colours."""
        theme = getattr(request, "theme", "system")
        return {
            **super().each_context(request),
            "site_title": self.site_title,
            "site_header": _("Svoi"),
            "site_symbol": "table",
            "site_favicons": [{"rel": "icon", "href": static("ui/brand/favicon.svg"), "type": "image/svg+xml"}],
            "theme": theme if theme in {"light", "dark"} else None,
            "colors": {},  # written into a file instead: the policy allows no style inside a page
            "styles": [static("operators/look.css")],
            "show_history": False,
            "show_view_on_site": False,
        }


def nothing(request: HttpRequest) -> NoReturn:
    """Any other address."""
    raise Http404
