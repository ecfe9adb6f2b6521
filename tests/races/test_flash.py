"""Real threads at the last pieces, and at the last moment of a reservation: every piece has one place."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from svoi.catalog.actions import reserve_stock
from svoi.communities.models import Community
from svoi.flash.actions import buy_taken, close_deals, lapse_claims
from svoi.flash.models import FlashClaim
from svoi.members.models import Member
from svoi.orders.models import Order
from tests import cast
from tests.envelopes.purse import crowd
from tests.flash.stall import OPEN, PRICE, fire, pieces_of, takes
from tests.races.at_once import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("pieces", [1, 3])
def test_no_piece_is_taken_twice(table: Community, anna: Member, pieces: int) -> None:
    people = crowd(table, THREADS)
    for show_id in range(1, 6):
        deal = fire(cast.product(table, stock=pieces), anna, show_id=show_id, quantity=pieces)
        told = at_once(lambda place: takes(people[place], deal))  # noqa: B023
        assert Counter(told) == {"done": pieces, "flash_sold_out": THREADS - pieces}
        positions = FlashClaim.objects.filter(deal=deal).order_by("position").values_list("position", flat=True)
        assert list(positions) == list(range(1, pieces + 1))


def test_the_same_member_from_many_windows_has_one_claim(table: Community, anna: Member) -> None:
    (vera,) = crowd(table, 1)
    deal = fire(cast.product(table, stock=5), anna)
    answers: list[bool] = []
    told = at_once(lambda place: answers.append(takes(vera, deal).is_new))
    assert (told, sorted(answers)) == (["done"] * THREADS, [False] * (THREADS - 1) + [True])
    assert FlashClaim.objects.count() == 1


def test_firing_and_ordinary_buying_do_not_sell_a_piece_twice(table: Community, anna: Member) -> None:
    for show_id in range(1, 4):
        mug = cast.product(table, stock=5)

        def verb(place: int) -> None:
            if place == 0:
                fire(mug, anna, show_id=show_id, quantity=5)  # noqa: B023
            else:
                reserve_stock(variant_id=mug.pk, quantity=1)  # noqa: B023

        told = Counter(at_once(verb))
        assert told in ({"done": 1, "out_of_stock": THREADS - 1}, {"done": 5, "out_of_stock": THREADS - 5})


def test_a_reservation_that_ends_is_paid_or_given_back_never_both(table: Community, anna: Member) -> None:
    point, people = cast.pickup_point(table), crowd(table, 4)
    deal = fire(cast.product(table, stock=4), anna, quantity=4)
    until = min(takes(one, deal).until for one in people)

    def verb(place: int) -> None:
        if place % 2:
            lapse_claims(at=until)
            close_deals(at=until)
        else:
            buy_taken(
                deal_id=deal.pk,
                buyer=people[place // 2],
                shown_price=PRICE,
                pickup_point_id=point.pk,
                announced=False,
                key=uuid4(),
                number=uuid4().hex[:8].upper(),
                at=until - timedelta(microseconds=1),
            )

    at_once(verb)
    lapse_claims(at=until)
    where = pieces_of(deal)
    assert where["ordered"] == Order.objects.count()
    assert (where["ordered"] + where["lapsed"], where["free"]) == (4, where["lapsed"])
    assert (where["kept"], where["waiting"]) == (0, 0)


def test_one_person_with_many_pages_pays_once(table: Community, anna: Member) -> None:
    point, (vera,) = cast.pickup_point(table), crowd(table, 1)
    deal = fire(cast.product(table, stock=5), anna)
    takes(vera, deal)

    def verb(place: int) -> None:
        try:
            buy_taken(
                deal_id=deal.pk,
                buyer=vera,
                shown_price=PRICE,
                pickup_point_id=point.pk,
                announced=False,
                key=uuid4(),
                number=uuid4().hex[:8].upper(),
                at=OPEN,
            )
        finally:
            connection.close()

    assert at_once(verb) == ["done"] + ["flash_ordered"] * (THREADS - 1)
    assert (Order.objects.count(), pieces_of(deal)["ordered"]) == (1, 1)
