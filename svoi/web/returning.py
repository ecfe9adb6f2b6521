"""Where to send a person after a form: back to where she came from, and never to another site."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

NEXT_LENGTH_MAX = 500


def way_back(request: HttpRequest, default: str = "/") -> str:
    """The address asked for by `next` when it is a path of ours, else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(wanted) else default


def is_ours(address: str) -> bool:
    """A path of this site: no host, no scheme, nothing a browser would read as one."""
    if not address.startswith("/") or len(address) > NEXT_LENGTH_MAX or not address.isprintable():
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def with_next(address: str, wanted: str) -> str:
    """The address of a form that will come back to `wanted`."""
    return f"{address}?{urlencode({'next': wanted})}" if wanted and wanted != "/" else address


def go_back(request: HttpRequest, default: str = "/") -> HttpResponse:
    """Redirect by GET; a page that asked through htmx is told to load the new address whole."""
    return _see_other(request, way_back(request, default))


def to_sign_in(request: HttpRequest, wanted: str = "", *, newcomer: bool = False) -> HttpResponse:
    """Ask a visitor to sign in (or, as a likely newcomer, to sign up) and bring her back."""
    return _see_other(request, with_next("/sign-up" if newcomer else "/sign-in", wanted or request.get_full_path()))


def to_door(request: HttpRequest, slug: str, wanted: str) -> HttpResponse:
    """Ask somebody who does not belong to join, and bring her back."""
    return _see_other(request, with_next(f"/c/{slug}/memberships", wanted))


def _see_other(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
