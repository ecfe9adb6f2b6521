"""What the crew reads of a show's allotments, and which of them the reader may change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from svoi.catalog.queries import latest_allotment_changes
from svoi.shows.models import Show
from svoi.shows.queries.tray import tray_of
from svoi.studio.doors import may_run, member_of

REASON_WORDS: dict[str, str | Promise] = {
    "plan": pgettext_lazy("why allotted", "planned for the show"),
    "recount": pgettext_lazy("why allotted", "the stock was counted anew"),
    "quality": pgettext_lazy("why allotted", "something is wrong with the goods"),
    "keep": pgettext_lazy("why allotted", "some are kept for others"),
}


def allotment_parts(request: HttpRequest, show: Show) -> dict[str, Any]:
    """Each product of the tray with what was said of it last; a producer states, the host tightens, others read."""
    latest = latest_allotment_changes(show_id=show.pk)
    rows = [(row, latest.get(row.product_id)) for row in tray_of(show_id=show.pk)]
    is_open = show.ended_at is None and show.called_off_at is None
    runs = may_run(request, show)
    return {
        "show": show,
        "rows": [(row, last, REASON_WORDS[last.reason] if last else "") for row, last in rows],
        "may_allot": runs and is_open,
        "may_tighten": not runs and member_of(request).pk == show.host_id and is_open,
        "reasons": list(REASON_WORDS.items()),
    }
