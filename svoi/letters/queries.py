"""Reading letters: the development outbox."""

from __future__ import annotations

from django.db.models import QuerySet

from svoi.letters.models import Letter

SHOWN_MAX = 50


def latest_letters() -> QuerySet[Letter]:
    """The newest letters with whom they were written to, without their bodies."""
    return Letter.objects.select_related("member").defer("text", "html").order_by("-written_at", "-pk")[:SHOWN_MAX]
