"""A member's points: the list, the statement, the rules, and points in a checkout and on an order's page."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from svoi.orders.models import CartLine, Order
from svoi.payments.models import Payment
from tests import cast
from tests.orders.way import follow
from tests.points.bank import earned, has, points_on
from tests.web.cart.steps import lays_in

STATEMENT, RULES = "/c/table/points/", "/c/table/points/rules"


@pytest.fixture
def hers(client, vera, table):
    client.force_login(cast.joins(vera, table))
    return client


@pytest.fixture
def mug(table):
    return cast.product(table, stock=5)


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\u00a0", " ")


def figure(answer, name: str) -> list[str]:
    return re.findall(rf'data-points="{name}">([^<]*)<', answer.content.decode())


class TestStatement:
    """What she has and what it is made of."""

    def test_nothing_yet(self, hers):
        assert "Баллов пока нет" in words(hers.get("/points/"))
        page = hers.get(STATEMENT)
        assert (page.status_code, figure(page, "free"), figure(page, "held")) == (200, ["0"], [])
        assert "Движений пока нет" in words(page)

    def test_each_movement_says_why_when_and_for_which_order(self, hers, table, anna, vera, mug, point):
        now = timezone.now()
        order = cast.unpaid_order(vera, mug, point)
        points_on(table, anna, budget=300, at=now - timedelta(days=3))
        earned(table, vera, 200, at=now - timedelta(days=2), subject=order.subject)
        earned(table, vera, 150, at=now)
        page = hers.get(STATEMENT)
        assert [(row.amount, row.reason, of and of.pk) for row, of in page.context["rows"]] == [
            (200, "earned", order.pk)
        ]
        assert (figure(page, "free"), figure(page, "owed")) == (["200"], ["150"])
        assert f'href="/orders/{order.number}/"' in page.content.decode()
        assert [(lot.amount, lot.expires_at) for lot in page.context["ending"]] == [(200, now + timedelta(days=363))]
        assert "200 баллов" in words(hers.get("/points/"))

    def test_somebody_elses_order_is_not_named(self, hers, table, anna, vera, boris, mug, point):
        points_on(table, anna, budget=300)
        order = cast.unpaid_order(boris, mug, point)
        earned(table, vera, 10, subject=order.subject)
        assert [of for _, of in hers.get(STATEMENT).context["rows"]] == [None]

    def test_pages_follow_each_other(self, hers, table, anna, vera):
        points_on(table, anna, budget=300)
        for _ in range(51):
            earned(table, vera, 1)
        first = hers.get(STATEMENT)
        second = hers.get(f"{STATEMENT}?after={first.context['next']}")
        assert [len(page.context["rows"]) for page in (first, second)] == [50, 1]
        assert (second.context["next"], hers.get(f"{STATEMENT}?after=x").status_code) == (None, 200)

    def test_one_row_and_three_take_the_same_queries(self, hers, table, anna, vera, mug, point):
        points_on(table, anna, budget=300)
        counted = []
        for _ in range(2):
            for _ in range(1 + len(counted)):
                earned(table, vera, 10, subject=cast.unpaid_order(vera, mug, point).subject)
            with CaptureQueriesContext(connection) as queries:
                hers.get(STATEMENT)
                hers.get("/points/")
            counted.append(len(queries))
        assert counted[0] == counted[1]


class TestDoors:
    """The rules are open; what somebody has is hers alone."""

    def test_a_visitor_is_asked_to_sign_in_and_reads_the_rules(self, table):
        answers = [Client().get(address) for address in ("/points/", STATEMENT, RULES)]
        assert [answer.status_code for answer in answers] == [303, 303, 200]

    @pytest.mark.parametrize("page", ["", "rules"])
    def test_a_closed_community_is_not_there_for_strangers(self, client, dmitri, vera, cellar, page):
        address = f"/c/cellar/points/{page}"
        client.force_login(dmitri)
        assert client.get(address).status_code == 404
        client.force_login(cast.joins(vera, cellar))
        assert client.get(address).status_code == 200

    def test_a_stranger_sees_her_own_nothing(self, client, dmitri, table, anna, vera):
        points_on(table, anna, budget=300)
        earned(table, vera, 10)
        client.force_login(dmitri)
        page = client.get(STATEMENT)
        assert (figure(page, "free"), page.context["rows"]) == (["0"], [])


class TestRules:
    """Made from the settings."""

    def test_they_say_what_holds(self, client, table, anna, settings):
        settings.SHOP = {"name": "ООО «Стол»", "inn": "7700000000", "address": "", "email": ""}
        points_on(table, anna, budget=1_500, earn=5, spend=20, life=90)
        said = words(client.get(RULES))
        for words_of in ("ООО «Стол»", "7700000000", "5 %", "20 %", "90 дней", "1 500 баллов", "22 ноября 2026"):
            assert words_of in said, words_of

    def test_a_community_that_gives_points_leads_to_them(self, client, table, anna):
        assert RULES not in client.get("/c/table/").content.decode()
        points_on(table, anna)
        assert f'href="{RULES}"' in client.get("/c/table/").content.decode()

    def test_in_english_and_without_points(self, client, table):
        client.cookies["django_language"] = "en"
        said = words(client.get(RULES, HTTP_ACCEPT_LANGUAGE="en"))
        assert "This community gives no points for orders now." in said


@pytest.mark.django_db(transaction=True)
class TestCheckout:
    """A part paid by points: chosen from a list, exact at every step."""

    @pytest.fixture
    def full(self, hers, table, anna, vera, mug, point):
        points_on(table, anna, budget=2_000, at=timezone.now() - timedelta(days=1))
        earned(table, vera, 1_000, at=timezone.now())
        lays_in(hers, mug, quantity=2)
        return hers

    def asked(self, mug, point, **changes):
        return {
            f"quantity_{mug.pk}": 2,
            f"shown_{mug.pk}": mug.price_minor,
            "currency": "RUB",
            "pickup_point": point.pk,
            "method": "sbp",
            "receipt_to": "vera@example.com",
            "key": str(uuid4()),
            **changes,
        }

    def test_the_page_offers_steps_with_what_is_left(self, full):
        benefit = full.get("/c/table/checkout").context["benefit"]
        assert [(step.amount, step.left.minor) for step in benefit.steps] == [
            (0, 298_000),
            (223, 275_700),
            (447, 253_300),
            (670, 231_000),
            (894, 208_600),
        ]
        assert (benefit.have, benefit.chosen) == (1_000, 0)

    def test_what_she_chose_is_held_and_the_rest_is_asked_for(self, full, table, vera, mug, point):
        answer = full.post("/c/table/checkout", self.asked(mug, point, points=447))
        follow()
        order = Order.objects.get()
        assert answer.headers["Location"] == f"/orders/{order.number}/"
        assert (order.points_spent, Payment.objects.get().amount_minor) == (447, 253_300)
        assert has(table, vera) == (1_000, 553)
        page = full.get(f"/orders/{order.number}/")
        assert re.findall(r'<data class="money" value="([\d.]+)"', page.content.decode()) == [
            "2980.00",
            "447.00",
            "2533.00",
            "2533.00",  # the receipt
        ]
        assert "Оплатить 2 533 ₽" in words(page)

    @pytest.mark.parametrize(("points", "code"), [(895, "points_over_share"), (1_001, "points_short")])
    def test_too_many_change_nothing_and_lose_nothing(self, full, table, vera, mug, point, points, code):
        answer = full.post("/c/table/checkout", self.asked(mug, point, points=points))
        assert (answer.status_code, answer.context["told"].code) == (422, code)
        assert (Order.objects.count(), CartLine.objects.count(), has(table, vera)) == (0, 1, (1_000, 1_000))
        assert f'value="{point.pk}"' in answer.content.decode()

    def test_a_choice_outlives_another_refusal(self, full, mug, point):
        answer = full.post("/c/table/checkout", self.asked(mug, point, points=447, receipt_to=""))
        assert (answer.status_code, answer.context["benefit"].chosen) == (422, 447)
        assert re.findall(r'<option value="(\d+)"[^>]* selected>', answer.content.decode()) == ["447"]  # kept
        assert 'data-left="2\u202f533\u00a0₽"' in answer.content.decode()

    def test_without_points_nothing_is_said_of_them(self, hers, mug, point):
        lays_in(hers, mug, quantity=2)
        page = hers.get("/c/table/checkout")
        assert (page.context["benefit"], b'name="points"' in page.content) == (None, False)
