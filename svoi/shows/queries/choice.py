"""Which products of the catalogue can still be laid out for a show."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from svoi.catalog.models import Product
from svoi.shows.models import Show, TrayItem

CHOICE_ROWS_MAX = 24
WORDS_MAX = 8


def products_to_lay_out(*, show_id: int, text: str) -> list[int]:
    """Ids of products of the show's community that are sold and not in its tray, by name; every word must be found."""
    show = Show.objects.get(pk=show_id)
    found = named_by(Product.objects.filter(community_id=show.community_id, withdrawn_at=None), text)
    laid = TrayItem.objects.filter(show=show).values("product_id")
    return list(found.exclude(pk__in=laid).order_by("name", "pk").values_list("pk", flat=True)[:CHOICE_ROWS_MAX])


def named_by(products: QuerySet[Product], text: str) -> QuerySet[Product]:
    """Those in whose name, in one language or the other, each word of the text is found."""
    for word in text.split()[:WORDS_MAX]:
        products = products.filter(Q(name__icontains=word) | Q(name_en__icontains=word))
    return products
