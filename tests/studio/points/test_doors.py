"""Who finds the counter, and who works at it."""

from __future__ import annotations

import pytest
from django.test import Client

from svoi.pickup.models import PickupPoint, PointWorker, WrongCode
from svoi.studio.point_urls import urlpatterns
from tests import cast
from tests.studio.points.counter import bought, home, waiting
from tests.studio.stage import send, signed

DOORS = [
    ("get", "", {}),
    ("get", "parcels/{parcel}/", {}),
    ("post", "parcels/{parcel}/arrival", {}),
    ("post", "parcels/{parcel}/hand-over", {"code": "123456"}),
    ("post", "parcels/{parcel}/giving-back", {}),
    ("post", "parcels/{parcel}/returns", {}),
]
KEPT = [("get", "workers", {}), ("post", "workers", {"member": "1"}), ("post", "workers/1/gone", {})]


def test_every_address_is_tried_here():
    assert len(urlpatterns) == len({door for _, door, _ in DOORS}) + len({door for _, door, _ in KEPT}) + 1


@pytest.mark.parametrize("whose", ["stranger", "member", "host", "clerk elsewhere", "other owner", "visitor"])
@pytest.mark.django_db(transaction=True)
def test_strangers_find_nothing(dmitri, table, cellar, parcel, point, whose):
    other = cast.pickup_point(table, "MSK2")
    match whose:
        case "member" | "host":
            cast.joins(dmitri, table, *(["host", "moderator"] if whose == "host" else []))
        case "clerk elsewhere":
            cast.joins(dmitri, table, "clerk")
            PointWorker.objects.create(pickup_point=other, member=dmitri, called_by=dmitri)
        case "other owner":
            cast.community(dmitri, slug="lair")
    browser = Client() if whose == "visitor" else signed(dmitri)
    told = [
        send(browser, method, home(point) + door.format(parcel=parcel.pk), fields).status_code
        for method, door, fields in [*DOORS, *KEPT]
    ]
    assert set(told) == {401 if whose == "visitor" else 404}
    parcel.refresh_from_db()
    assert (parcel.stage, WrongCode.objects.count()) == ("here", 0)


@pytest.mark.django_db(transaction=True)
def test_a_clerk_works_and_does_not_keep_the_point(clerk, parcel, point):
    browser = signed(clerk)
    told = [
        send(browser, method, home(point) + door.format(parcel=parcel.pk), fields).status_code
        for method, door, fields in DOORS
    ]
    assert told == [200, 200, 302, 422, 409, 409]
    kept = [send(browser, method, home(point) + door, fields).status_code for method, door, fields in KEPT]
    assert kept == [404, 404, 404]


def test_a_parcel_of_another_point_is_not_found_here(anna, table, vera, mug, parcel, point):
    other = waiting(bought(vera, mug, cast.pickup_point(table, "MSK2"), "WXYZ2345"))
    assert signed(anna).get(f"{home(point)}parcels/{other.pk}/").status_code == 404


def test_a_carriers_point_has_no_counter(anna, table):
    point = cast.pickup_point(table, "CDEK1")
    PickupPoint.objects.filter(pk=point.pk).update(carrier="cdek")
    assert signed(anna).get(home(point)).status_code == 404


def test_the_way_to_the_counter(anna, table, clerk, point, dmitri):
    assert signed(dmitri).get("/studio/points/").status_code == 404
    assert signed(clerk).get("/studio/")["Location"] == "/studio/points/"
    assert signed(clerk).get("/studio/points/")["Location"] == home(point)
    cast.pickup_point(table, "MSK2")
    page = signed(anna).get("/studio/points/").content.decode()
    assert page.count('class="row"') == 2
    assert "/studio/points/" in signed(anna).get("/studio/").content.decode()


def test_an_owner_calls_clerks_to_a_point_and_lets_them_go(anna, table, gleb, vera, point):
    cast.joins(gleb, table, "clerk")
    browser = signed(anna)
    assert "Gleb" in browser.get(f"{home(point)}workers").content.decode()
    assert browser.post(f"{home(point)}workers", {"member": gleb.pk}).status_code == 302
    assert signed(gleb).get(home(point)).status_code == 200
    assert browser.post(f"{home(point)}workers/{gleb.pk}/gone").status_code == 302
    assert signed(gleb).get(home(point)).status_code == 404


@pytest.mark.parametrize("member", ["", "x", "0", "9" * 40, "-1", "\x00"])
@pytest.mark.django_db(transaction=True)
def test_only_a_clerk_can_be_called(anna, table, vera, point, member):
    for who in (member, str(vera.pk)):
        answer = signed(anna).post(f"{home(point)}workers", {"member": who})
        assert (answer.status_code, PointWorker.objects.count()) == (409, 0)
