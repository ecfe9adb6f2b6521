"""What a rundown begins from, and what is kept of it for others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from svoi.kernel.refused import Refused
from svoi.rundowns.actions import copy_rundown, make_template, retire_template
from svoi.rundowns.models import Rundown
from svoi.rundowns.rules import MAY_WRITE_RUNDOWNS, RundownUnknown
from svoi.studio.answers import number_in, unreadable
from svoi.studio.doors import member_of, rundown_written_by, signed_in
from svoi.studio.rundown.answering import stepped
from svoi.ui.refusals import say


@signed_in
@require_POST
def copy(request: HttpRequest, show_id: int) -> HttpResponse:
    """Begin from a template or from another show's plan (`from`, its number)."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    source = number_in(request.POST, "from")
    if source is None:
        return unreadable(request)

    def take() -> None:
        if not Rundown.objects.run_by(by, MAY_WRITE_RUNDOWNS).filter(pk=source).exists():
            raise RundownUnknown()
        copy_rundown(rundown_id=source, show_id=show.pk, by=by, at=at)

    return stepped(request, show, take, said=lambda: _("Copied. Prices of planned deals were read anew."))


@signed_in
@require_POST
def template(request: HttpRequest, show_id: int) -> HttpResponse:
    """Keep the plan as a template under `name_ru` and `name_en`."""
    show, by, at = rundown_written_by(request, show_id), member_of(request), timezone.now()
    names = {name: request.POST.get(name, "") for name in ("name_ru", "name_en")}

    def take() -> None:
        plan = Rundown.objects.filter(show=show).first()
        if plan is None:
            raise RundownUnknown()
        make_template(rundown_id=plan.pk, **names, by=by, at=at)

    return stepped(request, show, take, said=lambda: _("Kept as a template."))


@signed_in
@require_POST
def retirement(request: HttpRequest, rundown_id: int) -> HttpResponse:
    """Offer a template no longer."""
    templates = Rundown.objects.run_by(member_of(request), MAY_WRITE_RUNDOWNS).filter(show=None)
    found = get_object_or_404(templates, pk=rundown_id)
    try:
        retire_template(rundown_id=found.pk, at=timezone.now())
    except Refused as refused:
        messages.error(request, say(refused).sentence())
    else:
        messages.success(request, _("The template is offered no longer."))
    back = number_in(request.POST, "show")
    return redirect("studio_rundown", show_id=back) if back else redirect("studio")
