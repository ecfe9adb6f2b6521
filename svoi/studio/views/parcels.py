"""One parcel at the counter: received, handed over by its code, given back, and a return taken in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.kernel.refused import Refused
from svoi.orders.models import Return
from svoi.orders.rules import ReturnClosed, may_still_bring, order_id_in
from svoi.pickup.actions import give_back, hand_over, receive_parcel, take_back
from svoi.pickup.models import Parcel, PickupPoint
from svoi.pickup.rules.codes import TYPED_LENGTH_MAX
from svoi.pickup.rules.parcels import admit_return
from svoi.studio.answers import number_in
from svoi.studio.counter import returns_to_take, row_of
from svoi.studio.doors import member_of, signed_in
from svoi.studio.views.points import point_worked_by
from svoi.ui.refusals import Told, say


@signed_in
@never_cache
@require_safe
def parcel(request: HttpRequest, point_id: int, parcel_id: int) -> HttpResponse:
    """What is in it and what can be done with it now."""
    point = point_worked_by(request, point_id)
    return _page(request, point, _parcel(point, parcel_id))


@signed_in
@require_POST
def arrival(request: HttpRequest, point_id: int, parcel_id: int) -> HttpResponse:
    """It lies at the point now. With `from=list` the worker goes on receiving."""
    point, by = point_worked_by(request, point_id), member_of(request)
    one = _parcel(point, parcel_id)

    def received() -> HttpResponse:
        receive_parcel(parcel_id=one.pk, by=by, at=timezone.now())
        messages.success(request, _("Received. The buyer is told and can come."))
        if request.POST.get("from") == "list":
            return redirect(f"/studio/points/{point.pk}/?section=coming")
        return redirect("studio_parcel", point_id=point.pk, parcel_id=one.pk)

    return _stepped(request, point, one, received)


@signed_in
@never_cache
@require_POST
def handing(request: HttpRequest, point_id: int, parcel_id: int) -> HttpResponse:
    """The code the buyer says (`code`); a right one hands over, once."""
    point, by = point_worked_by(request, point_id), member_of(request)
    one, code = _parcel(point, parcel_id), request.POST.get("code", "")[: TYPED_LENGTH_MAX + 1]

    def handed() -> HttpResponse:
        hand_over(pickup_point_id=point.pk, parcel_id=one.pk, code=code, by=by, at=timezone.now())
        return redirect(f"/studio/points/{point.pk}/parcels/{one.pk}/?done=1")

    return _stepped(request, point, one, handed)


@signed_in
@require_POST
def giving_back(request: HttpRequest, point_id: int, parcel_id: int) -> HttpResponse:
    """A parcel nobody collected leaves the point."""
    point, by = point_worked_by(request, point_id), member_of(request)
    one = _parcel(point, parcel_id)

    def given() -> HttpResponse:
        give_back(parcel_id=one.pk, by=by, at=timezone.now())
        messages.success(request, _("Given back. It is the shop’s again."))
        return redirect(f"/studio/points/{point.pk}/?section=to_give_back")

    return _stepped(request, point, one, given)


@signed_in
@require_POST
def returns(request: HttpRequest, point_id: int, parcel_id: int) -> HttpResponse:
    """Goods of a collected parcel are given in, for one of the returns its buyer asked for (`return`)."""
    point, by = point_worked_by(request, point_id), member_of(request)
    one, return_id = _parcel(point, parcel_id), number_in(request.POST, "return")

    def taken() -> HttpResponse:
        admit_return(one.stage)
        asked = get_object_or_404(Return, pk=return_id, order_id=order_id_in(one.subject))
        if not may_still_bring(asked.stage) and not one.returns.filter(claim=asked.claim).exists():
            raise ReturnClosed(stage=asked.stage)
        take_back(subject=one.subject, by=by, claim=asked.claim, at=timezone.now())
        messages.success(request, _("The return is taken in. The money goes back to the buyer."))
        return redirect("studio_parcel", point_id=point.pk, parcel_id=one.pk)

    return _stepped(request, point, one, taken)


def _parcel(point: PickupPoint, parcel_id: int) -> Parcel:
    return get_object_or_404(Parcel.objects.select_related("pickup_point"), pk=parcel_id, pickup_point=point)


def _stepped(request: HttpRequest, point: PickupPoint, one: Parcel, step: Callable[[], HttpResponse]) -> HttpResponse:
    """Take the step; a refusal stands above the parcel as it is now."""
    try:
        return step()
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, point, one, told=say(refused))


def _page(request: HttpRequest, point: PickupPoint, one: Parcel, told: Told | None = None) -> HttpResponse:
    row, taken = row_of(one), list(one.returns.order_by("pk"))
    parts = {
        "point": point,
        "row": row,
        "parcel": one,
        "told": told,
        "late": row.is_late(timezone.now()),
        "locked": told is not None and told.code == "code_locked",
        "done": request.GET.get("done") == "1" and one.stage == "handed_over",
        "taken": taken,
        "to_take": returns_to_take(row, taken),
    }
    return render(request, "studio/points/parcel.html", parts, status=told.status if told else 200)
