"""The worker's tasks: consequences of events, and what the clock brings round."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from svoi.catalog.actions import forget_old_calls, refresh_search
from svoi.communities.models import Community
from svoi.consequences import carry_out, following
from svoi.control.actions.polling import close_late_polls
from svoi.db.relay import Numbered
from svoi.envelopes.actions import close_envelopes
from svoi.flash.actions import close_deals, lapse_claims
from svoi.jobs.abandoned import put_back
from svoi.jobs.searching import SearchFailed, search_apart
from svoi.kernel.refused import Refused
from svoi.law.actions.erasures import carry_out_erasures
from svoi.law.actions.exports import drop_old_exports
from svoi.ledger.actions import take_checkpoint
from svoi.ledger.queries import due_for_checkpoint
from svoi.letters.actions import forget_letters
from svoi.members.actions import forget_old_tries
from svoi.members.models import Member
from svoi.orders.actions import carry_on_forsaken, expire_orders, expire_returns, keep_orders
from svoi.payments.actions import give_back_anew, reconcile
from svoi.payments.providers.fake import close_pages
from svoi.pickup.actions import expire_parcels, import_carrier_points, refresh_parcel
from svoi.pickup.providers import KNOWN, carrier_named
from svoi.pickup.queries import carrier_cities, travelling_parcels
from svoi.planning.actions.reminding import ring_reminders
from svoi.planning.actions.series import make_series
from svoi.planning.queries.calendar import series_to_make
from svoi.points.actions import expire_points, pay_owed
from svoi.replays.actions import forget_claims
from svoi.shows.actions.airing import start_show
from svoi.shows.actions.pinning import pin_product
from svoi.shows.actions.recounting import drop_old_traces, recount_after_end
from svoi.shows.queries.recounts import due_for_recount
from svoi.shows.rules.airing import AlreadyLive, ShowEnded
from svoi.trust.queries import rule_mode, search_is_due
from svoi.trust.rules import RECENT, SEASON

log = logging.getLogger(__name__)
# Each try a second later than the last: together two days, so that a mistake mended by an update loses nothing.
DELIVERIES_MAX = 600
AGAIN = RetryStrategy(max_attempts=DELIVERIES_MAX, wait=1, linear_wait=1)


def with_live_connection(task: Callable[..., None]) -> Callable[..., None]:
    """Drop a database connection that died since this thread's last task, before the task needs it."""

    @wraps(task)
    def run(*args: Any, **kwargs: Any) -> None:
        close_old_connections()
        try:
            task(*args, **kwargs)
        finally:
            close_old_connections()

    return run


@app.task(name="consequence", retry=AGAIN)
@with_live_connection
def deliver(event_id: int, kind: str, name: str, payload: dict[str, Any], at: str) -> None:
    """Carry out one consequence; a failure is tried again a little later, and told of unless it was foreseen."""
    try:
        carry_out(event_id=event_id, kind=kind, name=name, payload=payload, at=timezone.now())
    except Refused:
        raise
    except Exception:
        log.exception("«%s» after %s %s failed", name, kind, event_id)
        raise


@app.periodic(cron="* * * * * */15")
@app.task(name="expire orders", queueing_lock="expire orders")
@with_live_connection
def expire(timestamp: int) -> None:
    """Let unpaid orders go when their time is over."""
    gone = expire_orders(at=timezone.now())
    if gone:
        log.info("%s unpaid orders let go", gone)


@app.periodic(cron="* * * * * */5")
@app.task(name="settle flash deals", queueing_lock="settle flash deals")
@with_live_connection
def settle_deals(timestamp: int) -> None:
    """End deals whose time is over, and put what was kept in vain back on sale."""
    now = timezone.now()
    closed, lapsed = close_deals(at=now), lapse_claims(at=now)
    if closed or lapsed:
        log.info("%s flash deals ended, %s claims let go", closed, lapsed)


@app.periodic(cron="* * * * * */5")
@app.task(name="close polls", queueing_lock="close polls")
@with_live_connection
def close_polls(timestamp: int) -> None:
    """Close polls whose time is over, and tell their rooms how they ended."""
    closed = close_late_polls(at=timezone.now())
    if closed:
        log.info("%s polls closed", closed)


@app.periodic(cron="*/10 * * * *")
@app.task(name="keep orders", queueing_lock="keep orders")
@with_live_connection
def keep(timestamp: int) -> None:
    """Orders whose days to return are over are kept; returns that nobody brought are over."""
    now = timezone.now()
    dropped, kept = expire_returns(at=now), keep_orders(at=now)
    if dropped or kept:
        log.info("%s orders kept, %s returns over", kept, dropped)


@app.periodic(cron="* * * * * */20")
@app.task(name="carry on bulk runs", queueing_lock="carry on bulk runs")
@with_live_connection
def carry_on(timestamp: int) -> None:
    """Take up what a killed worker left half done of many orders."""
    if taken_up := carry_on_forsaken(at=timezone.now()):
        log.info("%s bulk runs taken up again", taken_up)


