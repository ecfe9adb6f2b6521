"""The cast: Anna founds, Boris is trusted, Vera is new, Gleb manipulates, Dmitri is a stranger."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from svoi.catalog.models import Product, Stock, Variant
from svoi.communities.models import Community, Membership, RoleGrant
from svoi.members.models import Member
from svoi.orders.models import Order
from svoi.pickup.models import PickupPoint
from svoi.shows.models import Ingest, Pin, Show, TrayItem

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSWORD = "samovar on the table"  # the cast's shared password, long enough for the rule


def agreeing(kind: str = "processing", language: str = "ru") -> dict[str, str]:
    """The fields a form sends when a box of consent is marked."""
    from svoi.ui.legal import document

    return {kind: "on", f"{kind}_sha256": document(kind, language).sha256}


def member(name: str, **fields: object) -> Member:
    """A person who signs in with her first name at example.com; the password is not hashed unless asked."""
    person = Member(name=name, email=f"{name.lower()}@example.com", **fields)
    person.set_unusable_password()
    person.save()
    return person


def community(owner: Member, *, slug: str = "table", doors: str = "open") -> Community:
    """A community founded by somebody who belongs and owns it."""
    place = Community.objects.create(slug=slug, name_ru="Стол", name_en="Table", doors=doors)
    Membership.objects.create(community=place, member=owner)
    RoleGrant.objects.create(community=place, member=owner, role="owner")
    return place


def joins(person: Member, place: Community, *roles: str) -> Member:
    """The person belongs, with these roles."""
    Membership.objects.create(community=place, member=person)
    for role in roles:
        RoleGrant.objects.create(community=place, member=person, role=role)
    return person


def product(place: Community, *, stock: int = 10, price_minor: int = 149_000, name: str = "Кружка") -> Variant:
    """A product with one variant in stock."""
    code = uuid4().hex[:10]
    thing = Product.objects.create(community=place, external_id=code, name=name, name_en="Mug")
    variant = Variant.objects.create(product=thing, community=place, external_id=code, price_minor=price_minor)
    Stock.objects.create(variant=variant, on_hand=stock)
    return variant


def pickup_point(place: Community, code: str = "MSK1") -> PickupPoint:
    """An open point."""
    return PickupPoint.objects.create(community=place, code=code, name="Точка", city="Москва", address="Лесная, 1")


def live_show(place: Community, host: Member, *variants: Variant) -> Show:
    """A show on air with a signal, these products in its tray and the first of them pinned."""
    show = Show.objects.create(
        community=place, title_ru="Эфир", title_en="Show", host=host, starts_at=NOON, went_live_at=NOON
    )
    Ingest.objects.create(show=show, session=uuid4(), online_at=NOON - timedelta(minutes=1))
    for position, variant in enumerate(variants):
        TrayItem.objects.create(show=show, product=variant.product, position=position)
    if variants:
        Pin.objects.create(show=show, product=variants[0].product, pinned_by=host, pinned_at=NOON)
    return show


def unpaid_order(buyer: Member, variant: Variant, point: PickupPoint, **fields: object) -> Order:
    """An order row waiting for money, without going through the shop's doors."""
    return Order.objects.create(
        number=uuid4().hex[:8].upper(),
        community=variant.community,
        buyer=buyer,
        pickup_point=point,
        origin_kind="product",
        total_minor=variant.price_minor,
        key=uuid4(),
        reserved_until=NOON + timedelta(minutes=15),
        **fields,
    )


def recorded(kind: str | None = None) -> list[tuple[str, dict[str, object]]]:
    """The outbox so far, as (kind, payload) in the order of recording."""
    from svoi.db.models import OutboxEvent

    rows = OutboxEvent.objects.order_by("id")
    if kind:
        rows = rows.filter(kind=kind)
    return [(row.kind, json.loads(json.dumps(row.payload))) for row in rows]
