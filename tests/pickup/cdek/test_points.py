"""CDEK's points, with an independent client's models as the judge of what the fake says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cdek.apps.location.responses import CitiesResponse
from cdek.apps.models.entity_response import EntityResponse
from cdek.apps.office.responses import OfficeResponse
from cdek.apps.order.requests import OrderRequest
from cdek.apps.order.responses import OrderEntityResponse
from cdek.apps.webhook.events import parse_webhook
from django.test import Client

from svoi.pickup.actions import import_carrier_points
from svoi.pickup.models import PickupPoint
from svoi.pickup.providers import cdek
from svoi.pickup.providers.cdek.offices import read_hours, read_office
from svoi.pickup.providers.cdek.orders import order_body, read_order
from svoi.pickup.providers.shape import Booking, Recipient
from svoi.pickup.queries import search_points
from svoi.pickup.rules.carriers import CarrierAway, CarrierRefused, Travel
from svoi.pickup.rules.points import PointsRefused, read_points
from tests import cast
from tests.cast import NOON
from tests.pickup.cdek.fake import office_news
from tests.pickup.cdek.steps import GOODS, MOSCOW, deliver_news, imported

pytestmark = pytest.mark.django_db(transaction=True)


# --- the fake keeps the contract, and we read it as the oracle does -------------------------------------------


def test_offices_agree_with_the_oracle(fake):
    for office in fake.offices:
        judged, row = OfficeResponse.model_validate(office), read_office(office)
        assert (row is not None) == judged.is_handout
        if row is None:
            continue
        assert row["code"] == f"cdek-{judged.code}"
        assert (row["city"], row["address"]) == (judged.location.city, judged.location.address)
        assert (row["lat"], row["lon"]) == (judged.location.latitude, judged.location.longitude)
        assert row["metro"] == judged.nearest_metro_station
        flags = {
            "fitting_room": judged.is_dressing_room,
            "card": judged.have_cashless,
            "sbp": judged.have_fast_payment_system,
            "cash": judged.have_cash,
            "postamat": judged.type == "POSTAMAT",
        }
        assert set(row["features"]) == {name for name, has in flags.items() if has}
        assert read_points([row])[row["code"]]["hours"] == row["hours"]


def test_orders_and_news_agree_with_the_oracle(fake):
    uuid = fake.accept("order:7")
    for hours, code in enumerate(("RECEIVED_AT_SHIPMENT_WAREHOUSE", "ACCEPTED_AT_PICK_UP_POINT", "DELIVERED"), start=1):
        news = parse_webhook(fake.happen(uuid, code, hours))
        assert (str(news.uuid), news.attributes.status_code) == (uuid, code)
    judged = OrderEntityResponse.model_validate(fake._order(fake.orders[uuid])[1]).entity
    travel = read_order(fake.orders[uuid])
    by_code = {status.code: status.date_time for status in judged.statuses}
    assert travel == Travel(
        sent_at=by_code["RECEIVED_AT_SHIPMENT_WAREHOUSE"],
        arrived_at=by_code["ACCEPTED_AT_PICK_UP_POINT"],
        handed_over_at=by_code["DELIVERED"],
        carrier_id=judged.uuid,
        tracking=str(judged.cdek_number),
    )
    assert parse_webhook(office_news("MSK1", available=False)).attributes.code == "MSK1"
    assert str(EntityResponse.model_validate(fake._create({"number": "9"})[1]).entity.uuid) in fake.orders


def test_what_we_ask_for_is_an_order_to_the_oracle():
    booking = Booking("order:7", "cdek-MSK1", Recipient("Вера", "+79120000000"), GOODS)
    judged = OrderRequest.model_validate(order_body(booking, shipment_point="MSK5"))
    assert (judged.number, judged.tariff_code, judged.shipment_point, judged.delivery_point) == (
        "order:7",
        136,
        "MSK5",
        "MSK1",
    )
    assert [(item.ware_key, item.amount, item.cost) for item in judged.packages[0].items] == [
        ("K1", 2, 1490.0),
        ("L1", 1, 490.5),
    ]
    assert judged.packages[0].weight == 860


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([{"day": day, "time": "10:00/20:00"} for day in range(1, 8)], "Mo-Su 10:00-20:00"),
        ([{"day": 1, "time": "09:00/18:00"}], "Mo 09:00-18:00; Tu-Su off"),
        ([{"day": day, "time": "00:00/23:59"} for day in range(1, 8)], "24/7"),
        ([{"day": 8, "time": "10:00/20:00"}], ""),
        ([{"day": 1, "time": "по звонку"}], ""),
        (["Пн"], ""),
        (None, ""),
    ],
)
def test_hours(days: Any, words: str):
    assert read_hours(days) == words


@pytest.mark.parametrize("office", [{}, {"code": "A", "is_handout": True}, {"code": 7, "location": []}])
def test_a_broken_office_is_left_out(office: dict[str, Any]):
    assert read_office(office) is None


@pytest.mark.parametrize(
    ("city", "zone"), [("250", "Asia/Yekaterinburg"), ("44", "Europe/Moscow"), ("424", ""), ("999", "")]
)
def test_the_zone_of_a_city_agrees_with_the_oracle(fake, table, city, zone):
    judged = [CitiesResponse.model_validate(row) for row in fake._cities({"code": city})]
    assert [one.time_zone or "" for one in judged] == ([zone] if city != "999" else [])
    asked = cdek._client(NOON)
    assert asked.city_zone(city) == zone


# --- points ----------------------------------------------------------------------------------------------------


def test_points_of_a_city_come_page_by_page_and_the_token_is_asked_once(fake, table):
    cast.pickup_point(table, "OWN")
    done = imported(table)
    handing_out = [one for one in fake.offices if one["location"]["city_code"] == 44 and one["is_handout"]]
    assert (done.points, done.created, done.closed) == (len(handing_out), len(handing_out), 0)
    assert fake.asked["GET /v2/deliverypoints"] == len(handing_out) // 3 + 1
    assert fake.asked["POST /v2/oauth/token"] == 1
    assert imported(table, NOON + timedelta(hours=1)).changed == 0
    assert PickupPoint.objects.get(code="OWN").closed_at is None


def test_a_point_that_left_closes_and_other_cities_stay(fake, table):
    imported(table)
    import_carrier_points(community_id=table.pk, carrier="cdek", city="137", at=NOON)
    gone = PickupPoint.objects.filter(carrier_city=MOSCOW).first()
    fake.close(gone.code.removeprefix("cdek-"))
    assert (imported(table).closed, PickupPoint.objects.exclude(closed_at=None).get()) == (1, gone)


def test_a_list_that_moves_while_it_is_read_counts_each_point_once(fake, table):
    moscow = [one for one in fake.offices if one["location"]["city_code"] == 44]
    fake.page_hook = lambda page: fake.offices.insert(0, dict(moscow[0])) if page == 0 else None
    done = imported(table)
    assert done.points == PickupPoint.objects.count() == len({one["code"] for one in moscow if one["is_handout"]})


def test_points_work_by_the_clock_of_their_city(fake, table, door):
    """09:00 UTC on a Sunday: noon in Moscow and 14:00 in Yekaterinburg, where the same hours are other moments."""
    for office in fake.offices:
        office.update(work_time_list=[{"day": 7, "time": "09:00/13:00"}], is_dressing_room=True)
    for city in (MOSCOW, "250", "424"):
        import_carrier_points(community_id=table.pk, carrier="cdek", city=city, at=NOON)
    zones = PickupPoint.objects.order_by("carrier_city").values_list("carrier_city", "time_zone").distinct()
    assert list(zones) == [("250", "Asia/Yekaterinburg"), ("424", ""), ("44", "Europe/Moscow")]
    wishes, at = ["open_now", "fitting_room"], datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    found = search_points(community_id=table.pk, text="", wishes=wishes, at=at, most=100)
    assert {one.carrier_city for one in found} == {"424", "44"}
    office = next(one for one in fake.offices if one["location"]["city_code"] == 250 and one["is_handout"])
    Client().post(door, office_news(office["code"], available=True), content_type="application/json")
    deliver_news()
    assert PickupPoint.objects.get(code=f"cdek-{office['code']}").time_zone == "Asia/Yekaterinburg"


def test_lockers_and_cashless_are_wished_for(fake, table):
    imported(table)
    offices = {f"cdek-{one['code']}": one for one in fake.offices}
    for wish, judge in {
        "postamat": lambda one: one["type"] == "POSTAMAT",
        "card": lambda one: one["have_cashless"],
        "sbp": lambda one: one["have_fast_payment_system"],
        "fitting_room": lambda one: one["is_dressing_room"],
    }.items():
        found = search_points(community_id=table.pk, text="", wishes=[wish], at=NOON, most=100)
        every = PickupPoint.objects.values_list("code", flat=True)
        assert {one.code for one in found} == {code for code in every if judge(offices[code])}


@pytest.mark.parametrize("fault", [403, "not json"])
def test_a_city_that_cannot_be_asked(fake, table, fault):
    """A refusal leaves the zone unsaid; an answer that makes no sense is asked again later, and changes nothing."""
    fake.faults["/v2/location/cities"] = [fault]
    if fault == 403:
        assert (imported(table).points, {one.time_zone for one in PickupPoint.objects.all()}) == (8, {""})
        return
    with pytest.raises(CarrierAway):
        imported(table)
    assert PickupPoint.objects.count() == 0


def test_an_empty_answer_closes_nothing(fake, table):
    imported(table)
    fake.offices = []
    with pytest.raises(PointsRefused):
        imported(table)
    assert not PickupPoint.objects.exclude(closed_at=None).exists()


def test_the_token_is_renewed_when_it_expires_or_is_taken_back(fake, table):
    imported(table)
    imported(table, NOON + timedelta(minutes=58))
    assert fake.asked["POST /v2/oauth/token"] == 1
    imported(table, NOON + timedelta(minutes=59))
    assert fake.asked["POST /v2/oauth/token"] == 2
    fake.tokens.clear()
    imported(table, NOON + timedelta(minutes=60))
    assert fake.asked["POST /v2/oauth/token"] == 3


@pytest.mark.parametrize("fault", [500, 502, 429, "timeout", "hang up"])
def test_a_fault_that_passes_is_borne(fake, table, fault, request):
    if fault == "timeout":
        request.getfixturevalue("impatient")
    fake.faults["/v2/deliverypoints"] = [None, fault, fault]
    assert imported(table).points == 8


@pytest.mark.parametrize("fault", [500, 429, "timeout", "hang up"])
def test_a_fault_that_stays_changes_nothing(fake, table, fault, request):
    imported(table)
    if fault == "timeout":
        request.getfixturevalue("impatient")
    fake.faults["/v2/deliverypoints"] = [None, *[fault] * 9]
    fake.close(fake.offices[0]["code"])
    with pytest.raises(CarrierAway):
        imported(table)
    assert not PickupPoint.objects.exclude(closed_at=None).exists()
    assert len(fake.faults["/v2/deliverypoints"]) == 6


@pytest.mark.parametrize(
    ("fault", "refusal"), [("not json", CarrierAway), (400, CarrierRefused), (403, CarrierRefused)]
)
def test_an_answer_that_says_no_is_not_repeated(fake, table, fault, refusal):
    fake.faults["/v2/deliverypoints"] = [fault]
    with pytest.raises(refusal):
        imported(table)
    assert fake.asked["GET /v2/deliverypoints"] == 1


def test_a_wrong_password_is_one_refusal(fake, table, settings):
    settings.CDEK_PASSWORD = "old"
    with pytest.raises(CarrierRefused):
        imported(table)
    assert fake.asked == {"POST /v2/oauth/token": 1}
