"""The table with three things to buy, and a group that was found there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svoi.communities.models import Community
from svoi.trust.models import FoundGroup
from svoi.trust.rules import target_number
from tests.cast import NOON
from tests.trust.finds import found_group
from tests.trust.village import Village, settlers, village


@pytest.fixture
def place(table: Community) -> Village:
    return village(table, people=0, goods=3)


@pytest.fixture
def group(table: Community, place: Village) -> FoundGroup:
    """Three accounts that ordered three things, the last of them one thing less."""
    people = settlers(table, 3, name="Zinaida")
    for nth, one in enumerate(people):
        for minute, variant in enumerate(place.variants[: 3 if nth < 2 else 2]):
            place.buys(one, variant, NOON - timedelta(hours=2, minutes=-10 * minute - nth), paid_after_s=None)
    place.write()
    return found_group(table, people, targets=[target_number("product", one.product_id) for one in place.variants])
