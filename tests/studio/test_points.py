"""The counter of a pickup point: who finds it, what it shows, and every state of a hand-over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.orders.actions import drop_return
from svoi.orders.models import Order, OrderLine
from svoi.pickup.actions import call_worker, prepare_parcel, receive_parcel, send_back
from svoi.pickup.models import Parcel, PickupPoint, PointWorker, ReturnTaken, WrongCode
from svoi.pickup.queries import pickup_code
from svoi.studio.point_urls import urlpatterns
from tests import cast
from tests.studio.shop import shelf
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


@pytest.fixture
def point(table) -> PickupPoint:
    return cast.pickup_point(table)


@pytest.fixture
def clerk(gleb, table, anna, point):
    """Gleb hands over at this point."""
    cast.joins(gleb, table, "clerk")
    call_worker(pickup_point_id=point.pk, member_id=gleb.pk, by=anna, at=timezone.now())
    return gleb


def bought(buyer, variant, point, number: str) -> Order:
    order = cast.unpaid_order(buyer, variant, point)
    order.number = number
    order.save()
    OrderLine.objects.create(order=order, variant=variant, name="Кружка", name_en="Mug", quantity=2, price_minor=1)
    return order


@pytest.fixture
def parcel(vera, mug, point) -> Parcel:
    """Vera's, waiting."""
    return waiting(bought(vera, mug, point, "ABCD2345"))


def waiting(order: Order) -> Parcel:
    made = prepare_parcel(subject=f"order:{order.pk}", pickup_point_id=order.pickup_point_id, at=timezone.now())
    return receive_parcel(parcel_id=made.pk, at=timezone.now())


def home(point: PickupPoint) -> str:
    return f"/studio/points/{point.pk}/"


def at(parcel: Parcel, rest: str = "") -> str:
    return f"/studio/points/{parcel.pickup_point_id}/parcels/{parcel.pk}/{rest}"


def say_code(browser: Client, parcel: Parcel, code: str):
    return browser.post(at(parcel, "hand-over"), {"code": code})


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


def test_the_list_says_the_number_and_one_letter_of_the_name(clerk, vera, parcel, point):
    vera.name = "Вера Осипова"
    vera.save()
    page = signed(clerk).get(home(point)).content.decode()
    assert "ABCD2345" in page
    assert "В." in page
    assert "Осипова" not in page
    assert vera.email not in page


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        *[(words, True) for words in ("2345", "abcd2345", "№ ABCD2345", "v", "45 V", "\x00")],
        *[(words, False) for words in ("45 z", "BCD", "%", "_", "x" * 500)],
    ],
)
def test_a_parcel_is_found_by_the_end_of_its_number(clerk, parcel, point, sought, found):
    page = signed(clerk).get(home(point), {"q": sought}, headers={"HX-Request": "true"}).content.decode()
    assert ("ABCD2345" in page, "<html" in page) == (found, False)


def test_a_whole_number_tells_of_another_point(clerk, table, vera, mug, parcel, point):
    other = cast.pickup_point(table, "MSK2")
    PickupPoint.objects.filter(pk=other.pk).update(address="Арбат, 5")
    waiting(bought(vera, mug, other, "WXYZ2345"))
    browser = signed(clerk)
    assert "Арбат, 5" in browser.get(home(point), {"q": "wxyz2345"}).content.decode()
    assert "Арбат, 5" not in browser.get(home(point), {"q": "yz2345"}).content.decode()


@pytest.mark.parametrize("section", ["waiting", "coming", "to_give_back", "handed_over", "", "nonsense"])
def test_a_list_costs_the_same_for_one_and_for_three(anna, vera, mug, point, section):
    def listed() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(home(point), {"section": section}).status_code == 200
        return len(asked)

    def one_more(number: int) -> None:
        order = bought(vera, mug, point, f"NUMBER{number}")
        made = prepare_parcel(subject=f"order:{order.pk}", pickup_point_id=point.pk, at=timezone.now())
        if section == "to_give_back":
            send_back(parcel_id=made.pk, at=timezone.now())
        elif section != "coming":
            receive_parcel(parcel_id=made.pk, at=timezone.now())
        if section == "handed_over":
            Parcel.objects.filter(pk=made.pk).update(handed_over_at=timezone.now(), handed_over_by=anna)

    browser = signed(anna)
    browser.get(home(point))
    one_more(1)
    first = listed()
    [one_more(number) for number in (2, 3)]
    assert listed() == first


def test_points_cost_the_same_for_one_and_for_three(anna, table, point):
    browser = signed(anna)
    cast.pickup_point(table, "MSK2")
    with CaptureQueriesContext(connection) as first:
        browser.get("/studio/points/")
    cast.pickup_point(table, "MSK3")
    with CaptureQueriesContext(connection) as second:
        browser.get("/studio/points/")
    assert len(first) == len(second)


