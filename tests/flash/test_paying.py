"""Paying for what was taken and giving back the rest on a real database: every piece has one place."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.flash.actions import call_off, close_deals, extend_claim, lapse_claims
from svoi.flash.models import FlashDeal, FlashEnding
from svoi.flash.queries import latest_deal, standing_of
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.actions import cancel_order
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests import cast
from tests.cast import NOON
from tests.envelopes.purse import crowd
from tests.flash.stall import NEVER, OPEN, code_of, fire, pays, pieces_of, takes

pytestmark = pytest.mark.django_db


def test_kept_pieces_become_one_order_at_their_own_price(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna, per_person=2), crowd(table, 1)
    takes(vera, deal, 2)
    key = uuid4()
    order = pays(vera, deal, point, key=key)
    line = order.lines.get()
    assert (line.quantity, line.price_minor, order.total_minor) == (2, 99_000, 198_000)
    assert (order.origin_kind, order.origin_id) == ("show", 1)
    assert FlashEnding.objects.get().order == order
    assert pieces_of(deal) == {**NEVER, "free": 5, "ordered": 2, "waiting": 3}
    assert pays(vera, deal, point, key=key) == order
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point)
    assert (code_of(refused), refused.value.facts) == ("flash_ordered", {"number": order.number})
    assert Order.objects.count() == 1


def test_a_claim_that_became_an_order_comes_back_once(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    order = pays(vera, deal, point)
    far = NOON + timedelta(days=1)
    cancel_order(order_id=order.pk, reason="buyer", at=far)
    assert (close_deals(at=far), lapse_claims(at=far), lapse_claims(at=far)) == (1, 0, 0)
    assert pieces_of(deal) == {**NEVER, "free": 10, "ordered": 1, "returned": 4}


def test_another_price_than_the_deals_is_refused(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point, shown_price=Money(1))
    assert (code_of(refused), refused.value.facts["offered_minor"]) == ("price_moved", 99_000)
    assert (Order.objects.count(), pieces_of(deal)["kept"]) == (0, 1)


def test_what_ran_out_is_refused_and_goes_back_once(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera, lena) = fire(mug, anna), crowd(table, 2)
    until = takes(vera, deal).until
    takes(lena, deal, at=OPEN + timedelta(seconds=1))
    with pytest.raises(Refused) as refused, transaction.atomic():
        pays(vera, deal, point, at=until)
    assert (code_of(refused), refused.value.facts["offered_minor"]) == ("flash_ran_out", 149_000)
    assert (lapse_claims(at=until), lapse_claims(at=until)) == (1, 0)
    assert pieces_of(deal) == {**NEVER, "free": 6, "kept": 1, "lapsed": 1, "waiting": 3}
    with pytest.raises(Refused) as again, transaction.atomic():
        pays(vera, deal, point, at=OPEN)
    assert code_of(again) == "flash_ran_out"
    assert [facts["returned"] for _, facts in cast.recorded("flash_lapsed")] == [1]


def test_more_time_can_be_had_ten_times(mug: Variant, table: Community, anna: Member, point: PickupPoint) -> None:
    deal, (vera,) = fire(mug, anna, reserve_s=120), crowd(table, 1)
    until = takes(vera, deal).until
    for _ in range(10):
        at = until - timedelta(seconds=1)
        until = extend_claim(deal_id=deal.pk, member=vera, at=at)
        assert until == at + timedelta(minutes=5)
        assert lapse_claims(at=at) == 0
    with pytest.raises(Refused) as refused, transaction.atomic():
        extend_claim(deal_id=deal.pk, member=vera, at=until - timedelta(seconds=1))
    assert code_of(refused) == "extended_enough"
    assert pays(vera, deal, point, at=until - timedelta(seconds=1)).total_minor == 99_000


def test_who_took_nothing_pays_nothing(mug: Variant, anna: Member, vera: Member, point: PickupPoint) -> None:
    deal = fire(mug, anna)
    for verb in (lambda: pays(vera, deal, point), lambda: extend_claim(deal_id=deal.pk, member=vera, at=OPEN)):
        with pytest.raises(Refused) as refused, transaction.atomic():
            verb()
        assert code_of(refused) == "flash_nothing_taken"


def test_the_end_gives_back_what_nobody_took_and_settles(mug: Variant, table: Community, anna: Member) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    over = OPEN + timedelta(seconds=300)
    assert (close_deals(at=over - timedelta(seconds=1)), close_deals(at=over), close_deals(at=over)) == (0, 1, 0)
    assert pieces_of(deal) == {**NEVER, "free": 9, "kept": 1, "returned": 4}
    late = OPEN + timedelta(seconds=600)
    lapse_claims(at=late)
    assert pieces_of(deal) == {**NEVER, "free": 10, "lapsed": 1, "returned": 4}
    settled = [facts for _, facts in cast.recorded("flash_settled")]
    assert settled == [{"deal_id": deal.pk, "community_id": table.pk, "show_id": 1, "ordered": 0, "returned": 5}]
    assert FlashDeal.objects.unsettled().count() == 0


def test_called_off_in_the_middle_what_was_taken_stays_hers(
    mug: Variant, table: Community, anna: Member, point: PickupPoint
) -> None:
    deal, (vera,) = fire(mug, anna), crowd(table, 1)
    takes(vera, deal)
    closing = call_off(deal_id=deal.pk, by=anna, at=OPEN)
    assert call_off(deal_id=deal.pk, by=anna, at=OPEN) == closing
    assert pieces_of(deal) == {**NEVER, "free": 9, "kept": 1, "returned": 4}
    assert pays(vera, deal, point).total_minor == 99_000
    found = latest_deal(show_id=1)
    assert found is not None
    standing = standing_of(found, at=OPEN)
    assert (standing.stage, standing.taken, standing.ordered, standing.lapsed) == ("called_off", 1, 1, 0)


def test_deals_that_only_wait_do_not_keep_others_waiting(table: Community, anna: Member) -> None:
    people = crowd(table, 3)
    deals = [fire(cast.product(table), anna, show_id=n) for n in range(3)]
    for deal, one in zip(deals, people, strict=True):
        takes(one, deal)
    until = OPEN + timedelta(seconds=600)
    for deal, one in zip(deals[:2], people, strict=False):
        extend_claim(deal_id=deal.pk, member=one, at=until - timedelta(seconds=1))
    assert lapse_claims(at=until, most=1) == 1
    assert [pieces_of(deal)["lapsed"] for deal in deals] == [0, 0, 1]
