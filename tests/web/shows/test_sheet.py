"""The sheet of a show: what it carries, for whom, and what is not offered."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from tests import cast
from tests.web.shows.sheet import told


def test_the_sheet_carries_what_she_sees(one_of_us, show, mug, point):
    sheet = one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}&pin=7", headers={"HX-Request": "true"})
    body = sheet.content.decode()
    assert sheet.status_code == 200
    assert f'name="shown_{mug.pk}" value="149000"' in body
    assert 'name="pin" value="7"' in body
    assert f'name="pickup_point" value="{point.pk}"' in body
    assert 'name="announced">' in body  # nothing is ticked beforehand
    UUID(re.search(r'name="key" value="([^"]+)"', body).group(1))
    assert "<html" not in body


def test_without_scripts_the_sheet_is_a_page(one_of_us, show, mug, point):
    assert "<html" in one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()


def test_a_visitor_sees_the_product_and_the_way_in(client, show, mug):
    body = client.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()
    assert f"/sign-in?next=%2Fshows%2F{show.pk}%2F%3Fbuy%3D{mug.product_id}" in body
    assert "buy-form" not in body


@pytest.mark.parametrize("asked", ["", "?product=", "?product=x", "?product=0", f"?product={10**30}", "?product=-1"])
def test_what_is_not_in_the_tray_is_not_offered(one_of_us, show, asked):
    answer = one_of_us.get(f"/shows/{show.pk}/sheet{asked}", headers={"HX-Request": "true"})
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])


def test_another_communitys_product_is_not_offered(one_of_us, show, cellar):
    other = cast.product(cellar)
    show.tray.create(product=other.product, position=9)
    answer = one_of_us.get(f"/shows/{show.pk}/sheet?product={other.product_id}")
    assert (answer.status_code, told(answer)) == (409, ["not_offered"])


def test_the_point_of_last_time_is_chosen_already(one_of_us, vera, show, mug, point, table):
    cast.pickup_point(table, "MSK2")
    cast.unpaid_order(vera, mug, point)
    body = one_of_us.get(f"/shows/{show.pk}/sheet?product={mug.product_id}").content.decode()
    assert re.findall(r'name="pickup_point" value="(\d+)"[^>]* checked', body) == [str(point.pk)]
