"""Preparing and firing a deal on a real database: what is stated, and which pieces leave the free stock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from svoi.catalog.actions import change_price
from svoi.catalog.models import Stock, Variant
from svoi.flash.actions import call_off, close_deals, fire_deal
from svoi.flash.models import FlashDeal, FlashFiring
from svoi.flash.queries import flash_facts, lowest_asked, open_deal
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from tests import cast
from tests.cast import NOON
from tests.flash.stall import NEVER, OPEN, PRICE, arm, code_of, fire, pieces_of

pytestmark = pytest.mark.django_db


def test_armed_states_and_touches_nothing(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    assert (deal.price, deal.lowest) == (PRICE, Money(149_000))
    assert Stock.objects.get(variant=mug).on_hand == 10
    assert cast.recorded() == [
        (
            "flash_armed",
            {
                "deal_id": deal.pk,
                "community_id": mug.community_id,
                "show_id": 1,
                "by_id": anna.pk,
                "variant_id": mug.pk,
                "price_minor": 99_000,
                "lowest_minor": 149_000,
                "quantity": 5,
            },
        )
    ]
    assert FlashDeal.objects.visible_to(anna).count() == 0


@pytest.mark.parametrize("price", [149_000, 150_000])
def test_not_below_the_lowest_is_refused_and_nothing_is_kept(mug: Variant, anna: Member, price: int) -> None:
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna, price=Money(price))
    assert (code_of(refused), refused.value.facts["lowest_minor"]) == ("price_not_lower", 149_000)
    assert (FlashDeal.objects.count(), cast.recorded()) == (0, [])


def test_the_lowest_counts_cuts_of_the_last_thirty_days_and_earlier_deals(mug: Variant, anna: Member) -> None:
    from django.utils import timezone

    now = timezone.now()
    for price, days in ((100_000, 1), (149_000, 2)):
        change_price(variant_id=mug.pk, price_minor=price, old_price_minor=None, at=now + timedelta(days=days))
    mug.refresh_from_db()
    later = now + timedelta(days=20)
    assert lowest_asked(variant=mug, at=later) == Money(100_000)
    deal = fire(mug, anna, price=Money(90_000), at=later)
    over = deal.firing.ends_at
    close_deals(at=over)
    assert lowest_asked(variant=mug, at=over) == Money(90_000)
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna, price=Money(90_000), at=over)
    assert code_of(refused) == "price_not_lower"
    assert lowest_asked(variant=mug, at=over + timedelta(days=30)) == Money(149_000)


def test_firing_takes_the_pieces_out_of_free_stock_once(mug: Variant, anna: Member) -> None:
    deal = fire(mug, anna)
    assert fire_deal(deal_id=deal.pk, by=anna, at=NOON + timedelta(hours=1)) == deal.firing
    assert pieces_of(deal) == {**NEVER, "free": 5, "waiting": 5}
    told = cast.recorded("flash_fired")
    assert [facts for _, facts in told] == [
        {"community_id": mug.community_id, "show_id": 1, "by_id": anna.pk, **flash_facts(deal)}
    ]
    assert (deal.firing.opens_at, deal.firing.ends_at) == (OPEN, OPEN + timedelta(seconds=300))


def test_a_deal_of_all_there_is_leaves_nothing_at_the_usual_price(mug: Variant, anna: Member) -> None:
    fire(mug, anna, quantity=10)
    assert [kind for kind, _ in cast.recorded()] == ["flash_armed", "stock_ran_out", "flash_fired"]


def test_what_was_sold_between_the_presses_is_not_promised(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna, quantity=10)
    Stock.objects.update(on_hand=9)
    with pytest.raises(Refused) as refused, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert code_of(refused) == "out_of_stock"


def test_a_second_press_that_comes_late_or_finds_another_lowest(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    with pytest.raises(Refused) as late, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON + timedelta(seconds=180))
    Variant.objects.update(price_minor=120_000)
    with pytest.raises(Refused) as moved, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert (code_of(late), code_of(moved)) == ("armed_too_long", "lowest_moved")
    assert (FlashFiring.objects.count(), Stock.objects.get(variant=mug).on_hand) == (0, 10)


def test_one_deal_at_a_time(mug: Variant, anna: Member) -> None:
    deal = arm(mug, anna)
    with pytest.raises(Refused) as refused, transaction.atomic():
        arm(mug, anna)
    assert code_of(refused) == "deal_under_way"
    call_off(deal_id=deal.pk, by=anna, at=NOON)
    with pytest.raises(Refused) as gone, transaction.atomic():
        fire_deal(deal_id=deal.pk, by=anna, at=NOON)
    assert code_of(gone) == "deal_called_off"
    assert open_deal(show_id=1, at=NOON) is None
    assert arm(mug, anna).pk == open_deal(show_id=1, at=NOON).pk  # type: ignore[union-attr]
    assert open_deal(show_id=1, at=NOON + timedelta(seconds=180)) is None
