"""The plain tables: a few words that may be corrected, each through the action of its room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.db import models
from django.forms import Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.admin.columns import PREFIX
from svoi.admin.readonly import ReadOnly
from svoi.admin.words import column_title
from svoi.catalog.actions import describe_category, describe_product, describe_variant
from svoi.catalog.models import Category, Product, Variant
from svoi.catalog.rules.wording import CATEGORY_WORDS, PRODUCT_WORDS, VARIANT_WORDS
from svoi.communities.actions import describe_community
from svoi.communities.models import Community
from svoi.communities.rules import NAMES, STORIES
from svoi.kernel.refused import Refused
from svoi.pickup.actions import describe_point
from svoi.pickup.models import PickupPoint
from svoi.pickup.rules.points import DESCRIBED
from svoi.ui.refusals import say

Describe = Callable[..., frozenset[str]]
FED = _("What is written here holds until a feed says otherwise.")


class Editable(ReadOnly):
    """A table with words of its own: `describe` is the action that writes the `opened` columns; the rest is read."""

    describe: ClassVar[Describe]
    opened: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[str] = ""
    hint: ClassVar[str | Promise] = ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": self.shown})]
        rest = [name for name in self.shown if name.removeprefix(PREFIX) not in self.opened]
        return [(_("Words"), {"fields": self.opened, "description": self.hint}), (_("Facts"), {"fields": rest})]

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **named: Any
    ) -> Field | None:
        """The page carries what it showed, so that only what she changed is written."""
        field: Field | None = super().formfield_for_dbfield(
            db_field, request, **named, label=column_title(db_field), show_hidden_initial=True
        )
        return field

    def changeform_view(self, request: HttpRequest, *told: Any, **named: Any) -> HttpResponse:
        """A refusal is told on the page that was sent; nothing of it was written."""
        try:
            answer: HttpResponse = super().changeform_view(request, *told, **named)
        except Refused as refused:
            messages.error(request, say(refused).sentence())
            return HttpResponseRedirect(request.get_full_path())
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:  # noqa: FBT001 - Django's own shape
        """Only what she changed goes to the action, so that two operators do not undo each other's words."""
        words = {name: form.cleaned_data[name] for name in form.changed_data if name in self.opened}
        changed = self.describe(**{self.key: obj.pk}, words=words, by=request.user, at=timezone.now())
        told = _("Saved.") if changed else _("Nothing was changed.")
        messages.success(request, told)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's own shape
        """Nothing hangs on these forms."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return HttpResponseRedirect(request.get_full_path())


class Communities(Editable):
    describe = staticmethod(describe_community)
    opened = (*NAMES, *STORIES)
    key = "community_id"


class Categories(Editable):
    describe = staticmethod(describe_category)
    opened = tuple(CATEGORY_WORDS)
    key, hint = "category_id", FED


class Products(Editable):
    describe = staticmethod(describe_product)
    opened = tuple(PRODUCT_WORDS)
    key, hint = "product_id", FED


class Variants(Editable):
    describe = staticmethod(describe_variant)
    opened = tuple(VARIANT_WORDS)
    key, hint = "variant_id", FED


class Points(Editable):
    describe = staticmethod(describe_point)
    opened = DESCRIBED
    key, hint = "pickup_point_id", _("What is written here holds until the next list of points.")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A carrier describes its points itself."""
        return obj is None or not obj.carrier


EDITABLE: dict[type[models.Model], type[Editable]] = {
    Category: Categories,
    Community: Communities,
    PickupPoint: Points,
    Product: Products,
    Variant: Variants,
}
