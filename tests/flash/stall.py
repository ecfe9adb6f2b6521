"""Deals for tests: a variant with stock, a crowd that belongs, and what became of every piece."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Sum

from svoi.catalog.models import Stock, Variant
from svoi.flash.actions import arm_deal, buy_taken, claim_flash, fire_deal
from svoi.flash.models import FlashClaim, FlashClosing, FlashDeal
from svoi.flash.rules import Reserved, Terms
from svoi.kernel.money import Money
from svoi.kernel.refused import Refused
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from tests.cast import NOON

PRICE = Money(99_000)
OPEN = NOON + timedelta(seconds=30)  # when a deal fired at noon can be taken
NEVER = {"kept": 0, "ordered": 0, "lapsed": 0, "returned": 0, "waiting": 0}


def arm(
    variant: Variant, by: Member, *, price: Money = PRICE, show_id: int = 1, at: datetime = NOON, **terms: Any
) -> FlashDeal:
    """Stated, and not yet set off."""
    return arm_deal(
        community_id=variant.community_id,
        show_id=show_id,
        variant_id=variant.pk,
        price=price,
        terms=Terms(**{"quantity": 5, **terms}),
        by=by,
        key=uuid4(),
        at=at,
    )


def armed_row(variant: Variant, by: Member, *, show_id: int, at: datetime) -> FlashDeal:
    """A prepared deal as a row alone, where nothing may have been recorded yet."""
    priced = {"price_minor": variant.price_minor - 1, "lowest_minor": variant.price_minor, "currency": variant.currency}
    where = {"community_id": variant.community_id, "show_id": show_id, "variant": variant}
    terms = Terms(quantity=1).as_columns()
    return FlashDeal.objects.create(**where, **priced, **terms, armed_by=by, armed_at=at, key=uuid4())


def fire(variant: Variant, by: Member, *, at: datetime = NOON, **told: Any) -> FlashDeal:
    """Set off at once; it can be taken from `OPEN` on."""
    deal = arm(variant, by, at=at, **told)
    fire_deal(deal_id=deal.pk, by=by, at=at)
    return FlashDeal.objects.select_related("firing").get(pk=deal.pk)


def takes(member: Member, deal: FlashDeal, quantity: int = 1, *, at: datetime = OPEN) -> Reserved:
    return claim_flash(deal_id=deal.pk, member_id=member.pk, quantity=quantity, key=uuid4(), at=at)


def pieces_of(deal: FlashDeal) -> dict[str, int]:
    """Where every piece of a deal and of its variant's free stock is now."""
    claims = FlashClaim.objects.filter(deal=deal)

    def pieces(**which: object) -> int:
        return claims.filter(**which).aggregate(pieces=Sum("quantity"))["pieces"] or 0

    returned = FlashClosing.objects.filter(deal=deal).values_list("returned", flat=True).first() or 0
    found = {
        "free": Stock.objects.get(variant=deal.variant_id).on_hand,
        "kept": pieces(ending__isnull=True),
        "ordered": pieces(ending__order__isnull=False),
        "lapsed": pieces(ending__isnull=False, ending__order=None),
        "returned": returned,
    }
    return {**found, "waiting": deal.quantity - found["kept"] - found["ordered"] - found["lapsed"] - returned}


def pays(buyer: Member, deal: FlashDeal, point: PickupPoint, **told: object) -> Order:
    asked: dict[str, object] = {
        "deal_id": deal.pk,
        "buyer": buyer,
        "shown_price": PRICE,
        "pickup_point_id": point.pk,
        "announced": False,
        "key": uuid4(),
        "number": uuid4().hex[:8].upper(),
        "at": OPEN + timedelta(minutes=1),
    }
    return buy_taken(**{**asked, **told})  # type: ignore[arg-type]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code
