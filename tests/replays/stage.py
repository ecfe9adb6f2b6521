"""A show that is over, with pins, pictures, people who watched, and orders."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from svoi.catalog.models import Variant
from svoi.communities.models import Community
from svoi.members.models import Member
from svoi.orders.models import Order, OrderLine
from svoi.pickup.models import PickupPoint
from svoi.replays.actions import ask_clip
from svoi.replays.models import Clip
from svoi.replays.rules import Span
from svoi.shows.models import Ingest, Pin, Show, TrayItem, WatchBeat, WatchSample
from tests.cast import NOON

LATER = NOON + timedelta(hours=3)


def ended_show(
    place: Community, host: Member, *variants: Variant, at: datetime = NOON, minutes: int = 60, each_s: int = 120
) -> Show:
    """On air for so many minutes; each product was explained in turn for `each_s` seconds."""
    ended = at + timedelta(minutes=minutes)
    show = Show.objects.create(
        community=place, title_ru="Эфир", title_en="Show", host=host, starts_at=at, went_live_at=at, ended_at=ended
    )
    began = at - timedelta(minutes=1)
    Ingest.objects.create(show=show, session=uuid4(), online_at=began, offline_at=ended)
    for number, variant in enumerate(variants):
        TrayItem.objects.create(show=show, product=variant.product, position=number)
        pinned_at = at + timedelta(seconds=number * each_s)
        until = pinned_at + timedelta(seconds=each_s)
        Pin.objects.create(show=show, product=variant.product, pinned_by=host, pinned_at=pinned_at, unpinned_at=until)
    return show


def watched(show: Show, *, counted: int = 2, raw: int = 3, samples: int = 6) -> None:
    """So many counted people for a minute: a sample each ten seconds, a beat of each person."""
    for number in range(samples):
        at = show.went_live_at + timedelta(seconds=10 * number)
        WatchSample.objects.create(show=show, at=at, raw=raw, counted=counted)
    for number in range(raw):
        WatchBeat.objects.create(
            show=show,
            viewer=f"viewer-{number}",
            at=show.went_live_at,
            playing=True,
            visible=True,
            counted=number < counted,
        )


def bought(
    show: Show,
    buyer: Member,
    variant: Variant,
    point: PickupPoint,
    *,
    quantity: int = 1,
    paid: bool = True,
    **fields: object,
) -> Order:
    """An order from this show, a minute after it began."""
    at = fields.pop("at", show.went_live_at + timedelta(minutes=1))
    order = Order.objects.create(
        number=uuid4().hex[:8].upper(),
        community=show.community,
        buyer=buyer,
        pickup_point=point,
        origin_kind="show",
        origin_id=show.pk,
        total_minor=variant.price_minor * quantity,
        key=uuid4(),
        placed_at=at,
        reserved_until=at + timedelta(minutes=15),
        paid_at=at if paid else None,
        **fields,
    )
    OrderLine.objects.create(
        order=order, variant=variant, name="Кружка", quantity=quantity, price_minor=variant.price_minor,
        origin_kind="show", origin_id=show.pk,
    )  # fmt: skip
    return order


def span_of(show: Show, begin_s: float, end_s: float) -> Span:
    """Seconds of a show as media time."""
    began_ms = round(show.went_live_at.timestamp() * 1000)
    return Span(began_ms + round(begin_s * 1000), began_ms + round(end_s * 1000))


def made_clip(show: Show, variant: Variant, by: Member, *, place: int = 1) -> Clip:
    """A clip as it stands after the worker had it cut."""
    begin = show.went_live_at + timedelta(seconds=10)
    until = begin + timedelta(seconds=20)
    return Clip.objects.create(
        show=show, product=variant.product, reference=uuid4(), begins_at=begin, ends_at=until, place_of_show=place,
        place_of_product=place, asked_by=by, asked_at=show.ended_at, made_at=show.ended_at, cut_from=begin,
        cut_until=until, size_bytes=1_000_000,
    )  # fmt: skip


@contextmanager
def refuses(refusal):
    """In a transaction of its own, as each request has one: what a refused action did is undone."""
    with pytest.raises(refusal), transaction.atomic():
        yield


def ask(show, variant, by, begin_s=10.0, end_s=30.0, **fields):
    told = {"reference": uuid4(), "at": LATER, **fields}
    return ask_clip(show_id=show.pk, product_id=variant.product_id, span=span_of(show, begin_s, end_s), by=by, **told)
