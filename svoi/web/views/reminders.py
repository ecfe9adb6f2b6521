"""Asking to be reminded of a show, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.planning.actions.reminding import ask_reminder, recall_reminder
from svoi.ui.refusals import say
from svoi.web.views.shows import find_show

DIGITS_MAX = 5


@require_POST
def reminder(request: HttpRequest, show_id: int) -> HttpResponse:
    """A letter so many minutes before (`ahead_min`), or none any more (`verb=recall`); back to the show's page."""
    show, member, at = find_show(request, show_id), request.user, timezone.now()
    page = reverse("show", args=[show.pk])
    if not isinstance(member, Member):
        return redirect_to_login(page)
    if request.POST.get("verb") == "recall":
        recall_reminder(show_id=show.pk, member=member, at=at)
        return redirect(page)
    asked = request.POST.get("ahead_min", "")
    ahead_min = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= DIGITS_MAX else 0
    try:
        ask_reminder(show=show, member=member, ahead_min=ahead_min, at=at)
    except Refused as refused:
        messages.error(request, say(refused).sentence())
    else:
        messages.success(request, _("We will write to you before the show."))
    return redirect(page)
