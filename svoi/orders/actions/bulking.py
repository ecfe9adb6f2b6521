"""Many orders are packed or sent: asked for once, carried out by the worker order by order, each in its own right."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from svoi.communities.models import Community
from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions.fulfilling import pack_order, send_order
from svoi.orders.events import BulkAsked, BulkEnded, BulkWentOn
from svoi.orders.models import BulkRun, BulkStep, Order
from svoi.orders.rules.bulk import BULK_ORDERS_MAX, admit_bulk

log = logging.getLogger(__name__)
PIECE_STEPS = 50
# A run of which nothing was heard for so long has lost its worker.
FORSAKEN = timedelta(seconds=60)
DEEDS = {"pack": pack_order, "send": send_order}


@atomic
def ask_bulk(
    *, community: Community, verb: str, order_ids: Collection[int], by: Member, key: UUID, at: datetime
) -> BulkRun:
    """Have the same done to many orders of a shop; orders of another shop are left out as if they were not.

    The same key again is the same run. Raises `ChoiceOutOfRange`, `VerbUnknown`.
    """
    admit_bulk(verb=verb, chosen=len(order_ids))
    wanted = {"community": community, "verb": verb, "asked_at": at}
    run, is_new = BulkRun.objects.get_or_create(asked_by=by, key=key, defaults=wanted)
    if not is_new:
        return run
    mine = Order.objects.filter(community=community, pk__in=order_ids).order_by("placed_at", "pk")
    found = list(mine.values_list("pk", flat=True)[:BULK_ORDERS_MAX])
    admit_bulk(verb=verb, chosen=len(found))
    BulkStep.objects.bulk_create(BulkStep(run=run, order_id=pk) for pk in found)
    record(BulkAsked(run_id=run.pk))
    wake_relay()
    return run


def carry_on_run(*, run_id: int, at: datetime, most: int = PIECE_STEPS) -> int:
    """Take the next orders of a run, one transaction each, and see to it that somebody takes those after them.

    Returns how many are left. Safe to repeat, to break off, and to do twice at the same time. An order that fails
    without a refusal does not keep the others waiting; its failure is raised at the end, so that it is tried again.
    """
    left = BulkStep.objects.filter(run_id=run_id, told_at=None).order_by("id").values_list("pk", flat=True)
    failed: Exception | None = None
    for step_id in list(left[:most]):
        try:
            _take(step_id, at)
        except Exception as error:  # whatever it is, the other orders of the run are not to blame
            log.warning("step %s of run %s failed: %s", step_id, run_id, error)
            failed = error
    if failed:
        raise failed
    return _conclude(run_id=run_id, at=at)


def carry_on_forsaken(*, at: datetime) -> int:
    """Take up runs whose worker was killed; return how many."""
    since = at - FORSAKEN
    heard = BulkStep.objects.filter(run=OuterRef("pk"), told_at__gt=since)
    forsaken = BulkRun.objects.filter(~Exists(heard), ended_at=None, asked_at__lt=since).order_by("asked_at")
    run_ids = list(forsaken.values_list("pk", flat=True))
    for run_id in run_ids:
        try:
            carry_on_run(run_id=run_id, at=at)
        except Exception:
            log.exception("run %s does not go on", run_id)
    return len(run_ids)


def _take(step_id: int, at: datetime) -> None:
    try:
        _do(step_id=step_id, at=at)
    except Refused as refused:
        _note_refused(step_id=step_id, code=refused.code, at=at)


@atomic
def _do(*, step_id: int, at: datetime) -> None:
    """The deed and the note that it was done stand or fall together; a step that another worker holds is its own."""
    step = _locked(step_id)
    if step:
        DEEDS[step.run.verb](order_id=step.order_id, by=step.run.asked_by, at=at)
        step.told_at = at
        step.save(update_fields=["told_at"])


@atomic
def _note_refused(*, step_id: int, code: str, at: datetime) -> None:
    step = _locked(step_id)
    if step:
        step.told_at, step.refused_for = at, code[:40]
        step.save(update_fields=["told_at", "refused_for"])


def _locked(step_id: int) -> BulkStep | None:
    steps = BulkStep.objects.select_for_update(of=("self",), skip_locked=True).select_related("run__asked_by")
    return steps.filter(pk=step_id, told_at=None).first()


@atomic
def _conclude(*, run_id: int, at: datetime) -> int:
    run = BulkRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    left = run.steps.filter(told_at=None).count()
    if run.ended_at:
        return 0
    if left:
        record(BulkWentOn(run_id=run_id))
        return left
    run.ended_at = at
    run.save(update_fields=["ended_at"])
    record(BulkEnded(run_id=run_id))
    return 0
