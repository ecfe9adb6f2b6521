"""The demo bank's notices, with the troubles that real ones have: twice, late, lost, out of order."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from urllib.request import Request, urlopen

from django.conf import settings

from svoi.db.outbox import record
from svoi.payments.events import BankDecided
from svoi.payments.models import BankPage
from svoi.payments.providers.fake.wishes import Trouble
from svoi.payments.rules import ProviderAway

NOTICE_WAIT_S = 5
LATE = timedelta(seconds=30)
OLD_NEWS_AFTER = timedelta(seconds=5)


def announce(page: BankPage, *, at: datetime | None, trouble: Trouble = "none") -> None:
    """Put the notice of the page's present state on its way, or what the trouble makes of it.

    Out of order, the news of the decision is followed by older news: that the page was opened.
    """
    if trouble == "lost":
        return
    _record(page, page.state, at + LATE if at and trouble == "late" else None)
    if trouble == "twice":
        _record(page, page.state, None)
    if at and trouble == "reordered":
        _record(page, "pending", at + OLD_NEWS_AFTER)


def send_notice(*, bank_id: str, notice: str, at: datetime, not_before: str = "") -> None:
    """Tell the shop that something changed, as a bank does: over HTTP, until it answers 200.

    Raises `ProviderAway` when the shop did not take the notice, or while a practised delay lasts.
    """
    if not_before and at < datetime.fromisoformat(not_before):
        raise ProviderAway(reason="late")
    body = json.dumps({"notice": notice, "payment": bank_id}).encode()
    address = f"http://{settings.INNER_HOST}:{settings.PORT}/payments/fake/notices"
    request = Request(address, data=body, headers={"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=NOTICE_WAIT_S):  # noqa: S310
            pass
    except OSError as problem:
        raise ProviderAway(reason=str(problem)) from problem


def _record(page: BankPage, state: str, not_before: datetime | None) -> None:
    told = {"bank_id": str(page.bank_id), "notice": f"{page.bank_id}:{state}"}
    record(BankDecided(**told, not_before=not_before.isoformat() if not_before else ""))
