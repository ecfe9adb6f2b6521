"""A full list of points becomes the shop's: new ones open, missing ones close, returning ones reopen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from svoi.db.outbox import record
from svoi.db.transaction import atomic
from svoi.members.models import Member
from svoi.pickup.events import PointDescribed
from svoi.pickup.models import PickupPoint
from svoi.pickup.rules.points import Fields, admit_codes, admit_describing, read_point_words, read_points

BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class PointsImported:
    """How many points the list has, and what became of the shop's."""

    points: int
    created: int
    changed: int
    closed: int
    reopened: int


@atomic
def import_points(
    *, community_id: int, rows: Iterable[Any], at: datetime, carrier: str = "", carrier_city: str = ""
) -> PointsImported:
    """Take a full list in; raise `PointsRefused` and change nothing when any row of it is unsound.

    A point that is missing is closed, never removed, since old orders name it. The same list again changes
    nothing. The list speaks for the shop's own points, or for those of one carrier in one city.
    """
    told = read_points(rows)
    _wait_for_other_imports(community_id)
    whose = {"community_id": community_id, "carrier": carrier, "carrier_city": carrier_city}
    known = {point.code: point for point in PickupPoint.objects.filter(**whose)}
    strange = PickupPoint.objects.filter(community_id=community_id, code__in=told.keys() - known.keys())
    admit_codes(strange.values_list("code", flat=True))
    new = [PickupPoint(**whose, code=code, **told[code]) for code in told if code not in known]
    changed = [known[code] for code in told if code in known and _change(known[code], told[code])]
    reopened = [known[code] for code in told if code in known and known[code].closed_at]
    gone = [point.pk for code, point in known.items() if code not in told and point.closed_at is None]
    PickupPoint.objects.bulk_create(new, batch_size=BATCH_ROWS)
    if changed:
        PickupPoint.objects.bulk_update(changed, list(next(iter(told.values()))), batch_size=BATCH_ROWS)
    PickupPoint.objects.filter(pk__in=[point.pk for point in reopened]).update(closed_at=None)
    PickupPoint.objects.filter(pk__in=gone).update(closed_at=at)
    return PointsImported(len(told), len(new), len(changed), len(gone), len(reopened))


@atomic
def take_point(*, point: PickupPoint, row: Any | None, at: datetime) -> None:
    """One point as its carrier tells it now; None when it does not hand over."""
    if row is None:
        point.closed_at = point.closed_at or at
    else:
        _change(point, read_points([row])[point.code])
        point.closed_at = None
    point.save()


@atomic
def describe_point(*, pickup_point_id: int, words: Mapping[str, str], by: Member, at: datetime) -> frozenset[str]:
    """Describe a point of the shop; return which words changed. Where it is stays as its list says.

    Raises `CarrierSpeaks`, and `PointsRefused` for words that are missing or too long.
    """
    point = PickupPoint.objects.select_for_update(no_key=True).get(pk=pickup_point_id)
    admit_describing(carrier=point.carrier)
    told = read_point_words(point.code, words)
    before = {name: getattr(point, name) for name in told if getattr(point, name) != told[name]}
    if before:
        PickupPoint.objects.filter(pk=pickup_point_id).update(**{name: told[name] for name in before})
        record(PointDescribed(pickup_point_id=pickup_point_id, by_id=by.pk, before=before))
    return frozenset(before)


def _change(point: PickupPoint, fields: Fields) -> bool:
    """Give the point these fields; False when it had them already."""
    if all(getattr(point, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(point, name, value)
    return True


def _wait_for_other_imports(community_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"svoi_points:{community_id}"])
