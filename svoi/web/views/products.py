"""The shelf of a community, what is found on it, and the page of one product."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from svoi.catalog.models import Product
from svoi.catalog.queries import aisle, product_page, search_products, shelf
from svoi.web.purchase_form import kept_number
from svoi.web.sifting import sift_of
from svoi.web.tiles import shows_with
from svoi.web.views.communities import find_community


@require_safe
@vary_on_headers("HX-Request")
def shelf_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The shop, a shelf of it, or what was looked for; htmx gets the next cards, or what was found, alone."""
    place = find_community(request, slug)
    sift = sift_of(request.GET)
    shown = {"community": place, "sift": sift, "category_id": sift.category_id}
    if sift.wanted.is_filtered:
        shown["shelf"] = shown["found"] = search_products(community_id=place.pk, wanted=sift.wanted)
    else:
        shown["shelf"] = shelf(community_id=place.pk, category_id=sift.category_id, after=sift.after)
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_fragment and sift.after:
        return render(request, "web/products/_shelf_more.html", shown)
    shown["aisle"] = aisle(community_id=place.pk, category_id=sift.category_id)
    return render(request, "web/products/_found.html" if is_fragment else "web/products/shelf.html", shown)


@require_safe
@vary_on_headers("HX-Request")
def product(request: HttpRequest, slug: str, product_id: int) -> HttpResponse:
    """A product with the chosen variant; htmx gets the offer and its pictures when another variant is tapped."""
    place = find_community(request, slug)
    found = get_object_or_404(Product, pk=product_id, community=place)
    page = product_page(product_id=found.pk)
    shown = {
        "community": place,
        "product": page.product,
        "offer": page.choose(kept_number(request.GET, "variant")),
        "shows": shows_with(product=found),
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "web/products/_chosen.html" if is_fragment else "web/products/product.html", shown)
