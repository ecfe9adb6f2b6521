"""A parcel from packing to the hand-over, and every way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from svoi.pickup.actions import (
    expire_parcels,
    give_back,
    hand_over,
    prepare_parcel,
    receive_parcel,
    send_back,
    send_parcel,
    take_back,
)
from svoi.pickup.models import Parcel, ReturnTaken, WrongCode
from svoi.pickup.queries import parcel_of, parcels_at, pickup_code
from svoi.pickup.rules.codes import CodeLocked, CodeWrong
from svoi.pickup.rules.parcels import (
    AlreadyHandedOver,
    NotHandedOver,
    NothingToGiveBack,
    ParcelElsewhere,
    ParcelNotHere,
    ParcelUnknown,
    StorageOver,
    SubjectElsewhere,
)
from tests import cast
from tests.cast import NOON, recorded

pytestmark = pytest.mark.django_db(transaction=True)
# Seven days after noon of 22 November, to the end of the day by the clock of Moscow.
KEPT_UNTIL = datetime(2026, 11, 29, 20, 59, 59, tzinfo=UTC)


def packed(point, subject: str = "order:12") -> Parcel:
    return prepare_parcel(subject=subject, pickup_point_id=point.pk, at=NOON)


def arrived(point, by, subject: str = "order:12") -> Parcel:
    return receive_parcel(parcel_id=packed(point, subject).pk, by=by, at=NOON)


def handed(parcel: Parcel, by, *, code: str | None = None, at=NOON, point=None) -> Parcel:
    point_id = point.pk if point else parcel.pickup_point_id
    shown = pickup_code(Parcel.objects.get(pk=parcel.pk)) or "000000"
    return hand_over(pickup_point_id=point_id, parcel_id=parcel.pk, code=code or shown, by=by, at=at)


def wrong_for(parcel: Parcel) -> str:
    return "000000" if pickup_code(parcel) != "000000" else "000001"


def kinds() -> list[str]:
    return [kind for kind, _ in recorded() if kind.startswith("parcel")]


def test_from_packing_to_the_hand_over(table, anna):
    point = cast.pickup_point(table)
    parcel = packed(point)
    assert (packed(point).pk, parcel.stage, pickup_code(parcel)) == (parcel.pk, "prepared", None)

    sent = send_parcel(parcel_id=parcel.pk, by=anna, at=NOON)
    assert send_parcel(parcel_id=parcel.pk, by=anna, at=NOON + timedelta(hours=1)).sent_at == NOON
    assert (sent.stage, pickup_code(sent)) == ("sent", None)

    here = receive_parcel(parcel_id=parcel.pk, by=anna, at=NOON)
    assert (here.stage, here.keep_until) == ("here", KEPT_UNTIL)
    assert receive_parcel(parcel_id=parcel.pk, by=anna, at=KEPT_UNTIL).keep_until == KEPT_UNTIL
    code = pickup_code(here)
    assert code is not None
    assert (len(code), code.isdigit()) == (6, True)

    done = handed(here, anna)
    assert (done.stage, done.handed_over_at, done.handed_over_by, pickup_code(done)) == (
        "handed_over",
        NOON,
        anna,
        None,
    )
    told = {"parcel_id": parcel.pk, "subject": "order:12"}
    assert [one for one in recorded() if one[0].startswith("parcel")] == [
        ("parcel_prepared", {**told, "pickup_point_id": point.pk}),
        ("parcel_sent", {**told, "by_id": anna.pk}),
        ("parcel_arrived", {**told, "keep_until": "2026-11-29T23:59:59+03:00", "by_id": anna.pk}),
        ("parcel_handed_over", {**told, "by_id": anna.pk}),
    ]
    assert parcel_of("order:12") == done
    assert parcel_of("order:13") is None


def test_a_subject_has_one_parcel_to_one_point(table):
    packed(cast.pickup_point(table))
    with pytest.raises(SubjectElsewhere):
        packed(cast.pickup_point(table, "MSK2"))
    assert kinds() == ["parcel_prepared"]


def test_a_code_works_once(table, anna):
    parcel = arrived(cast.pickup_point(table), anna)
    code = pickup_code(parcel)
    handed(parcel, anna)
    with pytest.raises(AlreadyHandedOver) as caught:
        handed(parcel, anna, code=code)
    assert caught.value.facts == {"handed_over_at": NOON}
    assert kinds().count("parcel_handed_over") == 1


def test_a_wrong_code_is_kept_and_counted_and_five_of_them_lock(table, anna):
    parcel = arrived(cast.pickup_point(table), anna)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as caught:
            handed(parcel, anna, code=wrong_for(parcel))
        assert caught.value.facts == {"tries_left": left}
    with pytest.raises(CodeLocked) as locked:
        handed(parcel, anna)
    assert locked.value.facts["wait_s"] == 900
    assert (WrongCode.objects.count(), Parcel.objects.get().stage) == (5, "here")
    assert handed(parcel, anna, at=NOON + timedelta(minutes=15)).stage == "handed_over"


def test_a_lock_of_the_parcel_holds_for_every_worker(table, anna, boris):
    parcel = arrived(cast.pickup_point(table), anna)
    for _ in range(5):
        with pytest.raises(CodeWrong):
            handed(parcel, anna, code=wrong_for(parcel))
    with pytest.raises(CodeLocked):
        handed(parcel, boris)


def test_a_lock_of_the_worker_holds_for_every_parcel_but_for_nobody_else(table, anna, boris):
    point = cast.pickup_point(table)
    parcels = [arrived(point, anna, f"order:{number}") for number in range(6)]
    for parcel in parcels[:5]:
        with pytest.raises(CodeWrong):
            handed(parcel, anna, code=wrong_for(parcel))
    with pytest.raises(CodeLocked):
        handed(parcels[5], anna)
    assert handed(parcels[5], boris).stage == "handed_over"


def test_a_right_code_in_between_starts_the_workers_count_anew(table, anna):
    point = cast.pickup_point(table)
    parcels = [arrived(point, anna, f"order:{number}") for number in range(8)]
    for second, parcel in enumerate(parcels):
        at = NOON + timedelta(seconds=second)
        if second == 3:
            handed(parcel, anna, at=at)
            continue
        with pytest.raises(CodeWrong) as caught:
            handed(parcel, anna, code=wrong_for(parcel), at=at)
    assert caught.value.facts == {"tries_left": 1}


def test_what_cannot_be_handed_over(table, anna):
    point, other = cast.pickup_point(table), cast.pickup_point(table, "MSK2")
    with pytest.raises(ParcelUnknown):
        hand_over(pickup_point_id=point.pk, parcel_id=404, code="1", by=anna, at=NOON)
    parcel = packed(point)
    with pytest.raises(ParcelNotHere):
        handed(parcel, anna)
    receive_parcel(parcel_id=parcel.pk, by=anna, at=NOON)
    with pytest.raises(ParcelElsewhere) as caught:
        handed(parcel, anna, point=other)
    assert caught.value.facts == {"point": "Москва, Лесная, 1"}
    with pytest.raises(StorageOver):
        handed(parcel, anna, at=KEPT_UNTIL + timedelta(seconds=1))
    assert (WrongCode.objects.count(), kinds()) == (0, ["parcel_prepared", "parcel_arrived"])
    assert handed(parcel, anna, at=KEPT_UNTIL).stage == "handed_over"


def test_what_nobody_collects_goes_back(table, anna):
    point = cast.pickup_point(table)
    late, taken = arrived(point, anna), arrived(point, anna, "order:13")
    handed(taken, anna)
    packed(point, "order:14")
    assert expire_parcels(at=KEPT_UNTIL) == 0
    assert expire_parcels(at=KEPT_UNTIL + timedelta(seconds=1)) == 1
    assert expire_parcels(at=KEPT_UNTIL + timedelta(seconds=2)) == 0
    told = {"parcel_id": late.pk, "subject": "order:12"}
    assert recorded("parcel_not_collected") == [("parcel_not_collected", {**told, "reason": "not_collected"})]
    late.refresh_from_db()
    assert (late.stage, pickup_code(late)) == ("not_collected", None)
    for refused in (lambda: handed(late, anna), lambda: receive_parcel(parcel_id=late.pk, by=anna, at=NOON)):
        with pytest.raises(StorageOver):
            refused()

    assert give_back(parcel_id=late.pk, by=anna, at=KEPT_UNTIL).stage == "came_back"
    give_back(parcel_id=late.pk, by=anna, at=KEPT_UNTIL)
    assert recorded("parcel_came_back") == [("parcel_came_back", {**told, "claim": "", "by_id": anna.pk})]


def test_a_parcel_is_given_up_before_it_is_collected(table, anna):
    parcel = packed(cast.pickup_point(table))
    with pytest.raises(NothingToGiveBack):
        give_back(parcel_id=parcel.pk, by=anna, at=NOON)
    assert send_back(parcel_id=parcel.pk, at=NOON).stage == "not_collected"
    send_back(parcel_id=parcel.pk, at=NOON)
    assert kinds() == ["parcel_prepared", "parcel_not_collected"]


def test_goods_are_taken_back_once_for_each_claim(table, anna):
    parcel = arrived(cast.pickup_point(table), anna)
    with pytest.raises(NotHandedOver):
        take_back(subject="order:12", by=anna, at=NOON)
    with pytest.raises(ParcelUnknown):
        take_back(subject="order:99", by=anna, at=NOON)
    handed(parcel, anna)
    with pytest.raises(AlreadyHandedOver):
        send_back(parcel_id=parcel.pk, at=NOON)
    for claim in ("return:5", "return:5", "return:6"):
        take_back(subject="order:12", claim=claim, by=anna, at=NOON)
    assert [told["claim"] for _, told in recorded("parcel_came_back")] == ["return:5", "return:6"]
    assert (ReturnTaken.objects.count(), parcel_of("order:12").stage) == (2, "handed_over")


@pytest.mark.parametrize(
    "moments",
    [
        {"handed_over_at": NOON},
        {"arrived_at": NOON},
        {"keep_until": NOON},
        {"arrived_at": NOON, "keep_until": NOON, "handed_over_at": NOON, "not_collected_at": NOON},
        {"came_back_at": NOON},
    ],
)
def test_the_database_keeps_moments_in_order(table, moments):
    with pytest.raises(IntegrityError), transaction.atomic():
        Parcel.objects.create(subject="order:1", pickup_point=cast.pickup_point(table), **moments)


def test_parcels_of_a_point_by_what_is_to_be_done(table, anna):
    point, other = cast.pickup_point(table), cast.pickup_point(table, "MSK2")
    arrived(other, anna, "order:99")
    packed(point, "order:1")
    arrived(point, anna, "order:2")
    handed(arrived(point, anna, "order:3"), anna)
    send_back(parcel_id=packed(point, "order:4").pk, at=NOON)
    give_back(parcel_id=send_back(parcel_id=packed(point, "order:5").pk, at=NOON).pk, by=anna, at=NOON)
    listed = {
        stage: [one.subject for one in parcels_at(pickup_point_id=point.pk, stage=stage)]
        for stage in ("coming", "waiting", "handed_over", "to_give_back")
    }
    assert listed == {
        "coming": ["order:1"],
        "waiting": ["order:2"],
        "handed_over": ["order:3"],
        "to_give_back": ["order:4"],
    }
    assert parcels_at(pickup_point_id=point.pk, stage="waiting", subjects=["order:1"]) == []