@pytest.mark.django_db(transaction=True)
class TestHandOver:
    """Every state of the screen."""

    def test_right_code(self, clerk, parcel):
        browser = signed(clerk)
        page = browser.get(at(parcel)).content.decode()
        assert 'inputmode="numeric"' in page
        assert "× 2" in page
        assert pickup_code(parcel) not in page
        answer = say_code(browser, parcel, pickup_code(parcel))
        assert answer["Location"] == f"{at(parcel)}?done=1"
        done = browser.get(answer["Location"]).content.decode()
        assert "parcel-done" in done
        assert "code-form" not in done

    @pytest.mark.parametrize("code", ["", "x", "000", "1234567890", "𝟙" * 6, "\x00", "' or 1=1 --", "\ud83d"])
    def test_wrong_code(self, clerk, parcel, code):
        answer = say_code(signed(clerk), parcel, code.encode("utf-8", "ignore").decode())
        page = answer.content.decode()
        assert (answer.status_code, 'data-refused="code_wrong"' in page) == (422, True)
        assert ("4." in page, WrongCode.objects.count()) == (True, 1)
        parcel.refresh_from_db()
        assert parcel.stage == "here"

    def test_locked(self, clerk, parcel):
        browser = signed(clerk)
        told = [say_code(browser, parcel, "x").status_code for _ in range(6)]
        assert told == [422] * 5 + [429]
        page = say_code(browser, parcel, pickup_code(parcel)).content.decode()
        assert 'data-refused="code_locked"' in page
        assert " disabled" in page

    def test_twice(self, clerk, parcel):
        browser, code = signed(clerk), pickup_code(parcel)
        say_code(browser, parcel, code)
        again = say_code(browser, parcel, code)
        assert (again.status_code, 'data-refused="already_handed_over"' in again.content.decode()) == (409, True)
        assert [kind for kind, _ in cast.recorded() if kind == "parcel_handed_over"] == ["parcel_handed_over"]

    def test_days_are_over(self, clerk, parcel):
        Parcel.objects.update(keep_until=timezone.now() - timedelta(minutes=1))
        browser = signed(clerk)
        assert "code-form" not in browser.get(at(parcel)).content.decode()
        late = say_code(browser, parcel, pickup_code(parcel))
        assert (late.status_code, 'data-refused="storage_over"' in late.content.decode()) == (409, True)

    def test_not_there_yet(self, clerk, vera, mug, point):
        order = bought(vera, mug, point, "LATER234")
        made = prepare_parcel(subject=f"order:{order.pk}", pickup_point_id=point.pk, at=timezone.now())
        browser = signed(clerk)
        assert "code-form" not in browser.get(at(made)).content.decode()
        assert say_code(browser, made, "123456").status_code == 409
        assert browser.post(at(made, "arrival"), {"from": "list"})["Location"] == f"{home(point)}?section=coming"
        assert browser.post(at(made, "arrival"))["Location"] == at(made)
        assert "code-form" in browser.get(at(made)).content.decode()

    def test_given_back(self, clerk, parcel, point):
        browser = signed(clerk)
        assert browser.post(at(parcel, "giving-back")).status_code == 409
        send_back(parcel_id=parcel.pk, at=timezone.now())
        assert browser.post(at(parcel, "giving-back"))["Location"] == f"{home(point)}?section=to_give_back"
        assert Parcel.objects.get().stage == "came_back"
        assert browser.get(at(parcel)).status_code == 200

    def test_a_return_is_taken_in_once(self, clerk, vera, mug, point):
        order = shelf.collected(shelf.paid(vera, mug, point, quantity=3), clerk)
        parcel = Parcel.objects.get(subject=order.subject)
        first, second = shelf.asked_back(order, pieces=2), shelf.asked_back(order)
        browser = signed(clerk)
        page = browser.get(at(parcel)).content.decode()
        assert (page.count("parcel-return"), page.count("× 2"), "С\u00a0браком" in page) == (2, 1, True)
        told = [browser.post(at(parcel, "returns"), {"return": first.pk}).status_code for _ in range(2)]
        assert (told, list(ReturnTaken.objects.values_list("claim", flat=True))) == ([302, 302], [first.claim])
        assert [payload["claim"] for _, payload in cast.recorded("parcel_came_back")] == [first.claim]
        page = browser.get(at(parcel)).content.decode()
        assert (page.count("parcel-return"), f'value="{second.pk}"' in page) == (1, True)

    def test_a_return_that_nobody_asked_for_is_not_taken_in(self, clerk, vera, mug, point, parcel):
        browser = signed(clerk)
        assert browser.post(at(parcel, "returns"), {"return": "1"}).status_code == 409
        order = shelf.collected(shelf.paid(vera, mug, point), clerk)
        other = shelf.asked_back(shelf.collected(shelf.paid(vera, mug, point), clerk))
        mine = Parcel.objects.get(subject=order.subject)
        assert "parcel-return" not in browser.get(at(mine)).content.decode()
        told = [browser.post(at(mine, "returns"), {"return": n}).status_code for n in ("", "x", other.pk, "9" * 30)]
        assert (told, ReturnTaken.objects.count()) == ([404] * 4, 0)

    @pytest.mark.parametrize("late", [True, False])
    def test_a_return_that_is_not_accepted_or_is_over_is_not_taken_in(self, clerk, vera, mug, point, late):
        order = shelf.collected(shelf.paid(vera, mug, point), clerk)
        asked = shelf.asked_back(order, late=late)
        if not late:
            drop_return(return_id=asked.pk, at=timezone.now())
        mine, browser = Parcel.objects.get(subject=order.subject), signed(clerk)
        assert "parcel-return" not in browser.get(at(mine)).content.decode()
        answer = browser.post(at(mine, "returns"), {"return": asked.pk})
        assert (answer.status_code, 'data-refused="return_closed"' in answer.content.decode()) == (409, True)
        assert ReturnTaken.objects.count() == 0


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
