"""What rows are looked for by. Everything else is found by following numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from svoi.admin.readonly import ReadOnly
from svoi.members.rules import IdentityUnreadable, read_identity

# Whole values are looked up; `name` and the like are looked through.
SEARCHED = {
    "Account": ("key__exact",),
    "Category": ("name", "name_en"),
    "Community": ("slug__exact", "name_ru", "name_en"),
    "EventSequence": ("stream__exact",),
    "Letter": ("subject__exact", "kind__exact"),
    "Order": ("number__exact",),
    "OutboxEvent": ("kind__exact", "stream__exact"),
    "Parcel": ("subject__exact", "tracking__exact", "carrier_id__exact"),
    "Payment": ("subject__exact", "provider_id__exact"),
    "PickupPoint": ("code__exact", "city", "address"),
    "Product": ("name", "name_en", "external_id__exact"),
    "Refund": ("provider_id__exact",),
    "SearchWord": ("word__exact",),
    "Show": ("title_ru", "title_en"),
    "Transfer": ("subject__exact",),
    "Variant": ("external_id__exact", "vendor_code__exact", "barcode__exact"),
}


class People(ReadOnly):
    """Members are found by a whole e-mail or phone or the beginning of a name: nobody guesses through the masks."""

    search_fields = ("name",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        wanted = Q(name__istartswith=typed)
        try:
            identity = read_identity(typed)
        except IdentityUnreadable:
            return queryset.filter(wanted), False
        return queryset.filter(wanted | Q(**{identity.kind: identity.value})), False
