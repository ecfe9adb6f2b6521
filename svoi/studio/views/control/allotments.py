"""What a show may sell: allotted by whoever runs it, tightened by its host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from svoi.catalog.rules.allotments import read_reason
from svoi.shows.actions.allotting import allot_in_show, tighten_in_show
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.allotting import allotment_parts
from svoi.studio.control.answering import back, shown
from svoi.studio.doors import member_of, show_filmed_by, show_kept_by, show_run_by, signed_in


@signed_in
@never_cache
@require_safe
def allotments(request: HttpRequest, show_id: int) -> HttpResponse:
    """What the show may sell of each product of its tray, and how much of that is left; for the whole crew."""
    show = show_kept_by(request, show_id)
    return shown(request, show, "_allotments.html", allotment_parts(request, show))


@signed_in
@require_POST
@refusing
def allotment(request: HttpRequest, show_id: int, product_id: int) -> HttpResponse:
    """Say how many `pieces` and why (`reason`): `do=set` by whoever runs the show, `do=tighten` by its host as well."""
    step, pieces = request.POST.get("do"), number_in(request.POST, "pieces")
    verb, find = (allot_in_show, show_run_by) if step == "set" else (tighten_in_show, show_filmed_by)
    show = find(request, show_id)
    if step not in ("set", "tighten") or pieces is None:
        return unreadable(request)
    reason, by = read_reason(request.POST.get("reason", "")), member_of(request)
    verb(show_id=show.pk, product_id=product_id, pieces=pieces, reason=reason, by=by, at=timezone.now())
    return back(request, show, "_allotments.html", allotment_parts(request, show), "tray")
