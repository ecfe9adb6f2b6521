"""The demo bank's page. It exists only where the shop is paid through the demo bank."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from svoi.kernel.refused import Refused
from svoi.payments.models import BankPage
from svoi.payments.providers.fake import DECISIONS, TROUBLES, Decision, Trouble, bank_page, decide
from svoi.payments.providers.fake.book import runs_out_at
from svoi.payments.providers.fake.wishes import reasons_for
from svoi.web import bank_words
from svoi.web.returning import is_ours


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, bank_id: UUID) -> HttpResponse:
    """What is asked for, ways to answer, and troubles to practise; then back to the shop."""
    if settings.PAYMENT_PROVIDER != "fake":
        raise Http404
    try:
        asked = bank_page(bank_id)
    except Refused:
        raise Http404 from None
    if request.method != "POST":
        return render(request, "web/fake_bank/page.html", _shown(asked))
    wanted = request.POST
    decision, reasons = wanted.get("decision", ""), reasons_for(asked.method)
    trouble, reason = wanted.get("trouble", TROUBLES[0]), wanted.get("reason", reasons[0])
    if decision not in DECISIONS or trouble not in TROUBLES or reason not in reasons:
        return HttpResponseBadRequest()
    decide(
        bank_id=bank_id,
        decision=cast(Decision, decision),
        trouble=cast(Trouble, trouble),
        reason=reason,
        at=timezone.now(),
    )
    return HttpResponse(status=303, headers={"Location": _back(asked.return_url)})


def _shown(asked: BankPage) -> dict[str, Any]:
    return {
        "asked": asked,
        "back": _back(asked.return_url),
        "runs_out_at": runs_out_at(asked),
        "method": bank_words.METHODS.get(asked.method, ""),
        "state": bank_words.STATES.get(asked.state, ""),
        "reason": bank_words.REASONS.get(asked.reason, "") if asked.state == "declined" else "",
        "reasons": [(code, bank_words.REASONS[code]) for code in reasons_for(asked.method)],
        "troubles": [(code, bank_words.TROUBLES[code]) for code in TROUBLES],
    }


def _back(return_url: str) -> str:
    """The shop's own page, told where she comes from: the bank's answer may be a moment behind her."""
    return f"{return_url}?from=bank" if is_ours(return_url) else "/orders/"
