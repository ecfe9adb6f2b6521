"""Fills the open shop: goods on the shelf, and members who are signed in as the sign-in page does it.

Runs in a process of its own with the shop's environment; prints what the buyers need to know.
"""

from __future__ import annotations

import json
import sys

import django
from django.conf import settings

PRICE_MINOR = 149_000
STOCK = 1_000_000


def main(products: int, members: int) -> None:
    django.setup()
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - Django must be set up first
    from django.test import RequestFactory  # noqa: PLC0415

    from svoi.catalog.models import Product, Stock, Variant  # noqa: PLC0415
    from svoi.communities.models import Community, Membership  # noqa: PLC0415
    from svoi.members.models import Member  # noqa: PLC0415
    from svoi.members.sessions import SessionStore  # noqa: PLC0415
    from svoi.pickup.models import PickupPoint  # noqa: PLC0415
    from svoi.web.sign_in import begin_session  # noqa: PLC0415

    place = Community.objects.create(slug="bench", name_ru="Полка", name_en="Shelf")
    point = PickupPoint.objects.create(community=place, code="B1", name="Точка", city="Москва", address="Лесная, 1")
    goods = Product.objects.bulk_create(
        Product(community=place, external_id=f"b{n}", name=f"Кружка {n}", name_en=f"Mug {n}") for n in range(products)
    )
    variants = Variant.objects.bulk_create(
        Variant(product=each, community=place, external_id=each.external_id, price_minor=PRICE_MINOR) for each in goods
    )
    Stock.objects.bulk_create(Stock(variant=each, on_hand=STOCK) for each in variants)
    people = Member.objects.bulk_create(
        Member(name=f"Vera {n}", email=f"vera{n}@example.com", password="!") for n in range(members)
    )
    Membership.objects.bulk_create(Membership(community=place, member=each) for each in people)
    sessions = []
    for person in people:
        request = RequestFactory().post("/sign-in", headers={"User-Agent": "bench"})
        request.session, request.user = SessionStore(), AnonymousUser()
        begin_session(request, person)
        request.session.save()
        sessions.append(request.session.session_key)
    told = {
        "slug": place.slug,
        "point": point.pk,
        "price_minor": PRICE_MINOR,
        "stock": STOCK,
        "goods": [[each.product_id, each.pk] for each in variants],
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "sessions": sessions,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
