"""Moving a planned show, and taking it out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F

from svoi.db.outbox import record, wake_relay
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.planning.actions.judging import judged, keep_accepted
from svoi.planning.actions.locking import guarded, seen_slot, touch
from svoi.planning.actions.placing import Place, open_place
from svoi.planning.events import SeriesDateSkipped, SlotMoved, SlotRemoved
from svoi.planning.models import Series, SeriesSkip, Shift, Slot
from svoi.planning.queries.neighbours import plan_of
from svoi.planning.rules.moving import Span, carried, moved, recast
from svoi.planning.rules.terms import REASON_LENGTH_MAX, admit_moment, read_words
from svoi.shows.actions.scheduling import call_off_show, replan_show


@atomic
def move_slot(*, slot_id: int, seen: int, place: Place, by: Member, at: datetime, accepting: str = "") -> Slot:
    """Another studio, time or length; the same place again changes nothing. `seen` is the version she looked at.

    Shifts keep their distance from both ends. Raises as `plan_show`, and `SlotStale`, `SlotGone`, `ShowBegun`.
    """
    slot = seen_slot(slot_id=slot_id, seen=seen, by=by)
    kept = (slot.studio_id, (slot.begins_at, slot.ends_at), slot.preparation_min)
    if kept == (place.studio_id, place.span, place.preparation_min):
        return slot
    admit_moment(starts_at=place.starts_at, at=at)
    return put(slot=slot, place=place, by=by, at=at, accepting=accepting)


def put(
    *,
    slot: Slot,
    place: Place,
    by: Member,
    at: datetime,
    accepting: str | None,
    host: Member | None = None,
    by_hand: bool = True,
) -> Slot:
    """Move a slot that the caller holds, with another host when one is named."""
    studio, was, becomes = open_place(studio_id=place.studio_id), (slot.begins_at, slot.ends_at), place.span
    before, after = slot.show.host, host or slot.show.host
    where = {"studio_id": studio.pk, "studio_community_id": studio.community_id}
    plan = moved(plan_of(slot), **where, turn_around_min=studio.turn_around_min, becomes=becomes)
    doubts = judged(plan=recast(plan, before=before.pk, after=after.pk), accepting=accepting)
    slot.studio, slot.preparation_min = studio, place.preparation_min
    slot.begins_at, slot.ends_at = becomes
    with guarded():
        touch(slot=slot, by=by, at=at, by_hand=by_hand)
        if after != before:
            _hand_over(slot, before, after, was, by=by, at=at)
        _carry(slot, was, becomes, at=at)
    replan_show(show_id=slot.show_id, starts_at=place.starts_at, host=after, at=at)
    keep_accepted(slot=slot, conflicts=doubts, reason=accepting, by=by, at=at)
    record(
        SlotMoved(
            show_id=slot.show_id,
            slot_id=slot.pk,
            version=slot.version,
            studio_id=studio.pk,
            begins_at=becomes[0],
            ends_at=becomes[1],
            by_id=by.pk,
        )
    )
    wake_relay()
    return slot


def _carry(slot: Slot, was: Span, becomes: Span, *, at: datetime) -> None:
    shifts = list(slot.shifts.filter(removed_at=None))
    for one in shifts:
        one.begins_at, one.ends_at = carried((one.begins_at, one.ends_at), was=was, becomes=becomes)
        one.sequence, one.changed_at = one.sequence + 1, at
    Shift.objects.bulk_update(shifts, ["begins_at", "ends_at", "sequence", "changed_at"])


def _hand_over(slot: Slot, before: Member, after: Member, was: Span, *, by: Member, at: datetime) -> None:
    """The new host takes the whole time of the old one, as it was before the move."""
    hers = slot.shifts.filter(role="host", removed_at=None)
    for gone in hers.filter(member=before):
        Shift.objects.filter(pk=gone.pk).update(removed_at=at, changed_at=at, sequence=gone.sequence + 1)
    when = {"begins_at": was[0], "ends_at": was[1], "changed_at": at, "removed_at": None}
    Shift.objects.update_or_create(
        slot=slot,
        member=after,
        role="host",
        defaults={**when, "sequence": F("sequence") + 1},
        create_defaults={**when, "assigned_by": by, "assigned_at": at},
    )


@atomic
def remove_slot(*, slot_id: int, seen: int, reason: str, by: Member, at: datetime) -> None:
    """Take a show out: it will not be, its crew is free, and its series leaves this date out for good.

    Raises `SlotStale`, `SlotGone`, `ShowBegun`, `RoleMissing`.
    """
    slot = seen_slot(slot_id=slot_id, seen=seen, by=by)
    if slot.series is not None and slot.local_date is not None:
        skip_for_good(series=slot.series, day=slot.local_date, reason=reason, by=by, at=at)
    take_out(slot=slot, reason=reason, by=by, at=at)


def take_out(*, slot: Slot, reason: str, by: Member, at: datetime) -> None:
    """Remove a slot that the caller holds; samples are free again."""
    words = read_words(reason, length_max=REASON_LENGTH_MAX)
    Slot.objects.filter(pk=slot.pk).update(removed_at=at, removed_by=by, removed_for=words, version=slot.version + 1)
    for shift in slot.shifts.filter(removed_at=None):
        Shift.objects.filter(pk=shift.pk).update(removed_at=at, changed_at=at, sequence=shift.sequence + 1)
    slot.bookings.all().delete()
    call_off_show(show_id=slot.show_id, at=at)
    record(SlotRemoved(show_id=slot.show_id, slot_id=slot.pk, by_id=by.pk, reason=words))
    wake_relay()


def skip_for_good(*, series: Series, day: date, reason: str, by: Member, at: datetime) -> bool:
    """Leave one date of a series out; False when it was left out before."""
    words = read_words(reason, length_max=REASON_LENGTH_MAX)
    _, is_new = SeriesSkip.objects.get_or_create(
        series=series, local_date=day, defaults={"skipped_by": by, "skipped_at": at, "reason": words}
    )
    if is_new:
        told: dict[str, Any] = {"series_id": series.pk, "local_date": day.isoformat(), "by_id": by.pk}
        record(SeriesDateSkipped(community_id=series.community_id, **told))
    return is_new
