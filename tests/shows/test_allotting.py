"""What a show may sell: stated from real stock, tightened by the host, kept to by carts, the room and flash deals."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from svoi.catalog.models import Allotment, AllotmentChange, Stock, Variant
from svoi.catalog.rules.allotments import (
    AllotmentOnlyTightens,
    AllotmentSoldOut,
    AllotmentUnfit,
    AllotmentUnstated,
)
from svoi.flash.actions import buy_taken, close_deals, lapse_claims
from svoi.kernel.money import Money
from svoi.orders.actions import cancel_order, place_cart, place_order, put_in_cart, withdraw_order
from svoi.orders.rules import Origin
from svoi.shows.actions.airing import end_show
from svoi.shows.actions.allotting import allot_in_show, tighten_in_show
from svoi.shows.actions.buying import buy_in_show
from svoi.shows.queries.allotted import gone_in_show
from svoi.shows.queries.room import room_state
from svoi.shows.queries.tray import tray_of
from svoi.shows.rules.airing import NotInTray, ShowEnded
from tests import cast
from tests.cast import NOON, recorded
from tests.flash.stall import OPEN, PRICE, arm, fire, takes
from tests.orders.way import decided, follow, left, refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug(table):
    return cast.product(table, stock=20)


@pytest.fixture
def show(table, anna, mug):
    return cast.live_show(table, anna, mug)


@pytest.fixture
def vera(table):
    return cast.joins(cast.member("Vera"), table)


@pytest.fixture
def point(table):
    return cast.pickup_point(table)


def allots(show, mug, by, pieces: int, reason: str = "plan"):
    return allot_in_show(show_id=show.pk, product_id=mug.product_id, pieces=pieces, reason=reason, by=by, at=NOON)


def tightens(show, mug, by, pieces: int):
    return tighten_in_show(show_id=show.pk, product_id=mug.product_id, pieces=pieces, reason="keep", by=by, at=NOON)


def buys(show, mug, buyer, point, quantity: int = 1, **changes):
    tap = {"key": uuid4(), "number": uuid4().hex[:8].upper(), "at": NOON, **changes}
    return buy_in_show(
        show_id=show.pk,
        buyer=buyer,
        variant_id=mug.pk,
        quantity=quantity,
        shown_price=mug.price,
        pickup_point_id=point.pk,
        seen_pin_id=None,
        announced=False,
        **tap,
    )


def stands(show) -> tuple[int, int]:
    """Pieces allotted, and of these taken; what is taken is what orders and deals say."""
    one = Allotment.objects.get(show_id=show.pk)
    assert one.taken == gone_in_show(show_id=show.pk, product_id=one.product_id)
    return one.pieces, one.taken


def test_a_producer_states_it_from_what_there_is_and_every_word_is_kept(show, mug, anna, vera, point):
    buys(show, mug, vera, point, 4)  # before anything was allotted: it counts
    with refuses(AllotmentUnfit):
        allots(show, mug, anna, 3)
    with refuses(AllotmentUnfit):
        allots(show, mug, anna, 21)
    assert Allotment.objects.count() == 0
    allots(show, mug, anna, 20)
    allots(show, mug, anna, 10, "recount")
    allots(show, mug, anna, 10, "keep")  # the same again is nothing
    tightens(show, mug, anna, 8)
    assert stands(show) == (8, 4)
    kept = AllotmentChange.objects.order_by("id").values_list("deed", "before", "pieces", "taken", "reason", "by")
    assert list(kept) == [
        ("set", None, 20, 4, "plan", anna.pk),
        ("set", 20, 10, 4, "recount", anna.pk),
        ("tightened", 10, 8, 4, "keep", anna.pk),
    ]
    assert [(told["stood"], told["pieces"]) for _, told in recorded("allotment_changed")] == [
        (None, 20),
        (20, 10),
        (10, 8),
    ]


def test_a_host_lowers_and_never_raises(show, mug, anna, vera, point):
    with refuses(AllotmentUnstated):
        tightens(show, mug, anna, 3)
    allots(show, mug, anna, 10)
    buys(show, mug, vera, point, 4)
    with refuses(AllotmentOnlyTightens):
        tightens(show, mug, anna, 11)
    assert stands(show) == (10, 4)
    tightens(show, mug, anna, 0)  # stops the selling: what is sold stays sold
    assert stands(show) == (4, 4)
    with refuses(AllotmentSoldOut):
        buys(show, mug, vera, point)
    allots(show, mug, anna, 6)
    buys(show, mug, vera, point, 2)
    assert [kind for kind, _ in recorded() if kind in ("allotment_ran_out", "allotment_returned")] == [
        "allotment_ran_out",
        "allotment_returned",
        "allotment_ran_out",
    ]


def test_the_room_and_carts_of_the_show_keep_to_it_and_the_shop_does_not(show, mug, anna, vera, point):
    allots(show, mug, anna, 3)
    key = uuid4()
    order = buys(show, mug, vera, point, 2, key=key)
    with refuses(AllotmentSoldOut):
        buys(show, mug, vera, point, 2)
    put_in_cart(member=vera, community_id=show.community_id, variant_id=mug.pk, quantity=2, shown_price=mug.price,
                origin=Origin("show", show.pk), at=NOON)  # fmt: skip
    basket = {"shown": [(mug.pk, 2, mug.price)], "community_id": show.community_id, "pickup_point_id": point.pk}
    with refuses(AllotmentSoldOut):
        place_cart(buyer=vera, **basket, key=uuid4(), number="CART0001", at=NOON)
    assert (left(mug), stands(show)) == (18, (3, 2))
    assert buys(show, mug, vera, point, 2, key=key).pk == order.pk  # the same tap again is the same order
    place_order(buyer=vera, community_id=show.community_id, variant_id=mug.pk, quantity=5, shown_price=mug.price,
                pickup_point_id=point.pk, origin=Origin("product"), announced=False, key=uuid4(), number="SHOP0001",
                at=NOON)  # fmt: skip
    assert (left(mug), stands(show)) == (13, (3, 2))


def test_all_sizes_of_a_product_share_it(show, mug, anna, vera, point):
    large = Variant.objects.create(
        product=mug.product, community=show.community, external_id="L", price_minor=mug.price_minor
    )
    Stock.objects.create(variant=large, on_hand=5)
    allots(show, mug, anna, 25)
    allots(show, mug, anna, 3)
    buys(show, mug, vera, point, 2)
    with refuses(AllotmentSoldOut):
        buys(show, large, vera, point, 2)
    buys(show, large, vera, point)
    assert stands(show) == (3, 3)


def test_what_falls_away_comes_back_once(show, mug, anna, vera, point):
    allots(show, mug, anna, 3)
    first, second = buys(show, mug, vera, point, 2), buys(show, mug, vera, point)
    for _ in range(2):
        cancel_order(order_id=first.pk, reason="buyer", at=NOON)
    assert (stands(show), left(mug)) == ((3, 1), 19)
    follow()
    withdraw_order(order_id=decided(second).pk, reason="buyer", at=NOON)
    assert (stands(show), left(mug)) == ((3, 0), 20)


def test_a_deal_takes_its_pieces_when_it_is_fired_and_gives_back_what_nobody_ordered(show, mug, anna, vera, point):
    allots(show, mug, anna, 6)
    with refuses(AllotmentSoldOut):
        arm(mug, anna, show_id=show.pk, quantity=7)
    deal = fire(mug, anna, show_id=show.pk, quantity=5, per_person=2)
    assert stands(show) == (6, 5)
    buys(show, mug, vera, point)
    with refuses(AllotmentSoldOut):
        buys(show, mug, vera, point)
    olga = cast.joins(cast.member("Olga"), show.community)
    kept, late = takes(vera, deal, 2), takes(olga, deal, 2)
    order = buy_taken(deal_id=deal.pk, buyer=vera, shown_price=PRICE, pickup_point_id=point.pk, announced=False,
                      key=uuid4(), number="FLASH001", at=OPEN)  # fmt: skip
    assert (kept.quantity, stands(show)) == (2, (6, 6))
    close_deals(at=deal.firing.ends_at)
    assert stands(show) == (6, 5)
    lapse_claims(at=late.until + timedelta(seconds=1))
    assert stands(show) == (6, 3)
    cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    assert (stands(show), left(mug)) == ((6, 1), 19)


def test_one_fired_before_anything_was_allotted_counts(show, mug, anna, vera, point):
    deal = fire(mug, anna, show_id=show.pk, quantity=5)
    takes(vera, deal)
    buy_taken(deal_id=deal.pk, buyer=vera, shown_price=PRICE, pickup_point_id=point.pk, announced=False,
              key=uuid4(), number="FLASH001", at=OPEN)  # fmt: skip
    with refuses(AllotmentUnfit):
        allots(show, mug, anna, 4)
    allots(show, mug, anna, 5)
    assert stands(show) == (5, 5)


def test_the_room_learns_that_its_part_is_gone_while_the_shop_has_more(show, mug, anna, vera, point):
    allots(show, mug, anna, 2)
    order = buys(show, mug, vera, point, 2)
    follow()
    (row,) = tray_of(show_id=show.pk)
    assert (row.sold_out, row.on_hand, row.allotted, row.allotted_left) == (True, 18, 2, 0)
    assert room_state(show_id=show.pk)["pin"]["sold_out"] is True
    cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    follow()
    told = [(kind, told["show_id"], told["sold_out"]) for kind, told in recorded() if kind.startswith("shown_stock")]
    assert told == [("shown_stock_ran_out", show.pk, True), ("shown_stock_returned", show.pk, False)]
    assert tray_of(show_id=show.pk)[0].sold_out is False


def test_only_for_what_is_laid_out_and_until_the_end(show, table, anna, mug):
    with refuses(NotInTray):
        allots(show, cast.product(table), anna, 1)
    show.ended_at = NOON
    show.save()
    for verb in (allots, tightens):
        with refuses(ShowEnded):
            verb(show, mug, anna, 1)
    assert AllotmentChange.objects.count() == 0


def test_the_end_of_the_show_ends_it_and_its_books_stay(show, mug, anna, vera, point):
    allots(show, mug, anna, 2)
    early = buys(show, mug, vera, point, 2)
    put_in_cart(member=vera, community_id=show.community_id, variant_id=mug.pk, quantity=3, shown_price=mug.price,
                origin=Origin("show", show.pk), at=NOON)  # fmt: skip
    end_show(show_id=show.pk, by=anna, at=NOON)
    assert tray_of(show_id=show.pk)[0].sold_out is False
    late = place_cart(buyer=vera, community_id=show.community_id, shown=[(mug.pk, 3, mug.price)], key=uuid4(),
                      pickup_point_id=point.pk, number="CART0003", at=NOON)  # fmt: skip
    for order in (late, early):
        cancel_order(order_id=order.pk, reason="buyer", at=NOON)
    (one,) = Allotment.objects.all()
    assert (one.pieces, one.taken, one.closed_at) == (2, 2, NOON)
    for change in ({"taken": 1}, {"closed_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Allotment.objects.update(**change)


def test_the_table_lets_nobody_write_it_by_hand(show, mug, anna, vera, point):
    allots(show, mug, anna, 3)
    buys(show, mug, vera, point, 2)
    mine = Allotment.objects.filter(show_id=show.pk)
    stated = {"show_id": show.pk, "product_id": mug.product_id, "reason": "plan", "by": anna, "at": NOON}
    by_hand = [
        lambda: mine.update(pieces=100),
        lambda: mine.delete(),
        lambda: mine.update(taken=4),
        lambda: mine.update(taken=-1),
        lambda: Allotment.objects.create(show_id=99, product_id=mug.product_id, pieces=5),
        lambda: AllotmentChange.objects.update(pieces=100),
        lambda: AllotmentChange.objects.all().delete(),
        lambda: AllotmentChange.objects.create(**stated, deed="tightened", before=3, pieces=4, taken=2),
        lambda: AllotmentChange.objects.create(**stated, deed="set", before=2, pieces=9, taken=2),
        lambda: AllotmentChange.objects.create(**stated, deed="set", before=3, pieces=9, taken=1),
        lambda: AllotmentChange.objects.create(**stated, deed="set", before=3, pieces=1, taken=2),
        lambda: AllotmentChange.objects.create(**stated, deed="set", before=None, pieces=9, taken=2),
    ]
    for deed in by_hand:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            deed()
    assert (stands(show), AllotmentChange.objects.count()) == ((3, 2), 1)


def test_a_cart_of_two_shows_takes_from_each(table, anna, vera, point, mug, show):
    bowl = cast.product(table, stock=9, name="Миска")
    other = cast.live_show(table, anna, bowl)
    allots(show, mug, anna, 2)
    allots(other, bowl, anna, 1)
    for variant, where in ((mug, show), (bowl, other)):
        put_in_cart(member=vera, community_id=table.pk, variant_id=variant.pk, quantity=1, shown_price=variant.price,
                    origin=Origin("show", where.pk), at=NOON)  # fmt: skip
    shown = [(bowl.pk, 1, Money(bowl.price_minor)), (mug.pk, 1, Money(mug.price_minor))]
    place_cart(buyer=vera, community_id=table.pk, shown=shown, pickup_point_id=point.pk, key=uuid4(),
               number="CART0002", at=NOON)  # fmt: skip
    assert (stands(show), stands(other)) == ((2, 1), (1, 1))
