"""Open deals, written as rows: what is measured is taking, not the two presses. Prints what those who ask need to know.

Runs in a process of its own, as `python -m bench.claims.seeding_flash PIECES FEWER TURNS PRODUCTS PRODUCTS …`: for each
turn and number of products the deals with all the pieces between them, and so many times fewer of both.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import django


def main(pieces: int, fewer: int, turns: int, products: list[int]) -> None:
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - Django must be set up first

    from svoi.catalog.models import Product, Variant  # noqa: PLC0415
    from svoi.communities.models import Community  # noqa: PLC0415
    from svoi.members.models import Member  # noqa: PLC0415

    at = timezone.now()
    place, members = Community.objects.get(slug="bench"), list(Member.objects.order_by("pk"))
    thing = Product.objects.create(community=place, external_id="flash", name="Кружка", name_en="Mug")
    variant = Variant.objects.create(product=thing, community=place, external_id="flash", price_minor=149_000)
    rounds = turns // 2  # of each delay, one number of products after the other
    told = [
        opened(variant, members[0], max(1, number // part), pieces // part, at)
        for _ in range(2)
        for number in products
        for _ in range(rounds)
        for part in (1, fewer)
    ]
    print(json.dumps({"members": [one.pk for one in members[1:]], "deals": told}))


def opened(variant: Any, by: Any, number: int, pieces: int, at: datetime) -> list[int]:
    """So many deals that can be taken from now on, with so many pieces between them."""
    from svoi.flash.models import FlashDeal, FlashFiring  # noqa: PLC0415
    from svoi.flash.rules import Terms  # noqa: PLC0415

    least, more = divmod(pieces, number)
    quantities = [least + (n < more) for n in range(number)]
    priced = {"price_minor": 99_000, "lowest_minor": 149_000, "currency": "RUB"}
    deals = FlashDeal.objects.bulk_create(
        FlashDeal(
            community_id=variant.community_id,
            show_id=1,
            variant=variant,
            **priced,
            **Terms(quantity=quantity).as_columns(),
            armed_by=by,
            armed_at=at,
            key=uuid4(),
        )
        for quantity in quantities
    )
    times = {"fired_at": at - timedelta(minutes=2), "opens_at": at - timedelta(minutes=1)}
    FlashFiring.objects.bulk_create(
        FlashFiring(deal=deal, fired_by=by, **times, ends_at=at + timedelta(days=1)) for deal in deals
    )
    return [deal.pk for deal in deals]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), [int(told) for told in sys.argv[4:]])