@app.periodic(cron="* * * * * */20")
@app.task(name="close envelopes", queueing_lock="close envelopes")
@with_live_connection
def close_expired(timestamp: int) -> None:
    """Give back what nobody took of envelopes whose time is over."""
    if closed := close_envelopes(at=timezone.now()):
        log.info("%s envelopes closed", closed)


@app.periodic(cron="* * * * * */20")
@app.task(name="ring reminders", queueing_lock="ring reminders")
@with_live_connection
def ring(timestamp: int) -> None:
    """Remind of shows whose time is near, each member once."""
    if rung := ring_reminders(at=timezone.now()):
        log.info("%s members are reminded of shows", rung)


@app.periodic(cron="7 1 * * *")
@app.task(name="make series", queueing_lock="make series")
@with_live_connection
def make_all_series(timestamp: int) -> None:
    """Every night make the shows of the weeks ahead, in the name of whoever planned the series."""
    for series in series_to_make():
        try:
            done = make_series(series_id=series.pk, by=series.planned_by, at=timezone.now())
        except Refused as no:
            log.warning("series %s makes no shows: %s", series.pk, no)
        else:
            log.info("series %s: %s shows made, %s kept out", series.pk, len(done.made), len(done.kept_out))


@app.periodic(cron="*/5 * * * *")
@app.task(name="expire parcels", queueing_lock="expire parcels")
@with_live_connection
def expire_stored(timestamp: int) -> None:
    """Send back what lay at its point for all its days."""
    gone = expire_parcels(at=timezone.now())
    if gone:
        log.info("%s parcels were not collected", gone)


@app.periodic(cron="*/20 * * * *")
@app.task(name="ask carriers", queueing_lock="ask carriers")
@with_live_connection
def ask_carriers(timestamp: int) -> None:
    """Ask where parcels are, so that lost news is not a lost parcel."""
    for parcel_id in travelling_parcels(carriers=_carriers()):
        try:
            refresh_parcel(parcel_id=parcel_id, at=timezone.now())
        except Refused as no:
            log.warning("the carrier of parcel %s says: %s", parcel_id, no)


@app.periodic(cron="41 3 * * *")
@app.task(name="refresh points", queueing_lock="refresh points")
@with_live_connection
def refresh_points(timestamp: int) -> None:
    """Read carriers' points again, in the cities that shops show."""
    for community_id, carrier, city in carrier_cities():
        if carrier not in _carriers():
            continue
        try:
            import_carrier_points(community_id=community_id, carrier=carrier, city=city, at=timezone.now())
        except Refused as no:
            log.warning("points of %s in city %s stay as they are: %s", carrier, city, no)


def _carriers() -> list[str]:
    return [name for name in KNOWN if carrier_named(name).is_set_up()]


@app.periodic(cron="* * * * * */20")
@app.task(name="recheck payments", queueing_lock="recheck payments")
@with_live_connection
def recheck(timestamp: int) -> None:
    """Find and heal what lost answers and lost notices left behind."""
    looked_at = reconcile(at=timezone.now())
    if looked_at:
        log.info("%s payments, refunds and receipts looked at again", looked_at)


@app.periodic(cron="29 * * * *")
@app.task(name="give back anew", queueing_lock="give back anew")
@with_live_connection
def give_back(timestamp: int) -> None:
    """Money that a provider would not give back yesterday is owed again."""
    if made := give_back_anew(at=timezone.now()):
        log.info("%s refused refunds are owed anew", made)


@app.periodic(cron="* * * * * */20")
@app.task(name="put back abandoned jobs", queueing_lock="put back abandoned jobs", pass_context=True)
async def put_back_abandoned(context: JobContext, timestamp: int) -> None:
    """What a killed worker had begun is done by another."""
    await put_back(context.app)


@app.periodic(cron="41 * * * * *")
@app.task(name="close demo bank pages", queueing_lock="close demo bank pages")
@with_live_connection
def close_bank_pages(timestamp: int) -> None:
    """At the demo bank, pages and holds run out as at a real one."""
    if settings.PAYMENT_PROVIDER == "fake":
        close_pages(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="forget old tries", queueing_lock="forget old tries")
@with_live_connection
def forget(timestamp: int) -> None:
    """Drop failed sign-ins that no longer lock anybody out."""
    forget_old_tries(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="erase members", queueing_lock="erase members")
@with_live_connection
def erase(timestamp: int) -> None:
    """Forget whoever asked for it and did not change her mind; let old exports go."""
    now = timezone.now()
    if gone := carry_out_erasures(at=now):
        log.info("%s members erased", gone)
    drop_old_exports(at=now)


@app.periodic(cron="13 * * * *")
@app.task(name="pay owed points", queueing_lock="pay owed points")
@with_live_connection
def pay_points(timestamp: int) -> None:
    """Points that a budget was too short for come once it is filled."""
    if paid := pay_owed(at=timezone.now()):
        log.info("%s earnings paid that were owed", paid)


@app.periodic(cron="31 3 * * *")
@app.task(name="expire points", queueing_lock="expire points")
@with_live_connection
def expire_old_points(timestamp: int) -> None:
    """Points whose days are over go, the oldest first."""
    if gone := expire_points(at=timezone.now()):
        log.info("points of %s members ran out", gone)


