"""Goods given back, and orders that are somebody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from svoi.orders.actions import ask_return, decide_return
from svoi.orders.models import Order, Return
from tests import cast
from tests.web.order_way.steps import KEY, asks, collected, page, paid, told

pytestmark = pytest.mark.django_db(transaction=True)


# --- Returns ----------------------------------------------------------------------------------------------------------


def test_a_return_is_asked_for_once_however_often_it_is_sent(hers, order):
    order = collected(order)
    body = page(hers, order, "returns")
    assert re.findall(r'<option value="(\d+)"', body) == ["0", "1", "2"]
    assert "Закон на\u00a0вашей стороне" in body
    for _ in range(2):
        assert asks(hers, order).headers["Location"] == f"/orders/{order.number}/"
    asked = Return.objects.get()
    assert (asked.stage, asked.amount_minor, asked.reason) == ("accepted", 149_000, "changed_mind")
    assert re.findall(r'data-return="(\w+)"', page(hers, order, "payment")) == ["accepted"]


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"pieces": 0}, 422, 'data-refused="nothing_to_return"'),
        ({"pieces": 3}, 422, 'data-refused="nothing_to_return"'),
        ({"pieces": "x"}, 422, 'data-refused="nothing_to_return"'),
        ({"pieces": "-1"}, 422, 'data-refused="nothing_to_return"'),
        ({"pieces_999999": 1}, 422, 'data-refused="nothing_to_return"'),
        ({"reason": ""}, 422, "field-error"),
        ({"reason": "boredom"}, 422, "field-error"),
        ({"key": "x"}, 422, "Вернуть товар"),
        ({"words": "я" * 501}, 422, "field-error"),
    ],
)
def test_a_return_that_cannot_be_is_refused_and_nothing_is_lost(hers, order, changes, status, said):
    order = collected(order)
    line = order.lines.get()
    renamed = {f"pieces_{line.pk}" if name == "pieces" else name: value for name, value in changes.items()}
    answer = asks(hers, order, **{"words": "малы <b>", **renamed})
    body = answer.content.decode()
    assert (answer.status_code, said in body, Return.objects.count()) == (status, True, 0)
    if "words" not in changes:
        assert "малы &lt;b&gt;" in body


def test_another_orders_line_cannot_be_given_back_with_this_one(hers, order, vera, boris, mug):
    order = collected(order)
    other = cast.unpaid_order(boris, mug, order.pickup_point)
    foreign = other.lines.create(variant=mug, name="К", quantity=1, price_minor=149_000)
    assert told(asks(hers, order, **{f"pieces_{foreign.pk}": 1})) == ["nothing_to_return"]
    assert Return.objects.count() == 0


def test_after_the_days_only_what_is_wrong_is_taken_back(hers, order):
    order = collected(order, at=timezone.now() - timedelta(days=20))
    assert "Закон на\u00a0вашей стороне" not in page(hers, order, "returns")
    assert (told(asks(hers, order)), Return.objects.count()) == (["return_too_late"], 0)
    asks(hers, order, reason="defect", words="трещина")
    assert Return.objects.get().stage == "asked"
    assert re.findall(r'data-return="(\w+)"', page(hers, order)) == ["asked"]


def test_before_it_is_collected_nothing_is_given_back(hers, order):
    paid(order)
    assert hers.get(f"/orders/{order.number}/returns").status_code == 303
    assert (told(asks(hers, order)), Return.objects.count()) == (["nothing_to_return"], 0)


def test_a_return_is_given_up(hers, order):
    order = collected(order)
    asks(hers, order)
    asked = Return.objects.get()
    for _ in range(2):
        assert hers.post(f"/orders/{order.number}/returns/{asked.pk}/dropped").status_code == 303
    asked.refresh_from_db()
    assert (asked.stage, asked.dropped_for) == ("dropped", "buyer")
    for number in (0, asked.pk + 1, 10**25):
        assert hers.post(f"/orders/{order.number}/returns/{number}/dropped").status_code == 404


def test_the_shops_words_and_the_money_of_a_return_are_shown(hers, order, anna):
    order = collected(order, at=timezone.now() - timedelta(days=20))
    asks(hers, order, reason="defect")
    decide_return(return_id=Return.objects.get().pk, accept=False, words="Следы <i>падения", by=anna, at=timezone.now())
    body = page(hers, order)
    assert (re.findall(r'data-return="(\w+)"', body), "Следы &lt;i&gt;падения" in body) == (["declined"], True)


@pytest.mark.parametrize("path", ["extension", "withdrawal", "returns", "returns/1/dropped"])
def test_anothers_order_is_not_there(client, gleb, order, path):
    order, address = collected(order), f"/orders/{order.number}/{path}"
    line = order.lines.get()
    asked = ask_return(
        order_id=order.pk, wanted={line.pk: 1}, reason="defect", words="", key=uuid4(), at=timezone.now()
    )
    address = address.replace("/1/", f"/{asked.pk}/")
    assert client.post(address).headers["Location"] == "/sign-in?next=%2Forders%2F"
    client.force_login(gleb)
    assert client.post(address, {"reason": "defect", f"pieces_{line.pk}": 1, "key": KEY}).status_code == 404
    asked.refresh_from_db()
    assert (asked.stage, Return.objects.count(), Order.objects.get().stage) == ("accepted", 1, "collected")
