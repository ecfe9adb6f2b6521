"""What the clock brings round for shows: deals, polls, envelopes, reminders, series and recounts."""

from __future__ import annotations

import logging
from contextlib import suppress

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from svoi.control.actions.polling import close_late_polls
from svoi.envelopes.actions import close_envelopes
from svoi.flash.actions import close_deals, lapse_claims
from svoi.jobs.tasks.running import every, with_live_connection
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.planning.actions.reminding import ring_reminders
from svoi.planning.actions.series import make_series
from svoi.planning.queries.calendar import series_to_make
from svoi.shows.actions.airing import start_show
from svoi.shows.actions.pinning import pin_product
from svoi.shows.actions.recounting import recount_after_end
from svoi.shows.queries.recounts import due_for_recount
from svoi.shows.rules.airing import AlreadyLive, ShowEnded

log = logging.getLogger(__name__)


@every("* * * * * */5", "settle flash deals")
def settle_deals(timestamp: int) -> None:
    """End deals whose time is over, and put what was kept in vain back on sale."""
    now = timezone.now()
    closed, lapsed = close_deals(at=now), lapse_claims(at=now)
    if closed or lapsed:
        log.info("%s flash deals ended, %s claims let go", closed, lapsed)


@every("* * * * * */5", "close polls")
def close_polls(timestamp: int) -> None:
    """Close polls whose time is over, and tell their rooms how they ended."""
    closed = close_late_polls(at=timezone.now())
    if closed:
        log.info("%s polls closed", closed)


@every("* * * * * */20", "close envelopes")
def close_expired(timestamp: int) -> None:
    """Give back what nobody took of envelopes whose time is over."""
    if closed := close_envelopes(at=timezone.now()):
        log.info("%s envelopes closed", closed)


@every("* * * * * */20", "ring reminders")
def ring(timestamp: int) -> None:
    """Remind of shows whose time is near, each member once."""
    if rung := ring_reminders(at=timezone.now()):
        log.info("%s members are reminded of shows", rung)


@every("7 1 * * *", "make series")
def make_all_series(timestamp: int) -> None:
    """Every night make the shows of the weeks ahead, in the name of whoever planned the series."""
    for series in series_to_make():
        try:
            done = make_series(series_id=series.pk, by=series.planned_by, at=timezone.now())
        except Refused as no:
            log.warning("series %s makes no shows: %s", series.pk, no)
        else:
            log.info("series %s: %s shows made, %s kept out", series.pk, len(done.made), len(done.kept_out))


@every("* * * * * */30", "recount shows")
def recount_shows(timestamp: int) -> None:
    """Count ended shows anew, once, from all their records; where weights did not count, it is only tried."""
    for show_id in due_for_recount(at=timezone.now()):
        try:
            done = recount_after_end(show_id=show_id, at=timezone.now())
        except Exception:  # one show whose records cannot be read must not keep the others waiting
            log.exception("show %s is not recounted", show_id)
        else:
            log.info("show %s recounted: %s of %s viewers", show_id, done.viewers_counted, done.viewers_raw)


@app.task(name="air demo", retry=RetryStrategy(max_attempts=600, wait=1), queueing_lock="air demo")
@with_live_connection
def air_demo(show_id: int, producer_id: int, product_id: int) -> None:
    """Put the demo show on air as its producer would, once the camera's picture arrives (`NoSignal` until then)."""
    producer, now = Member.objects.get(pk=producer_id), timezone.now()
    with suppress(AlreadyLive, ShowEnded):
        start_show(show_id=show_id, by=producer, at=now)
        pin_product(show_id=show_id, product_id=product_id, by=producer, at=now)