@app.periodic(cron="41 3 * * *")
@app.task(name="forget letters", queueing_lock="forget letters")
@with_live_connection
def forget_old_letters(timestamp: int) -> None:
    """Drop letters that were kept long enough."""
    forget_letters(at=timezone.now())


@app.periodic(cron="47 3 * * *")
@app.task(name="refresh search", queueing_lock="refresh search")
@with_live_connection
def refresh_every_search(timestamp: int) -> None:
    """Read every product anew at night, also what was changed by hand."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        refresh_search(community_id=community_id, whole=True)


@app.periodic(cron="23 4 * * *")
@app.task(name="forget old calls", queueing_lock="forget old calls")
@with_live_connection
def forget_calls(timestamp: int) -> None:
    """Drop calls of programs that are older than anybody asks about."""
    forget_old_calls(at=timezone.now())


@app.periodic(cron="* * * * * */30")
@app.task(name="recount shows", queueing_lock="recount shows")
@with_live_connection
def recount_shows(timestamp: int) -> None:
    """Count ended shows anew, once, from all their records; where weights did not count, it is only tried."""
    for show_id in due_for_recount(at=timezone.now()):
        try:
            done = recount_after_end(show_id=show_id, at=timezone.now())
        except Exception:  # one show whose records cannot be read must not keep the others waiting
            log.exception("show %s is not recounted", show_id)
        else:
            log.info("show %s recounted: %s of %s viewers", show_id, done.viewers_counted, done.viewers_raw)


@app.periodic(cron="53 3 * * *")
@app.task(name="drop old traces", queueing_lock="drop old traces")
@with_live_connection
def drop_traces(timestamp: int) -> None:
    """Forget the hashes of devices and networks that were kept long enough."""
    if dropped := drop_old_traces(at=timezone.now()):
        log.info("%s rows without traces of devices and networks now", dropped)


@app.periodic(cron="37 4 * * *")
@app.task(name="forget claims", queueing_lock="forget claims")
@with_live_connection
def forget_old_claims(timestamp: int) -> None:
    """Drop claims said on air that were kept for all their years."""
    if gone := forget_claims(kept_days=settings.CLAIMS_KEPT_DAYS, at=timezone.now()):
        log.info("%s claims said on air are past their years", gone)


@app.periodic(cron="*/5 * * * *")
@app.task(name="take checkpoints", queueing_lock="take checkpoints")
@with_live_connection
def take_checkpoints(timestamp: int) -> None:
    """Note what busy collecting accounts came to; one that is being written to waits for the next round."""
    for account in due_for_checkpoint():
        if take_checkpoint(account=account, at=timezone.now()) is None:
            log.info("no checkpoint of %s: entries are being written", account)


@app.periodic(cron="*/10 * * * *")
@app.task(name="find recent groups", queueing_lock="find recent groups", lock="find groups")
@with_live_connection
def find_recent_groups(timestamp: int) -> None:
    """Look at the last two days of communities where somebody did something since the last look."""
    now = timezone.now()
    for pk, slug in Community.objects.order_by("pk").values_list("pk", "slug"):
        if search_is_due(community_id=pk, since=now - RECENT, until=now):
            _search(slug, RECENT.days)


@app.periodic(cron="23 2 * * *")
@app.task(name="find groups of a season", queueing_lock="find groups of a season", lock="find groups")
@with_live_connection
def find_groups_of_season(timestamp: int) -> None:
    """Every night look at ninety days of each community whose owner has not switched the search off."""
    for pk, slug in Community.objects.order_by("pk").values_list("pk", "slug"):
        if rule_mode(community_id=pk, rule="groups") != "off":
            _search(slug, SEASON.days)


def _search(slug: str, days: int) -> None:
    """One community whose search fails does not keep the others waiting; why it failed stands in the log above."""
    try:
        search_apart(slug, days=days)
    except SearchFailed as failed:
        log.error("no search for groups: %s", failed)


@app.task(name="air demo", retry=RetryStrategy(max_attempts=600, wait=1), queueing_lock="air demo")
@with_live_connection
def air_demo(show_id: int, producer_id: int, product_id: int) -> None:
    """Put the demo show on air as its producer would, once the camera's picture arrives (`NoSignal` until then)."""
    producer, now = Member.objects.get(pk=producer_id), timezone.now()
    with suppress(AlreadyLive, ShowEnded):
        start_show(show_id=show_id, by=producer, at=now)
        pin_product(show_id=show_id, product_id=product_id, by=producer, at=now)


def hand_over(batch: list[Numbered]) -> None:
    """Put the consequences of a numbered batch into the queue, in the relay's transaction."""
    jobs: list[dict[str, Any]] = [
        {"event_id": event.id, "kind": event.kind, "name": one.name, "payload": event.payload, "at": _text(event.at)}
        for event in batch
        for one in following(event.kind)
    ]
    if jobs:
        deliver.batch_defer(*jobs)


def _text(moment: datetime) -> str:
    return moment.isoformat()
