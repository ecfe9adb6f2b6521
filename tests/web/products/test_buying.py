"""Buying from the shelf, outside a show."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from svoi.catalog.models import Stock, Variant
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order
from tests.cast import joins, pickup_point, product
from tests.web.products.page import words


@pytest.mark.django_db(transaction=True)
class TestBuying:
    """From the shelf, outside a show."""

    def asked(self, thing: Variant, **changes: object) -> dict[str, object]:
        point = pickup_point(thing.community)
        return {
            "product": thing.product_id,
            "variant": thing.pk,
            "quantity": 2,
            "pickup_point": point.pk,
            f"shown_{thing.pk}": thing.price_minor,
            "currency": "RUB",
            "key": "5b0e8e0e-1d2c-4c7e-9b43-0d1f6a3c1b11",
            **changes,
        }

    def test_a_member_orders_once_however_often_she_taps(self, client: Client, table: Community, vera: Member) -> None:
        thing = product(table, stock=5)
        client.force_login(joins(vera, table))
        address, asked = f"/c/table/products/{thing.product_id}/orders", self.asked(thing)
        assert client.get(address).status_code == 200
        first, second = client.post(address, asked), client.post(address, asked)
        order = Order.objects.get()
        assert first["Location"] == second["Location"] == f"/orders/{order.number}/"
        assert (order.origin_kind, order.origin_id, order.total_minor) == ("product", thing.product_id, 298_000)
        assert (order.buyer, order.announced, Stock.objects.get().on_hand) == (vera, False, 3)

    @pytest.mark.parametrize(
        ("changes", "status", "said"),
        [
            ({"quantity": 9}, 409, "out_of_stock"),
            ({"quantity": 0}, 422, "Ваш заказ"),
            ({"pickup_point": ""}, 422, "Ваш заказ"),
            ({"pickup_point": 10**9}, 409, "point_closed"),
            ({"shown": 1}, 409, "price_moved"),
        ],
    )
    def test_a_refusal_orders_nothing_and_keeps_the_form(
        self, client: Client, table: Community, vera: Member, changes: dict[str, object], status: int, said: str
    ) -> None:
        thing = product(table, stock=5)
        client.force_login(joins(vera, table))
        asked = self.asked(thing)
        asked |= {f"{name}_{thing.pk}" if name == "shown" else name: value for name, value in changes.items()}
        response = client.post(f"/c/table/products/{thing.product_id}/orders", asked)
        assert (response.status_code, said in words(response)) == (status, True)
        assert str(asked["key"]) in words(response)
        assert (Order.objects.count(), Stock.objects.get().on_hand) == (0, 5)

    def test_others_are_led_to_the_door_and_back(
        self, client: Client, table: Community, cellar: Community, dmitri: Member
    ) -> None:
        thing, hidden = product(table), product(cellar)
        address = f"/c/table/products/{thing.product_id}/orders"
        assert client.get(address)["Location"] == "/sign-in?next=" + quote(address, safe="")
        client.force_login(dmitri)
        assert client.post(address, self.asked(thing))["Location"] == "/c/table/memberships?next=" + quote(
            address, safe=""
        )
        for slug in ("table", "cellar"):
            assert client.post(f"/c/{slug}/products/{hidden.product_id}/orders").status_code == 404
        assert not Order.objects.exists()

    def test_another_shop_s_variant_is_not_sold_here(
        self, client: Client, table: Community, cellar: Community, vera: Member
    ) -> None:
        thing, hidden = product(table), product(cellar)
        client.force_login(joins(vera, table))
        asked = {**self.asked(thing), "variant": hidden.pk, f"shown_{hidden.pk}": hidden.price_minor}
        assert client.post(f"/c/table/products/{thing.product_id}/orders", asked).status_code == 409
        assert not Order.objects.exists()
