"""The demo bank's book: pages that buyers decide on, money held and taken, and time that runs out."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from svoi.db.transaction import atomic
from svoi.payments.models import BankPage
from svoi.payments.providers.fake.post import announce
from svoi.payments.providers.fake.wishes import REASONS, Decision, Trouble
from svoi.payments.rules import PaymentUnknown

PAGE_LASTS = timedelta(hours=1)
HOLD_LASTS = timedelta(days=7)


def bank_page(bank_id: UUID) -> BankPage:
    """A page of the bank's book; raise `PaymentUnknown` when there is none."""
    try:
        return BankPage.objects.get(bank_id=bank_id)
    except BankPage.DoesNotExist:
        raise PaymentUnknown() from None


def runs_out_at(page: BankPage) -> datetime | None:
    """Until when the buyer may decide, or the shop may take what is held; None when neither can any more."""
    if page.state == "held" and page.decided_at:
        return page.decided_at + HOLD_LASTS
    return page.opened_at + PAGE_LASTS if page.state == "pending" else None


@atomic
def decide(
    *, bank_id: UUID, decision: Decision, at: datetime, trouble: Trouble = "none", reason: str = REASONS[0]
) -> BankPage:
    """The buyer pays, is declined for a reason, goes away, or the time is over; the first decision stands.

    Going away decides nothing; a hold may still run out. The bank's notice is sent after commit, as a consequence;
    `trouble` practises one that comes twice, late, never, or before older news.
    """
    page = BankPage.objects.select_for_update().filter(bank_id=bank_id, state__in=["pending", "held"]).first()
    if page is None or decision == "abandon" or (page.state == "held" and decision != "expire"):
        return bank_page(bank_id)
    if decision == "expire":
        _run_out(page)
    elif decision == "decline":
        page.state, page.reason, page.decided_at = "declined", reason, at
    else:
        page.state, page.decided_at = ("held" if page.hold else "succeeded"), at
        page.taken_minor = 0 if page.hold else page.amount_minor
    page.save(update_fields=["state", "taken_minor", "reason", "decided_at"])
    announce(page, at=at, trouble=trouble)
    return page


@atomic
def settle(*, bank_id: UUID, state: str, taken_minor: int = 0, reason: str = "") -> bool:
    """Held money is taken, whole or in part, or let go, once; False when it was not held or was less."""
    held = BankPage.objects.select_for_update().filter(bank_id=bank_id, state="held", amount_minor__gte=taken_minor)
    page = held.first()
    if page is None:
        return False
    page.state, page.taken_minor, page.reason = state, taken_minor, reason
    page.save(update_fields=["state", "taken_minor", "reason"])
    announce(page, at=None)
    return True


@atomic
def close_pages(*, at: datetime, most: int = 200) -> int:
    """Pages nobody decided on within the hour, and holds nobody took within seven days, run out; how many did."""
    late = Q(state="pending", opened_at__lte=at - PAGE_LASTS) | Q(state="held", decided_at__lte=at - HOLD_LASTS)
    pages = list(BankPage.objects.select_for_update(skip_locked=True).filter(late).order_by("opened_at")[:most])
    for page in pages:
        _run_out(page)
        page.save(update_fields=["state", "reason"])
        announce(page, at=at)
    return len(pages)


def _run_out(page: BankPage) -> None:
    page.reason = "expired_on_capture" if page.state == "held" else "expired_on_confirmation"
    page.state = "expired"
