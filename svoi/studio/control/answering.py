"""How the control room answers: a fragment to the console, and the way back to the console to a plain form."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from svoi.shows.models import Show


def shown(request: HttpRequest, show: Show, template: str, parts: dict[str, Any]) -> HttpResponse:
    """The part as it is now; to a plain address the same part inside a page of its own."""
    if request.headers.get("HX-Request"):
        return render(request, f"studio/control/{template}", parts)
    return render(request, "studio/control/page.html", {**parts, "part": f"studio/control/{template}", "show": show})


def back(request: HttpRequest, show: Show, template: str, parts: dict[str, Any], *tells: str) -> HttpResponse:
    """After a step: the part as it is now, with what else should be read again; a plain form comes to the console."""
    if not request.headers.get("HX-Request"):
        return redirect("studio_console", show_id=show.pk)
    answer = render(request, f"studio/control/{template}", parts)
    if tells:
        answer.headers["HX-Trigger"] = ", ".join(f"studio:{name}" for name in tells)
    return answer


def key_in(request: HttpRequest) -> UUID:
    """The key a form carries; one that cannot be read is a new one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
