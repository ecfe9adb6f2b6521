"""What the clock brings round for orders and money: what nobody paid, kept or took, and what a provider still owes."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone

from svoi.jobs.tasks.running import every
from svoi.orders.actions import carry_on_forsaken, expire_orders, expire_returns, keep_orders
from svoi.payments.actions import give_back_anew, reconcile
from svoi.payments.providers.fake import close_pages

log = logging.getLogger(__name__)


@every("* * * * * */15", "expire orders")
def expire(timestamp: int) -> None:
    """Let unpaid orders go when their time is over."""
    gone = expire_orders(at=timezone.now())
    if gone:
        log.info("%s unpaid orders let go", gone)


@every("*/10 * * * *", "keep orders")
def keep(timestamp: int) -> None:
    """Orders whose days to return are over are kept; returns that nobody brought are over."""
    now = timezone.now()
    dropped, kept = expire_returns(at=now), keep_orders(at=now)
    if dropped or kept:
        log.info("%s orders kept, %s returns over", kept, dropped)


@every("* * * * * */20", "carry on bulk runs")
def carry_on(timestamp: int) -> None:
    """Take up what a killed worker left half done of many orders."""
    if taken_up := carry_on_forsaken(at=timezone.now()):
        log.info("%s bulk runs taken up again", taken_up)


@every("* * * * * */20", "recheck payments")
def recheck(timestamp: int) -> None:
    """Find and heal what lost answers and lost notices left behind."""
    looked_at = reconcile(at=timezone.now())
    if looked_at:
        log.info("%s payments, refunds and receipts looked at again", looked_at)


@every("29 * * * *", "give back anew")
def give_back(timestamp: int) -> None:
    """Money that a provider would not give back yesterday is owed again."""
    if made := give_back_anew(at=timezone.now()):
        log.info("%s refused refunds are owed anew", made)


@every("41 * * * * *", "close demo bank pages")
def close_bank_pages(timestamp: int) -> None:
    """At the demo bank, pages and holds run out as at a real one."""
    if settings.PAYMENT_PROVIDER == "fake":
        close_pages(at=timezone.now())
