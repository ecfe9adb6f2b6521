"""Taking part in envelopes without being named."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from svoi.envelopes.actions import hide_taker, show_taker
from svoi.web.returning import go_back, to_sign_in

BACK = "/me#my-envelopes"


@require_POST
def quiet(request: HttpRequest) -> HttpResponse:
    """From now on unnamed (`quiet=on`), or named again."""
    if not request.user.is_authenticated:
        return to_sign_in(request, "/me")
    if request.POST.get("quiet") == "on":
        hide_taker(member=request.user, at=timezone.now())
        messages.success(request, _("Lists of envelopes no longer name you, earlier ones included."))
    else:
        show_taker(member=request.user)
        messages.success(request, _("Lists of envelopes name you again."))
    return go_back(request, BACK)
