"""A carrier gets nothing of a buyer who did not agree, whichever page she orders on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from svoi.catalog.models import Stock, Variant
from svoi.law.actions.consents import give_consent
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from svoi.ui.legal import document
from tests import cast
from tests.cast import NOON


@pytest.fixture
def mug(table) -> Variant:
    return cast.product(table, stock=3)


@pytest.fixture
def carriers_point(table) -> PickupPoint:
    point = cast.pickup_point(table)
    point.carrier = "cdek"
    point.save()
    return point


@pytest.fixture(params=["shelf", "show"])
def address(request, table, anna, mug) -> str:
    if request.param == "shelf":
        return f"/c/table/products/{mug.product_id}/orders"
    return f"/shows/{cast.live_show(table, anna, mug).pk}/orders"


@pytest.fixture
def hers(client, vera, table):
    client.force_login(cast.joins(vera, table))
    return client


def asked(mug: Variant, point: PickupPoint) -> dict[str, object]:
    return {
        "product": mug.product_id,
        "variant": mug.pk,
        "quantity": 1,
        "pickup_point": point.pk,
        f"shown_{mug.pk}": mug.price_minor,
        "currency": "RUB",
        "key": str(uuid4()),
    }


def test_without_her_consent_nothing_is_ordered_at_a_carriers_point(hers, address, mug, carriers_point):
    answer = hers.post(address, asked(mug, carriers_point))
    assert (answer.status_code, 'id="point-error"' in answer.content.decode()) == (422, True)
    assert (Order.objects.count(), Stock.objects.get(variant=mug).on_hand) == (0, 3)


def test_with_it_the_order_is_made(hers, vera, address, mug, carriers_point):
    give_consent(member=vera, kind="transfer", document=document("transfer", "ru"), channel="checkout", at=NOON)
    assert hers.post(address, asked(mug, carriers_point)).status_code == 303
    assert Order.objects.get().pickup_point == carriers_point


def test_where_the_law_asks_for_none_none_is_asked_for(hers, settings, address, mug, carriers_point):
    settings.LEGAL_PROFILE = "intl"
    assert hers.post(address, asked(mug, carriers_point)).status_code == 303


def test_a_point_of_the_shop_needs_none(hers, address, mug, table):
    assert hers.post(address, asked(mug, cast.pickup_point(table))).status_code == 303
