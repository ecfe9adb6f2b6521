"""What the clock brings round to keep the house in order: what is forgotten, what runs out, what is read anew."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from svoi.catalog.actions import forget_old_calls, refresh_search
from svoi.communities.models import Community
from svoi.jobs.abandoned import put_back
from svoi.jobs.tasks.running import every
from svoi.law.actions.erasures import carry_out_erasures
from svoi.law.actions.exports import drop_old_exports
from svoi.ledger.actions import take_checkpoint
from svoi.ledger.queries import due_for_checkpoint
from svoi.letters.actions import forget_letters
from svoi.members.actions import forget_old_tries
from svoi.points.actions import expire_points, pay_owed
from svoi.replays.actions import forget_claims
from svoi.shows.actions.recounting import drop_old_traces

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */20")
@app.task(name="put back abandoned jobs", queueing_lock="put back abandoned jobs", pass_context=True)
async def put_back_abandoned(context: JobContext, timestamp: int) -> None:
    """What a killed worker had begun is done by another."""
    await put_back(context.app)


@every("17 * * * *", "forget old tries")
def forget(timestamp: int) -> None:
    """Drop failed sign-ins that no longer lock anybody out."""
    forget_old_tries(at=timezone.now())


@every("*/10 * * * *", "erase members")
def erase(timestamp: int) -> None:
    """Forget whoever asked for it and did not change her mind; let old exports go."""
    now = timezone.now()
    if gone := carry_out_erasures(at=now):
        log.info("%s members erased", gone)
    drop_old_exports(at=now)


@every("13 * * * *", "pay owed points")
def pay_points(timestamp: int) -> None:
    """Points that a budget was too short for come once it is filled."""
    if paid := pay_owed(at=timezone.now()):
        log.info("%s earnings paid that were owed", paid)


@every("31 3 * * *", "expire points")
def expire_old_points(timestamp: int) -> None:
    """Points whose days are over go, the oldest first."""
    if gone := expire_points(at=timezone.now()):
        log.info("points of %s members ran out", gone)


@every("41 3 * * *", "forget letters")
def forget_old_letters(timestamp: int) -> None:
    """Drop letters that were kept long enough."""
    forget_letters(at=timezone.now())


@every("47 3 * * *", "refresh search")
def refresh_every_search(timestamp: int) -> None:
    """Read every product anew at night, also what was changed by hand."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        refresh_search(community_id=community_id, whole=True)


@every("23 4 * * *", "forget old calls")
def forget_calls(timestamp: int) -> None:
    """Drop calls of programs that are older than anybody asks about."""
    forget_old_calls(at=timezone.now())


@every("53 3 * * *", "drop old traces")
def drop_traces(timestamp: int) -> None:
    """Forget the hashes of devices and networks that were kept long enough."""
    if dropped := drop_old_traces(at=timezone.now()):
        log.info("%s rows without traces of devices and networks now", dropped)


@every("37 4 * * *", "forget claims")
def forget_old_claims(timestamp: int) -> None:
    """Drop claims said on air that were kept for all their years."""
    if gone := forget_claims(kept_days=settings.CLAIMS_KEPT_DAYS, at=timezone.now()):
        log.info("%s claims said on air are past their years", gone)


@every("*/5 * * * *", "take checkpoints")
def take_checkpoints(timestamp: int) -> None:
    """Note what busy collecting accounts came to; one that is being written to waits for the next round."""
    for account in due_for_checkpoint():
        if take_checkpoint(account=account, at=timezone.now()) is None:
            log.info("no checkpoint of %s: entries are being written", account)
