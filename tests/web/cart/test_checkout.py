"""The checkout: one page, one order, and nothing lost on a refusal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from svoi.catalog.models import Stock, Variant
from svoi.law.models import Consent
from svoi.orders.models import Order
from tests import cast
from tests.cast import NOON
from tests.web.cart.steps import lays_in, lies, told

pytestmark = pytest.mark.django_db(transaction=True)  # a page is drawn after its refusal ended the transaction
KEY = "5b0e8e0e-1d2c-4c7e-9b43-0d1f6a3c1b11"
CHECKOUT = "/c/table/checkout"


class TestCheckout:
    """One page, one order, and nothing lost on a refusal."""

    @pytest.fixture
    def point(self, table):
        return cast.pickup_point(table)

    @pytest.fixture
    def vase(self, table, anna, mug) -> Variant:
        """Met in a show; the mug from the shelf."""
        return cast.product(table, stock=1, price_minor=500_000, name="Ваза")

    @pytest.fixture
    def full(self, hers, mug, vase, table, anna):
        show = cast.live_show(table, anna, vase)
        lays_in(hers, mug, quantity=2)
        lays_in(hers, vase, show=show.pk)
        hers.show = show
        return hers

    def asked(self, mug, vase, point, **changes):
        filled = {
            f"quantity_{mug.pk}": 2,
            f"shown_{mug.pk}": mug.price_minor,
            f"quantity_{vase.pk}": 1,
            f"shown_{vase.pk}": vase.price_minor,
            "currency": "RUB",
            "pickup_point": point.pk,
            "method": "sbp",
            "receipt_to": "Vera@Example.com",
            "key": KEY,
        }
        return {name: value for name, value in {**filled, **changes}.items() if value is not None}

    def test_the_page_carries_what_it_shows(self, full, mug, vase, point):
        body = full.get(CHECKOUT).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="((?:quantity|shown)_\d+)" value="(\d+)"', body))
        assert hidden == {
            f"quantity_{mug.pk}": "2",
            f"shown_{mug.pk}": "149000",
            f"quantity_{vase.pk}": "1",
            f"shown_{vase.pk}": "500000",
        }
        assert re.findall(r'name="receipt_to" value="([^"]*)" autocomplete="email"', body) == ["vera@example.com"]
        assert re.findall(r'class="cart-total">.*?value="([\d.]+)"', body) == ["7980.00"]
        assert [re.findall(rf'name="{box}"( checked)?', body) for box in ("announced", "marketing")] == [[""], [""]]
        assert re.findall(r'name="(?:transfer|processing|terms)"', body) == []

    def test_a_double_submit_is_one_order(self, full, vera, mug, vase, point):
        answers = [full.post(CHECKOUT, self.asked(mug, vase, point)) for _ in range(2)]
        order = Order.objects.get()
        assert [answer.headers["Location"] for answer in answers] == [f"/orders/{order.number}/"] * 2
        assert (order.buyer, order.total_minor, order.method, order.receipt_to) == (
            vera,
            798_000,
            "sbp",
            "vera@example.com",
        )
        lines = order.lines.order_by("id").values_list("variant_id", "quantity", "origin_kind", "origin_id")
        assert list(lines) == [(mug.pk, 2, "product", mug.product_id), (vase.pk, 1, "show", full.show.pk)]
        assert (order.origin_kind, order.announced, lies()) == ("show", False, [])
        assert list(Stock.objects.order_by("pk").values_list("on_hand", flat=True)) == [3, 0]

    @pytest.mark.parametrize(
        ("changes", "status", "said"),
        [
            ({"shown_mug": 1}, 409, 'data-refused="price_moved"'),
            ({"shown_mug": ""}, 409, 'data-refused="price_moved"'),
            ({"currency": "USD"}, 409, 'data-refused="price_moved"'),
            ({"quantity_vase": 2}, 409, 'data-refused="out_of_stock"'),
            ({"quantity_vase": "x"}, 422, 'data-refused="quantity_out_of_range"'),
            ({"quantity_vase": "9999"}, 422, 'data-refused="quantity_out_of_range"'),
            ({"pickup_point": 10**9}, 409, 'data-refused="point_closed"'),
            ({"pickup_point": None}, 422, 'id="point-error"'),
            ({"method": "cash"}, 422, 'id="method-error"'),
            ({"method": None}, 422, 'id="method-error"'),
            ({"receipt_to": ""}, 422, 'id="receipt-error"'),
            ({"receipt_to": "not an address"}, 422, 'id="receipt-error"'),
            ({"key": "x"}, 422, "buy-form"),
            ({"marketing": "on", "marketing_sha256": "0" * 64}, 422, 'data-refused="consent_text_moved"'),
        ],
    )
    def test_a_refusal_changes_nothing_and_loses_nothing(self, full, mug, vase, point, changes, status, said):
        renamed = {
            name.replace("mug", str(mug.pk)).replace("vase", str(vase.pk)): value for name, value in changes.items()
        }
        before = lies()
        answer = full.post(CHECKOUT, self.asked(mug, vase, point, **renamed, announced="on"))
        body = answer.content.decode()
        assert (answer.status_code, said in body) == (status, True)
        assert re.findall(r'name="announced"( checked)?', body) == [" checked"]
        assert (Order.objects.count(), lies()) == (0, before)
        assert list(Stock.objects.order_by("pk").values_list("on_hand", flat=True)) == [5, 1]
        if "pickup_point" not in changes:
            assert re.findall(r'name="pickup_point" value="(\d+)"[^>]* checked', body) == [str(point.pk)]
        if "receipt_to" not in changes:
            assert 'name="receipt_to" value="Vera@Example.com"' in body

    def test_the_short_line_and_the_moved_price_are_named(self, full, mug, vase, point):
        Stock.objects.filter(variant=vase).update(on_hand=0)
        body = full.post(CHECKOUT, self.asked(mug, vase, point)).content.decode()
        assert re.findall(r'data-short="(\d+)"', body) == [str(vase.pk)]
        Stock.objects.filter(variant=vase).update(on_hand=1)
        Variant.objects.filter(pk=mug.pk).update(price_minor=159_000)
        answer = full.post(CHECKOUT, self.asked(mug, vase, point))
        body = answer.content.decode()
        assert re.findall(r'data-moved="(\d+)"', body) == [str(mug.pk)]
        assert f'name="shown_{mug.pk}" value="159000"' in body
        accepted = self.asked(mug, vase, point, **{f"shown_{mug.pk}": 159_000})
        assert full.post(CHECKOUT, accepted).status_code == 303
        assert Order.objects.get().total_minor == 818_000

    def test_a_key_of_another_purchase_is_refused_and_renewed(self, full, mug, vase, point, table):
        full.post(CHECKOUT, self.asked(mug, vase, point))
        thing = cast.product(table)
        lays_in(full, thing)
        other = {f"quantity_{thing.pk}": 1, f"shown_{thing.pk}": thing.price_minor}
        rest = {
            "currency": "RUB",
            "pickup_point": point.pk,
            "method": "card",
            "receipt_to": "v@example.com",
            "key": KEY,
        }
        answer = full.post(CHECKOUT, {**other, **rest})
        body = answer.content.decode()
        assert (answer.status_code, told(answer), KEY in body) == (409, ["key_reused"], False)
        assert (Order.objects.count(), len(lies())) == (1, 1)

    def test_a_closed_point_is_said_and_not_chosen(self, full, mug, vase, point):
        point.closed_at = NOON
        point.save()
        answer = full.post(CHECKOUT, self.asked(mug, vase, point))
        assert (answer.status_code, told(answer)) == (409, ["point_closed"])
        assert 'name="pickup_point"' not in answer.content.decode()

    def test_a_consent_is_given_in_a_box_of_its_own(self, full, vera, mug, vase, point):
        full.post(CHECKOUT, self.asked(mug, vase, point, **cast.agreeing("marketing")))
        (consent,) = _consents(vera)
        assert (consent.text.kind, consent.channel) == ("marketing", "checkout")
        assert 'name="marketing"' not in full.get(CHECKOUT).content.decode()

    def test_a_carriers_point_needs_its_own_consent(self, full, vera, mug, vase, point):
        point.carrier = "cdek"
        point.save()
        assert re.findall(r'name="transfer"( checked)?', full.get(CHECKOUT).content.decode()) == [""]
        answer = full.post(CHECKOUT, self.asked(mug, vase, point))
        assert (answer.status_code, 'id="transfer-error"' in answer.content.decode()) == (422, True)
        assert (Order.objects.count(), list(_consents(vera))) == (0, [])
        assert full.post(CHECKOUT, self.asked(mug, vase, point, **cast.agreeing("transfer"))).status_code == 303
        assert [one.text.kind for one in _consents(vera)] == ["transfer"]

    def test_what_is_sold_out_stays_in_the_cart(self, full, mug, vase, point):
        Stock.objects.filter(variant=vase).update(on_hand=0)
        body = full.get(CHECKOUT).content.decode()
        assert re.findall(r'name="quantity_(\d+)"', body) == [str(mug.pk)]
        rest = {f"quantity_{vase.pk}": None, f"shown_{vase.pk}": None}
        full.post(CHECKOUT, self.asked(mug, vase, point, **rest))
        assert [row[0] for row in lies()] == [vase.pk]

    def test_an_empty_cart_has_nothing_to_order(self, hers, point):
        assert 'class="empty"' in hers.get(CHECKOUT).content.decode()
        rest = {"pickup_point": point.pk, "method": "card", "receipt_to": "v@example.com", "key": KEY}
        answer = hers.post(CHECKOUT, rest)
        assert (answer.status_code, told(answer), Order.objects.count()) == (422, ["basket_empty"], 0)

    @pytest.mark.parametrize(("code", "words"), [(1, "Без НДС"), (11, "Включая НДС 22\u00a0%")])
    def test_vat_holds_and_the_days_to_return_are_said(self, full, point, settings, code, words):
        settings.VAT_CODE, settings.HOLD_MONEY, settings.RETURN_DAYS = code, True, 14
        body = full.get(CHECKOUT).content.decode()
        assert words in body
        assert "Сейчас банк только удержит деньги" in body
        assert "в\u00a0течение 14\u00a0дней" in body

    def test_it_asks_the_same_number_of_questions_however_full_the_cart_is(
        self, hers, mug, table, point, django_assert_num_queries
    ):
        lays_in(hers, mug, htmx=True)
        with django_assert_num_queries(13):
            hers.get(CHECKOUT)
        for _ in range(2):
            lays_in(hers, cast.product(table), htmx=True)
        with django_assert_num_queries(13):
            hers.get(CHECKOUT)


def _consents(member):
    return Consent.objects.filter(member=member).select_related("text")


def test_a_purchase_from_the_shelf_says_how_it_is_paid_and_where_the_receipt_goes(hers, vera, mug, table):
    point = cast.pickup_point(table)
    asked = {
        "product": mug.product_id,
        "variant": mug.pk,
        "quantity": 1,
        f"shown_{mug.pk}": mug.price_minor,
        "currency": "RUB",
        "pickup_point": point.pk,
        "key": KEY,
    }
    address = f"/c/table/products/{mug.product_id}/orders"
    assert hers.post(address, {**asked, "method": "cash"}).status_code == 422
    assert hers.post(address, {**asked, "method": "sbp"}).status_code == 303
    order = Order.objects.get()
    assert (order.method, order.receipt_to) == ("sbp", vera.email)
    assert order.reserved_until - order.placed_at == timedelta(minutes=15)
