"""Real threads on a real database: a parcel goes out once, and guesses made together do not outrun the lock."""

from __future__ import annotations

from collections import Counter

import pytest

from svoi.pickup.actions import expire_parcels, hand_over, prepare_parcel, receive_parcel
from svoi.pickup.models import Parcel, WrongCode
from svoi.pickup.queries import pickup_code
from svoi.pickup.rules.codes import CodeLocked, CodeWrong
from svoi.pickup.rules.parcels import AlreadyHandedOver, StorageOver
from tests import cast
from tests.cast import NOON, recorded
from tests.races.test_orders import race

pytestmark = pytest.mark.django_db(transaction=True)


def waiting(table, anna, subject: str = "order:1") -> Parcel:
    point = table.pickup_points.first() or cast.pickup_point(table)
    parcel = prepare_parcel(subject=subject, pickup_point_id=point.pk, at=NOON)
    return receive_parcel(parcel_id=parcel.pk, by=anna, at=NOON)


def trying(parcel: Parcel, by, code: str | None = None, at=NOON):
    typed = code or pickup_code(parcel) or ""
    return lambda: hand_over(pickup_point_id=parcel.pickup_point_id, parcel_id=parcel.pk, code=typed, by=by, at=at)


def told(outcomes: list[object]) -> Counter[object]:
    return Counter(type(one) if isinstance(one, Parcel) else one for one in outcomes)


def test_a_parcel_is_handed_over_once(table, anna, boris):
    parcel = waiting(table, anna)
    outcomes = race(*(trying(parcel, worker) for worker in (anna, boris) * 4))
    assert told(outcomes) == {Parcel: 1, AlreadyHandedOver: 7}
    assert len(recorded("parcel_handed_over")) == 1


def test_guesses_at_once_do_not_outrun_the_lock(table, anna):
    parcels = [waiting(table, anna, f"order:{number}") for number in range(8)]
    outcomes = race(*(trying(parcel, anna, "x") for parcel in parcels))
    assert told(outcomes) == {CodeWrong: 5, CodeLocked: 3}
    assert WrongCode.objects.count() == 5


def test_expiry_and_hand_over_meet_and_one_wins(table, anna):
    parcel = waiting(table, anna)
    assert parcel.keep_until is not None
    after = parcel.keep_until.replace(microsecond=1)
    outcomes = race(trying(parcel, anna, at=parcel.keep_until), *[lambda: expire_parcels(at=after)] * 3)
    parcel.refresh_from_db()
    if isinstance(outcomes[0], Parcel):
        assert (parcel.stage, sum(outcomes[1:])) == ("handed_over", 0)
    else:
        assert (outcomes[0], parcel.stage, sum(outcomes[1:])) == (StorageOver, "not_collected", 1)
