"""The tray and the pin."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from svoi.catalog.queries import cards
from svoi.control.actions.keeping import move_in_tray
from svoi.shows.actions.pinning import pin_product, unpin_product
from svoi.shows.actions.tray import put_in_tray, take_from_tray
from svoi.shows.models import Show
from svoi.shows.queries.choice import products_to_lay_out
from svoi.studio.answers import number_in, stepped, unreadable
from svoi.studio.doors import may_run, member_of, show_kept_by, show_run_by, signed_in
from svoi.studio.parts import tray_parts

SOUGHT_LETTERS_MAX = 80


@signed_in
@require_http_methods(["PUT", "DELETE"])
def pin(request: HttpRequest, show_id: int) -> HttpResponse:
    """Show a product to the room (PUT `product`), or take it down (DELETE)."""
    show, by, at = show_run_by(request, show_id), member_of(request), timezone.now()
    if request.method == "DELETE":
        return _stepped(request, show, lambda: unpin_product(show_id=show.pk, by=by, at=at))
    product_id = number_in(QueryDict(request.body), "product")
    if product_id is None:
        return unreadable(request)
    return _stepped(request, show, lambda: pin_product(show_id=show.pk, product_id=product_id, by=by, at=at))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tray(request: HttpRequest, show_id: int) -> HttpResponse:
    """The products laid out, for the whole crew (GET); one more at their end (POST `product`)."""
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return _tray(request, show, runs=may_run(request, show))
    show, by, at = show_run_by(request, show_id), member_of(request), timezone.now()
    product_id = number_in(request.POST, "product")
    if product_id is None:
        return unreadable(request)
    return _stepped(request, show, lambda: put_in_tray(show_id=show.pk, product_id=product_id, by=by, at=at))


@signed_in
@never_cache
@require_safe
def choice(request: HttpRequest, show_id: int) -> HttpResponse:
    """Products that can still be laid out, by the words of `q`."""
    show = show_run_by(request, show_id)
    sought = request.GET.get("q", "")[:SOUGHT_LETTERS_MAX].replace("\0", " ")
    found = cards(products_to_lay_out(show_id=show.pk, text=sought))
    return render(request, "studio/shows/_choice.html", {"show": show, "cards": list(found.values()), "sought": sought})


@signed_in
@require_http_methods(["PUT", "DELETE"])
def item(request: HttpRequest, show_id: int, product_id: int) -> HttpResponse:
    """Move a product of the tray to a place (PUT `position`, 0 is first), or take it away (DELETE)."""
    show, by, at = show_run_by(request, show_id), member_of(request), timezone.now()
    if request.method == "DELETE":
        return _stepped(request, show, lambda: take_from_tray(show_id=show.pk, product_id=product_id, by=by, at=at))
    asked = QueryDict(request.body)
    position, seen = number_in(asked, "position"), asked.get("seen")
    if position is None:
        return unreadable(request)
    return _stepped(
        request,
        show,
        lambda: move_in_tray(show_id=show.pk, product_id=product_id, position=position, seen=seen, by=by, at=at),
    )


def _stepped(request: HttpRequest, show: Show, step: Callable[[], object]) -> HttpResponse:
    return stepped(request, step, lambda: _tray(request, show, runs=True))


def _tray(request: HttpRequest, show: Show, *, runs: bool) -> HttpResponse:
    return render(request, "studio/shows/_tray.html", tray_parts(show, runs=runs))
