"""Plants a month of ordinary buying and one group in step into a demo shop, for its pictures.

Runs in the surroundings of an instance: `bin/svoi` sets them for commands, `counting` for this.
"""

from __future__ import annotations

import random
from datetime import timedelta

import django

django.setup()

from django.db.models import Min  # noqa: E402 - Django has to stand first
from django.utils import timezone  # noqa: E402

from svoi.catalog.models import Variant  # noqa: E402
from svoi.communities.models import Community  # noqa: E402
from svoi.pickup.models import PickupPoint  # noqa: E402
from tests.trust.village import Village, buys_for_a_month, in_step, settlers  # noqa: E402


def main() -> None:
    """Six hundred people, and fourteen accounts the day before yesterday."""
    place, now = Community.objects.get(slug="kromka"), timezone.now()
    firsts = Variant.objects.filter(product__community=place).values("product").annotate(first=Min("pk"))
    variants = list(Variant.objects.filter(pk__in=firsts.values("first")).order_by("pk"))
    point = PickupPoint.objects.filter(community=place).order_by("pk")[0]
    people = settlers(place, 600, joined_at=now - timedelta(days=200))
    shop = Village(place, people, variants, point, random.Random(4))
    buys_for_a_month(shop, until=now)
    in_step(shop, at=now - timedelta(days=2))
    shop.write()


if __name__ == "__main__":
    main()
