"""Lists of the shop as files, with the filters of the page they were asked from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from svoi.studio.doors import member_of, shop_kept_by, signed_in
from svoi.studio.shop.exports import SHEETS, lines_of


@signed_in
@never_cache
@require_GET
def export(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """`name` is one of the sheets; `bom=1` puts the mark before the text that older spreadsheets know UTF-8 by."""
    place, at = shop_kept_by(request, slug), timezone.now()
    sheet = SHEETS.get(name)
    if sheet is None:
        raise Http404
    rows = sheet.rows(place, member_of(request), request.GET, at)
    lines = lines_of(sheet, rows, bom=request.GET.get("bom") == "1")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    day = timezone.localtime(at).date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{place.slug}-{name}-{day}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
