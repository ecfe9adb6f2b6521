"""How the console answers a step: a fragment that shows what is true now, or the refusal in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from svoi.kernel.refused import Refused
from svoi.ui.refusals import Told, say

NUMBER_DIGITS_MAX = 15


def stepped(request: HttpRequest, step: Callable[[], object], then: Callable[[], HttpResponse]) -> HttpResponse:
    """Take the step; show what followed, or why it was refused, in the notice of the console."""
    try:
        step()
    except Refused as refused:
        return refusal(request, say(refused))
    return then()


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say in words what the view refuses: in the notice of the console, or as a page to a plain form."""

    @wraps(view)
    def told(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except Refused as refused:
            said = say(refused)
            if request.headers.get("HX-Request"):
                return refusal(request, said)
            return render(request, "studio/control/refused.html", {"told": said}, status=said.status)

    return told


def refusal(request: HttpRequest, told: Told) -> HttpResponse:
    """The words of a refusal, put where the console shows notices whatever was asked for."""
    answer = render(request, "studio/_refused.html", {"told": told}, status=told.status)
    answer.headers["HX-Retarget"] = "#studio-notice"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def unreadable(request: HttpRequest) -> HttpResponse:
    """For a request that no page of ours sends."""
    told = Told(
        "unreadable",
        _("The page asked for something that cannot be read"),
        _("Nothing was changed. Open the console afresh."),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    return refusal(request, told)


def number_in(form: Mapping[str, str], name: str) -> int | None:
    """A whole number of a form, or None for anything else; short enough for any column."""
    value = form.get(name, "")
    is_number = value.isascii() and value.isdecimal() and len(value) <= NUMBER_DIGITS_MAX
    return int(value) if is_number else None
