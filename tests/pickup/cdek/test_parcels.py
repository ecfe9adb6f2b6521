"""Parcels at CDEK, its news, and what the clock and the command ask of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from svoi.jobs.tasks.parcels import ask_carriers, refresh_points
from svoi.pickup.actions import book_parcel, note_travel, prepare_parcel, refresh_parcel
from svoi.pickup.models import CarrierNotice, PickupPoint
from svoi.pickup.providers import carrier_named, cdek
from svoi.pickup.providers.shape import Recipient
from svoi.pickup.queries import pickup_code
from svoi.pickup.rules.carriers import CarrierAway, Travel
from tests import cast
from tests.cast import NOON, recorded
from tests.pickup.cdek.fake import office_news
from tests.pickup.cdek.steps import GOODS, MOSCOW, at_cdek, deliver_news, imported

pytestmark = pytest.mark.django_db(transaction=True)


# --- parcels ---------------------------------------------------------------------------------------------------


def test_a_parcel_is_booked_once_even_when_the_answer_is_lost(fake, table):
    parcel, recipient = at_cdek(table), Recipient("Вера", "+79120000000")
    fake.faults["/v2/orders"] = [None, "lost"]
    with pytest.raises(CarrierAway):
        book_parcel(parcel_id=parcel.pk, recipient=recipient, goods=GOODS, at=NOON)
    for _ in range(2):
        booked = book_parcel(parcel_id=parcel.pk, recipient=recipient, goods=GOODS, at=NOON)
    assert ([booked.carrier_id], fake.asked["POST /v2/orders"]) == (list(fake.orders), 1)
    assert (parcel.carrier, booked.stage) == ("cdek", "prepared")


def test_statuses_move_a_parcel_to_the_hand_over(fake, table):
    parcel = at_cdek(table)
    uuid = fake.accept(parcel.subject)
    stages = []
    for hours, code in enumerate(
        ("TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY", "ACCEPTED_AT_PICK_UP_POINT", "DELIVERED"), start=1
    ):
        fake.happen(uuid, code, hours)
        refresh_parcel(parcel_id=parcel.pk, at=NOON + timedelta(days=1))
        refresh_parcel(parcel_id=parcel.pk, at=NOON + timedelta(days=1))
        parcel.refresh_from_db()
        stages.append(parcel.stage)
        assert pickup_code(parcel) is None
    assert stages == ["sent", "here", "handed_over"]
    assert parcel.carrier_id == uuid
    assert parcel.handed_over_at == datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    kinds = [kind for kind, _ in recorded() if kind.startswith("parcel")]
    assert kinds == ["parcel_prepared", "parcel_sent", "parcel_arrived", "parcel_handed_over"]


@pytest.mark.parametrize(
    ("codes", "stage"),
    [
        (["DELIVERED"], "handed_over"),
        (["POSTOMAT_POSTED", "POSTOMAT_RECEIVED"], "handed_over"),
        (["ACCEPTED_AT_PICK_UP_POINT", "NOT_DELIVERED"], "not_collected"),
        (["NOT_DELIVERED"], "not_collected"),
        (["ACCEPTED_AT_PICK_UP_POINT", "RETURNED_TO_SENDER_CITY_WAREHOUSE"], "not_collected"),
        (["RETURNED_TO_TRANSIT_WAREHOUSE"], "sent"),
        (["RETURNED_TO_TRANSIT_WAREHOUSE", "ACCEPTED_AT_PICK_UP_POINT"], "here"),
        (["ACCEPTED_AT_PICK_UP_POINT", "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE", "DELIVERED"], "handed_over"),
        ([], "prepared"),
        (["INVALID"], "prepared"),
    ],
)
def test_a_parcel_is_where_its_statuses_end(fake, table, codes, stage):
    parcel = at_cdek(table)
    uuid = fake.accept(parcel.subject)
    for hours, code in enumerate(codes, start=1):
        fake.happen(uuid, code, hours)
    fake.orders[uuid]["statuses"].sort(key=lambda status: status["code"])  # in no order of time
    fake.happen(uuid, "DELIVERED", 50, deleted=True)
    fake.orders[uuid]["statuses"] += [{"code": "DELIVERED"}, {"code": 7, "date_time": "x"}, None]
    refresh_parcel(parcel_id=parcel.pk, at=NOON + timedelta(days=3))
    parcel.refresh_from_db()
    assert parcel.stage == stage


def test_old_news_does_not_move_a_parcel_back(table):
    parcel = prepare_parcel(subject="order:7", pickup_point_id=cast.pickup_point(table).pk, at=NOON)
    note_travel(parcel_id=parcel.pk, travel=Travel(arrived_at=NOON, handed_over_at=NOON), at=NOON)
    for travel in (Travel(), Travel(sent_at=NOON), Travel(not_collected_at=NOON)):
        assert note_travel(parcel_id=parcel.pk, travel=travel, at=NOON).stage == "handed_over"


# --- news ------------------------------------------------------------------------------------------------------


def test_news_moves_a_parcel_whatever_order_it_comes_in(fake, table, door):
    parcel = at_cdek(table)
    uuid = fake.accept(parcel.subject)
    refresh_parcel(parcel_id=parcel.pk, at=NOON)
    arrived = fake.happen(uuid, "ACCEPTED_AT_PICK_UP_POINT", -2)
    delivered = fake.happen(uuid, "DELIVERED", -1)
    answers = [Client().post(door, news, content_type="application/json") for news in (delivered, arrived, arrived)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    deliver_news()
    deliver_news()
    parcel.refresh_from_db()
    assert (parcel.stage, CarrierNotice.objects.filter(applied_at=NOON).count()) == ("handed_over", 2)
    assert [kind for kind, _ in recorded()].count("parcel_handed_over") == 1


def test_news_that_lies_changes_nothing(fake, table, door):
    parcel = at_cdek(table)
    uuid = fake.accept(parcel.subject)
    refresh_parcel(parcel_id=parcel.pk, at=NOON)
    lie = {"type": "ORDER_STATUS", "uuid": uuid, "attributes": {"status_code": "DELIVERED"}}
    closed = PickupPoint.objects.first().code.removeprefix("cdek-")
    for news in (lie, office_news(closed, available=False), office_news("x" * 500, available=True)):
        Client().post(door, news, content_type="application/json")
    deliver_news()
    parcel.refresh_from_db()
    assert (parcel.stage, PickupPoint.objects.exclude(closed_at=None).count()) == ("prepared", 0)


def test_news_of_an_office_closes_and_opens_it(fake, table, cellar, door):
    for place in (table, cellar):
        imported(place)
    code = PickupPoint.objects.first().code
    office = next(one for one in fake.offices if f"cdek-{one['code']}" == code)
    fake.close(office["code"])
    Client().post(door, office_news(office["code"], available=False), content_type="application/json")
    deliver_news()
    assert PickupPoint.objects.filter(code=code, closed_at=NOON).count() == 2
    fake.offices.append({**office, "is_dressing_room": True})
    Client().post(door, office_news(office["code"], available=True), content_type="application/json")
    deliver_news()
    assert [point.closed_at for point in PickupPoint.objects.filter(code=code)] == [None, None]


def test_a_carrier_that_is_away_is_asked_again_later(fake, table, door):
    parcel = at_cdek(table)
    uuid = fake.accept(parcel.subject)
    refresh_parcel(parcel_id=parcel.pk, at=NOON)
    fake.faults[f"/v2/orders/{uuid}"] = [500] * 3
    Client().post(door, fake.happen(uuid, "DELIVERED", -1), content_type="application/json")
    with pytest.raises(CarrierAway):
        deliver_news()
    assert CarrierNotice.objects.get().applied_at is None
    deliver_news()
    parcel.refresh_from_db()
    assert (parcel.stage, CarrierNotice.objects.get().applied_at) == ("handed_over", NOON)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        *[(body, 400) for body in ("{", "[]", '"x"', "[" * 20_000)],
        ('{"a": "' + "x" * 70_000 + '"}', 413),
        ("{}", 200),
        ('{"type": "ORDER_STATUS", "uuid": {"a": 1}}', 200),
        ('{"type": "OFFICE_AVAILABILITY", "attributes": []}', 200),
    ],
)
def test_hostile_news(fake, table, door, body, status):
    answer = Client().post(door, body, content_type="application/json")
    assert answer.status_code == status
    deliver_news()


def test_the_door_is_a_secret_and_shut_without_an_account(fake, table, door, settings):
    guesses = ("/carriers/cdek/x/notices", door[:-9] + "0/notices", door.replace("cdek", "post"))
    assert {Client().post(guess, {}, content_type="application/json").status_code for guess in guesses} == {404}
    assert Client().get(door).status_code == 405
    settings.CDEK_ACCOUNT = ""
    assert Client().post(door, {}, content_type="application/json").status_code == 404
    assert CarrierNotice.objects.count() == 0


# --- the clock and the command ---------------------------------------------------------------------------------


def test_the_clock_asks_about_parcels_and_points(fake, table):
    parcel = at_cdek(table)
    fake.happen(fake.accept(parcel.subject), "DELIVERED", -500)
    gone = PickupPoint.objects.last()
    fake.close(gone.code.removeprefix("cdek-"))
    ask_carriers(timestamp=0)
    refresh_points(timestamp=0)
    parcel.refresh_from_db()
    gone.refresh_from_db()
    assert (parcel.stage, gone.closed_at is None) == ("handed_over", False)


def test_without_an_account_nothing_of_it_runs(fake, table, settings):
    at_cdek(table)
    fake.asked.clear()
    settings.CDEK_PASSWORD = ""
    assert not cdek.is_set_up()
    ask_carriers(timestamp=0)
    refresh_points(timestamp=0)
    with pytest.raises(CommandError, match="SVOI_CDEK_ACCOUNT"):
        call_command("import_points", cdek=MOSCOW, language="en")
    assert not fake.asked


def test_the_command_reads_a_city_and_asks_for_news(fake, table, capsys, door):
    call_command("import_points", cdek=MOSCOW, language="en")
    assert capsys.readouterr().out == "8 points: 8 new, 0 changed, 0 closed, 0 reopened.\n"
    call_command("import_points", news_to="https://shop.example/", language="en")
    address = f"https://shop.example{door}"
    assert capsys.readouterr().out == f"CDEK tells its news to {address}.\n"
    assert fake.webhooks == [{"type": kind, "url": address} for kind in cdek.NEWS]
    fake.faults["/v2/deliverypoints"] = [500] * 3
    with pytest.raises(CommandError, match="does not answer"):
        call_command("import_points", cdek=MOSCOW, language="en")
    fake.faults["/v2/deliverypoints"] = [403]
    with pytest.raises(CommandError, match="said no"):
        call_command("import_points", cdek=MOSCOW, language="en")
    for wrong in ({}, {"cdek": MOSCOW, "file": "x"}):
        with pytest.raises(CommandError, match="either a file"):
            call_command("import_points", **wrong, language="en")


def test_an_unknown_carrier_is_a_mistake():
    with pytest.raises(LookupError):
        carrier_named("post")
