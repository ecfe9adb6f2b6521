"""The shop's products: found, priced, counted; and a list of counts looked over before it is taken."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from svoi.catalog.actions import change_price, set_counts
from svoi.catalog.models import Product, Variant
from svoi.catalog.providers.stock_csv import counts_of
from svoi.catalog.queries import look_over_counts
from svoi.catalog.rules.stock_lists import CALL_ROWS_MAX, Counted, StockListRefused, read_row
from svoi.communities.models import Community
from svoi.kernel.refused import Refused
from svoi.studio.answers import number_in
from svoi.studio.doors import shop_kept_by, signed_in
from svoi.studio.shop.asking import PRODUCT_SECTIONS, minor_in, next_page, one_of, text_in
from svoi.studio.shop.count_words import broken_words
from svoi.studio.shop.goods import product_list, variant_rows
from svoi.ui.refusals import Told, say

# What a page can carry back as a field of its form, also when every letter takes two bytes.
LIST_BYTES_MAX = 400 * 1024
BROKEN_SHOWN = 200
CHANGES_SHOWN = 500


@signed_in
@never_cache
@require_safe
def products(request: HttpRequest, slug: str) -> HttpResponse:
    """Products by words, or those that were withdrawn."""
    place, text = shop_kept_by(request, slug), text_in(request.GET, "q")
    section = one_of(request.GET, "section", PRODUCT_SECTIONS)
    listed = product_list(
        place=place, section=section, text=text, after=number_in(request.GET, "after"), at=timezone.now()
    )
    parts = {
        "place": place,
        "section": "products",
        "shelf": section,
        "sought": text,
        "products": listed,
        "next": next_page(request.GET, listed.after),
    }
    return render(request, "studio/shop/products.html", parts)


@signed_in
@never_cache
@require_safe
def product(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """One product with its variants, their prices and counts."""
    place = shop_kept_by(request, slug)
    return _page(request, place, get_object_or_404(Product, community=place, pk=product_id))


@signed_in
@require_POST
def price(request: HttpRequest, slug: str, product_id: int, variant_id: int) -> HttpResponse:
    """Another `price` from now on, with a crossed-out one (`old_price`) beside it or none."""
    place = shop_kept_by(request, slug)
    variant = _variant(place, product_id, variant_id)
    asked, crossed = request.POST.get("price", ""), request.POST.get("old_price", "").strip()
    price_minor, old_minor = minor_in(asked), minor_in(crossed) if crossed else None
    if price_minor is None or (crossed and old_minor is None):
        return _page(
            request, place, variant.product, told=_unreadable(_("A price is a number such as 1490 or 1490.50."))
        )
    try:
        change_price(variant_id=variant.pk, price_minor=price_minor, old_price_minor=old_minor, at=timezone.now())
    except Refused as refused:
        return _page(request, place, variant.product, told=say(refused))
    messages.success(request, _("The price is changed. Rooms and pages show it at once."))
    return redirect("studio_product", slug=place.slug, product_id=variant.product_id)


@signed_in
@require_POST
def count(request: HttpRequest, slug: str, product_id: int, variant_id: int) -> HttpResponse:
    """So many pieces (`count`) by the shop's own books."""
    place = shop_kept_by(request, slug)
    variant = _variant(place, product_id, variant_id)
    row = read_row(place=1, code=variant.external_id, count=request.POST.get("count", ""))
    if not isinstance(row, Counted):
        return _page(request, place, variant.product, told=_unreadable(broken_words(row)))
    set_counts(community=place, rows=[row], source="studio")
    messages.success(request, _("The count is taken."))
    return redirect("studio_product", slug=place.slug, product_id=variant.product_id)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest, slug: str) -> HttpResponse:
    """A list of counts: a `file` is looked over first, what was seen to change (`rows`) is taken then."""
    place = shop_kept_by(request, slug)
    if request.method != "POST":
        return render(request, "studio/shop/counts.html", {"place": place, "section": "products"})
    try:
        if "rows" in request.POST:
            return _take(request, place)
        return _look_over(request, place)
    except StockListRefused as refused:
        told = say(refused)
        parts = {"place": place, "section": "products", "told": told}
        return render(request, "studio/shop/counts.html", parts, status=told.status)


def _look_over(request: HttpRequest, place: Community) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise StockListRefused(reason="empty")
    if file.size > LIST_BYTES_MAX:
        raise StockListRefused(reason="too_many", most=CALL_ROWS_MAX)
    rows = counts_of(io.BytesIO(file.read()), watch=lambda _done: None)
    seen = look_over_counts(community_id=place.pk, rows=rows, rows_max=CALL_ROWS_MAX)
    parts = {
        "place": place,
        "section": "products",
        "seen": seen,
        "changes": seen.changes[:CHANGES_SHOWN],
        "broken": [(one, broken_words(one)) for one in seen.broken[:BROKEN_SHOWN]],
        "rows": "".join(f'"{_cell(one.code)}";{one.count}\n' for one in seen.changes),
        "file_name": file.name,
    }
    return render(request, "studio/shop/counts.html", parts)


def _take(request: HttpRequest, place: Community) -> HttpResponse:
    rows = counts_of(io.BytesIO(request.POST["rows"].encode("utf-8", "ignore")), watch=lambda _done: None)
    name = request.POST.get("file_name", "")[:80].replace("\0", "")
    taken = set_counts(community=place, rows=rows, source=f"studio: {name}", rows_max=CALL_ROWS_MAX)
    parts = {
        "place": place,
        "section": "products",
        "taken": taken,
        "broken": [(one, broken_words(one)) for one in taken.kept[:BROKEN_SHOWN]],
    }
    return render(request, "studio/shop/counts.html", parts)


def _cell(code: str) -> str:
    return code.replace('"', '""')


def _variant(place: Community, product_id: int, variant_id: int) -> Variant:
    found = Variant.objects.select_related("product").filter(product__community=place, product_id=product_id)
    return get_object_or_404(found, pk=variant_id)


def _unreadable(advice: str) -> Told:
    return Told("unreadable", _("This cannot be read"), advice, 422)


def _page(request: HttpRequest, place: Community, one: Product, told: Told | None = None) -> HttpResponse:
    parts = {
        "place": place,
        "section": "products",
        "product": one,
        "variants": variant_rows(one, at=timezone.now()),
        "told": told,
    }
    return render(request, "studio/shop/product.html", parts, status=told.status if told else 200)
