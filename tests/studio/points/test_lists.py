"""The lists of the counter: what they say, how a parcel is found, and what they cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.pickup.actions import prepare_parcel, receive_parcel, send_back
from svoi.pickup.models import Parcel, PickupPoint
from tests import cast
from tests.studio.points.counter import bought, home, waiting
from tests.studio.stage import signed


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
