"""Questions of the chat, and the message that stands above it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from svoi.control.actions.keeping import mark_answered, pin_message, unpin_message
from svoi.shows.models import ChatMessage
from svoi.studio.answers import number_in, refusing, unreadable
from svoi.studio.control.answering import back, shown
from svoi.studio.control.parts import question_parts
from svoi.studio.doors import member_of, show_kept_by, show_where, signed_in

TOGETHER_MAX = 400


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def questions(request: HttpRequest, show_id: int) -> HttpResponse:
    """Open questions by group (GET); a group was answered (POST `message`, once for each)."""
    if request.method != "POST":
        show = show_kept_by(request, show_id)
        return shown(request, show, "_questions.html", question_parts(request, show))
    show = show_where(request, show_id, "answer")
    told = request.POST.getlist("message")[:TOGETHER_MAX]
    numbers = [number for one in told if (number := number_in({"message": one}, "message")) is not None]
    if not numbers:
        return unreadable(request)
    mark_answered(show_id=show.pk, message_ids=numbers, by=member_of(request), at=timezone.now())
    return back(request, show, "_questions.html", question_parts(request, show))


@signed_in
@require_POST
@refusing
def message(request: HttpRequest, show_id: int) -> HttpResponse:
    """Put a `message` above the chat (`do=pin`), or take down the one that stands there (`do=unpin`)."""
    show, by, at = show_where(request, show_id, "pin"), member_of(request), timezone.now()
    message_id, step = number_in(request.POST, "message"), request.POST.get("do")
    if step == "unpin":
        unpin_message(show_id=show.pk, by=by, at=at)
    elif step == "pin" and message_id is not None:
        try:
            pin_message(show_id=show.pk, message_id=message_id, by=by, at=at)
        except ChatMessage.DoesNotExist:
            raise Http404 from None
    else:
        return unreadable(request)
    return back(request, show, "_questions.html", question_parts(request, show))
