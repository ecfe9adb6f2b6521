"""The shop's money: payments, refunds, and the returns that wait for its word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.studio.answers import number_in
from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.asking import (
    RETURN_SECTIONS,
    next_page,
    one_of,
    same_asked,
    wanted_payments,
    wanted_refunds,
)
from svoi.studio.shop.money import payment_page, refund_page
from svoi.studio.shop.places import days_since, return_page, returns_wanted
from svoi.studio.shop.words import METHOD_WORDS, PAYMENT_WORDS, REFUND_WORDS, advice_on_payment, advice_on_refund


@signed_in
@never_cache
@require_safe
def payments(request: HttpRequest, slug: str) -> HttpResponse:
    """Payments by state and method, and those that somebody has to look at."""
    place, wanted, at = shop_kept_by(request, slug), wanted_payments(request.GET), timezone.now()
    rows, after = payment_page(
        place=place, member=member_of(request), wanted=wanted, after=number_in(request.GET, "after"), at=at
    )
    parts = {
        "place": place,
        "section": "payments",
        "wanted": wanted,
        "rows": [(row, advice_on_payment(row)) for row in rows],
        "states": list(PAYMENT_WORDS.items()),
        "methods": list(METHOD_WORDS.items())[1:],
        "next": next_page(request.GET, after),
        "asked": same_asked(request.GET),
    }
    return render(request, "studio/shop/payments.html", parts)


@signed_in
@never_cache
@require_safe
def refunds(request: HttpRequest, slug: str) -> HttpResponse:
    """Refunds by state, with the reason of each."""
    place, wanted = shop_kept_by(request, slug), wanted_refunds(request.GET)
    rows, after = refund_page(
        place=place, member=member_of(request), wanted=wanted, after=number_in(request.GET, "after")
    )
    parts = {
        "place": place,
        "section": "refunds",
        "wanted": wanted,
        "rows": [(row, advice_on_refund(row.refund, is_open=row.is_open)) for row in rows],
        "states": list(REFUND_WORDS.items()),
        "methods": list(METHOD_WORDS.items())[1:],
        "next": next_page(request.GET, after),
        "asked": same_asked(request.GET),
    }
    return render(request, "studio/shop/refunds.html", parts)


@signed_in
@never_cache
@require_safe
def returns(request: HttpRequest, slug: str) -> HttpResponse:
    """Returns that wait for the shop's word, with how long they have; or accepted ones that are to be brought."""
    place, at = shop_kept_by(request, slug), timezone.now()
    section = one_of(request.GET, "section", RETURN_SECTIONS) or RETURN_SECTIONS[0]
    wanted = returns_wanted(place=place, member=member_of(request), section=section)
    rows, after = return_page(wanted, after=number_in(request.GET, "after"))
    parts = {
        "place": place,
        "section": "returns",
        "queue": section,
        "rows": [(one, days_since(one.accepted_at or one.asked_at, at=at)) for one in rows],
        "next": next_page(request.GET, after),
    }
    return render(request, "studio/shop/returns.html", parts)
