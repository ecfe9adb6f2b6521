"""A month of a community for tests: people who buy as people do, shows with an audience, and whoever acts in step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from svoi.catalog.models import Product, Variant
from svoi.communities.models import Community, Membership
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.pickup.models import PickupPoint
from svoi.shows.models import ChatMessage, Pin, Show, WatchBeat, WatchSample
from tests import cast
from tests.cast import NOON

DAYS = 30
BEGAN = NOON - timedelta(days=DAYS)


def tick() -> float:
    """A clock that stands still."""
    return 0.0


@dataclass
class Village:
    """People and goods, and dice that fall the same way each time."""

    community: Community
    people: list[Member]
    variants: list[Variant]
    point: PickupPoint
    dice: random.Random

    def buys(self, buyer: Member, variant: Variant, at: datetime, *, paid_after_s: float | None = 60) -> Order:
        """An order of one thing, as the shop's doors leave it."""
        paid_at = None if paid_after_s is None else at + timedelta(seconds=paid_after_s)
        order = Order(
            number=uuid4().hex[:12].upper(), community=self.community, buyer=buyer, pickup_point=self.point,
            origin_kind="product", total_minor=variant.price_minor, key=uuid4(), placed_at=at, paid_at=paid_at,
            reserved_until=at + timedelta(minutes=15),
        )  # fmt: skip
        self.orders.append((order, variant))
        return order

    def __post_init__(self) -> None:
        self.orders: list[tuple[Order, Variant]] = []

    def write(self) -> None:
        """Put what was bought on record."""
        Order.objects.bulk_create(order for order, _ in self.orders)
        OrderLine.objects.bulk_create(
            OrderLine(order=order, variant=variant, name="x", quantity=1, price_minor=variant.price_minor)
            for order, variant in self.orders
        )
        self.orders.clear()


def settlers(community: Community, size: int, *, joined_at: datetime | None = None, name: str = "M") -> list[Member]:
    """Members who came one by one, or all at one moment."""
    people = Member.objects.bulk_create(
        Member(name=f"{name}{n}", email=f"{uuid4().hex}@example.com") for n in range(size)
    )
    Membership.objects.bulk_create(
        Membership(community=community, member=one, joined_at=joined_at or BEGAN - timedelta(days=60, hours=n))
        for n, one in enumerate(people)
    )
    return people


def village(
    community: Community, *, people: int = 200, goods: int = 60, seed: int = 1, until: datetime = NOON
) -> Village:
    """People who have belonged for long, goods, and a month of buying."""
    products = Product.objects.bulk_create(
        Product(community=community, external_id=uuid4().hex[:10], name=f"Товар {n + 1}", name_en=f"Thing {n + 1}")
        for n in range(goods)
    )
    variants = Variant.objects.bulk_create(
        Variant(product=one, community=community, external_id=uuid4().hex[:10], price_minor=100_000) for one in products
    )
    place = Village(community, settlers(community, people), variants, cast.pickup_point(community), random.Random(seed))
    buys_for_a_month(place, until=until)
    return place


def buys_for_a_month(place: Village, *, until: datetime) -> None:
    """Two orders for each on the average, of the first things in the list more than of the last."""
    last = len(place.variants) - 1
    for one in place.people:
        for _ in range(place.dice.randint(0, 4)):
            day = until - timedelta(days=DAYS) + timedelta(days=place.dice.randrange(DAYS))
            at = day.replace(hour=0) + timedelta(hours=min(23.9, max(6.0, place.dice.gauss(18, 4))))
            place.buys(one, place.variants[min(last, int(place.dice.expovariate(0.12)))], min(at, until))


def airs(
    place: Village, host: Member, at: datetime, viewers: Sequence[Member], *, pinned: int = 5, buying: float = 0.08
) -> Show:
    """A show of an hour: they come within minutes, some talk, some buy what is pinned just then."""
    show = Show.objects.create(
        community=place.community, title_ru="Эфир", title_en="Show", host=host, starts_at=at, went_live_at=at,
        ended_at=at + timedelta(hours=1),
    )  # fmt: skip
    dice = place.dice
    WatchSample.objects.create(show=show, at=at + timedelta(minutes=10), raw=len(viewers), counted=len(viewers))
    beats, said = [], []
    for seq, one in enumerate(viewers, start=1):
        came = at + timedelta(seconds=dice.expovariate(1 / 300))
        beats += [
            WatchBeat(
                show=show, viewer=str(one.pk), member_id=one.pk, at=came + timedelta(minutes=minute), playing=True,
                visible=True, counted=True,
            )
            for minute in (0, 4, 9)
        ]  # fmt: skip
        if dice.random() < 0.4:
            said.append(ChatMessage(show=show, author=one, seq=seq, text="!", key=uuid4(), said_at=came))
    WatchBeat.objects.bulk_create(beats)
    ChatMessage.objects.bulk_create(said)
    for nth, variant in enumerate(dice.sample(place.variants, pinned)):
        shown = at + timedelta(minutes=5 + 8 * nth)
        Pin.objects.create(
            show=show,
            product=variant.product,
            pinned_by=host,
            pinned_at=shown,
            unpinned_at=shown + timedelta(minutes=8),
        )
        for one in viewers:
            if dice.random() < buying:
                place.buys(one, variant, shown + timedelta(seconds=dice.uniform(5, 400)))
    return show


def in_step(
    place: Village, *, accounts: int = 14, things: int = 9, minutes: float = 40, at: datetime = NOON - timedelta(days=9)
) -> tuple[list[Member], list[Variant]]:
    """Accounts like any other that buy the same things nobody asks for, within the same minutes."""
    group = settlers(place.community, accounts, name="S")
    wanted = place.variants[-things:]
    for one in group:
        for variant in wanted:
            if place.dice.random() < 0.95:
                place.buys(one, variant, at + timedelta(minutes=place.dice.uniform(0, minutes)), paid_after_s=None)
    return group, wanted


def key_of(n: int) -> UUID:
    return UUID(int=n)
