"""The trend of a show: the lines the console draws, and the same in rows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from svoi.studio.control.answering import shown
from svoi.studio.control.trend import table_parts, trend_parts
from svoi.studio.doors import show_kept_by, signed_in


@signed_in
@never_cache
@require_safe
def trend(request: HttpRequest, show_id: int) -> HttpResponse:
    """Lines minute by minute beside what is usual, with what the crew set off; read again every quarter of a minute."""
    show = show_kept_by(request, show_id)
    return shown(request, show, "_trend.html", trend_parts(show, at=timezone.now()))


@signed_in
@never_cache
@require_safe
def table(request: HttpRequest, show_id: int) -> HttpResponse:
    """Every figure of the drawing in words and rows."""
    show = show_kept_by(request, show_id)
    return shown(request, show, "_trend_table.html", table_parts(show, at=timezone.now()))
