"""Giving goods back: what the law gives, what she chooses, and giving it up again."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import ask_return, drop_return
from svoi.orders.queries import OrderPage, returnable
from svoi.ui.refusals import Told, say
from svoi.web.order_parts import may_return, return_facts
from svoi.web.return_form import ReturnForm
from svoi.web.views.orders import find_order, for_buyer

UNREADABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_buyer
def returns(request: HttpRequest, buyer: Member, number: str) -> HttpResponse:
    """The form; sent back, it becomes a return, or says why not with nothing lost."""
    found = find_order(buyer, number)
    if request.method != "POST":
        if not may_return(found.order, at=timezone.now()):
            return _to_order(number)
        return _page(request, found, ReturnForm(initial={"key": uuid4()}))
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=UNREADABLE)
    try:
        asked = ask_return(
            order_id=found.order.pk,
            wanted=form.wanted(),
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
    except Refused as refused:
        told = say(refused)
        return _page(request, found, form, told=told, status=told.status)
    accepted, looked_at = _("Accepted. Bring the goods to the point."), _("The shop looks at it and answers here.")
    messages.success(request, accepted if asked.is_right else looked_at)
    return _to_order(number)


@require_POST
@for_buyer
def dropped(request: HttpRequest, buyer: Member, number: str, return_id: int) -> HttpResponse:
    """She keeps the goods after all."""
    asked = find_order(buyer, number).order.returns.filter(pk=return_id).first()
    if asked is None:
        raise Http404
    if drop_return(return_id=asked.pk, at=timezone.now()):
        messages.success(request, _("The return is given up; the goods stay yours."))
    return _to_order(number)


def _page(
    request: HttpRequest, found: OrderPage, form: ReturnForm, *, told: Told | None = None, status: int = 200
) -> HttpResponse:
    order, chosen = found.order, form.wanted() if form.is_bound else {}
    left = {line.pk: pieces for line, pieces in returnable(order).items()}
    shown = {
        "order": order,
        "rows": [(line, left[line.pk], min(chosen.get(line.pk, 0), left[line.pk])) for line in found.lines],
        "form": form,
        "told": told,
        **return_facts(order, at=timezone.now()),
    }
    return render(request, "web/orders/return.html", shown, status=status)


def _to_order(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("order", args=[number]), status=303)
