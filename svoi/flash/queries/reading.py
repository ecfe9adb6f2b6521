"""Deals of a show, what somebody holds of one, and what waits to be given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, Sum

from svoi.catalog.models import Stock, Variant
from svoi.catalog.queries import cards, lowest_prices
from svoi.catalog.rules import LOWEST_PRICE_DAYS
from svoi.flash.models import FlashClaim, FlashDeal
from svoi.flash.rules import ARMED_S
from svoi.kernel.money import Money


@dataclass(frozen=True, slots=True)
class DealStanding:
    """A deal and how far it is, in pieces: taken by members, of these ordered, and given back because time was over."""

    deal: FlashDeal
    stage: str  # armed, stale, countdown, running, sold_out, ended, called_off
    taken: int
    ordered: int
    lapsed: int

    @property
    def left(self) -> int:
        return self.deal.quantity - self.taken


def lowest_asked(*, variant: Variant, at: datetime) -> Money:
    """The lowest price anybody was asked within 30 days, other flash deals counted: a special price is below it."""
    return lowest_asked_of([variant], at=at)[variant.pk]


def lowest_asked_of(variants: Sequence[Variant], *, at: datetime) -> dict[int, Money]:
    """The same of many, by variant; two queries."""
    asked = lowest_prices([variant.pk for variant in variants], at=at)
    since = at - timedelta(days=LOWEST_PRICE_DAYS)
    fired = FlashDeal.objects.filter(variant__in=variants, firing__opens_at__lte=at, firing__ends_at__gt=since)
    special: dict[int, int] = dict(fired.values_list("variant").annotate(Min("price_minor")))
    return {
        variant.pk: Money(
            min(asked.get(variant.pk, variant.price_minor), special.get(variant.pk, variant.price_minor)),
            variant.currency,
        )
        for variant in variants
    }


def free_pieces(*, variant_id: int) -> int:
    """Pieces in free stock now."""
    return Stock.objects.filter(variant_id=variant_id).values_list("on_hand", flat=True).first() or 0


def gone_of(deal: FlashDeal) -> int:
    """Pieces taken so far. What is given back later goes to free stock, not to the deal, so this only grows."""
    return FlashClaim.objects.filter(deal=deal).aggregate(last=Max("position"))["last"] or 0


def open_deal(*, show_id: int, at: datetime) -> FlashDeal | None:
    """The deal of a show that is prepared and may still be fired, or that is going on."""
    waits = Q(firing=None, armed_at__gt=at - timedelta(seconds=ARMED_S)) | Q(firing__ends_at__gt=at)
    found = FlashDeal.objects.filter(waits, show_id=show_id, closing=None).select_related("firing", "variant__product")
    return found.order_by("-armed_at", "-pk").first()


def stage_of_deal(deal: FlashDeal, *, at: datetime) -> str:
    """Read from facts; a running deal whose last piece went is sold out, whatever the clock says."""
    closing, firing = getattr(deal, "closing", None), getattr(deal, "firing", None)
    if closing is not None:
        return str(closing.closed_for)
    if firing is None:
        return "armed" if at < deal.armed_until else "stale"
    if at < firing.opens_at:
        return "countdown"
    return "running" if at < firing.ends_at else "ended"


def standing_of(deal: FlashDeal, *, at: datetime) -> DealStanding:
    """Two queries: pieces by what became of them."""
    claims = FlashClaim.objects.filter(deal=deal)
    ended = claims.filter(ending__isnull=False).aggregate(
        ordered=Sum("quantity", filter=Q(ending__order__isnull=False)),
        lapsed=Sum("quantity", filter=Q(ending__order=None)),
    )
    return DealStanding(
        deal=deal,
        stage=stage_of_deal(deal, at=at),
        taken=gone_of(deal),
        ordered=ended["ordered"] or 0,
        lapsed=ended["lapsed"] or 0,
    )


def latest_deal(*, show_id: int) -> FlashDeal | None:
    """The deal of a show that was prepared last, whatever became of it."""
    found = FlashDeal.objects.filter(show_id=show_id).select_related("firing", "closing", "variant__product")
    return found.order_by("-armed_at", "-pk").first()


def flash_facts(deal: FlashDeal) -> dict[str, Any]:
    """What a room is told of a fired deal: names, price and lowest in minor units, moments in Unix milliseconds."""
    product = deal.variant.product
    card = cards([product.pk]).get(product.pk)
    return {
        "deal_id": deal.pk,
        "product_id": product.pk,
        "variant_id": deal.variant_id,
        "title_ru": ", ".join(filter(None, (product.name, deal.variant.title))),
        "title_en": ", ".join(
            filter(None, (product.name_en or product.name, deal.variant.title_en or deal.variant.title))
        ),
        "picture": card.picture if card else "",
        "price_minor": deal.price_minor,
        "lowest_minor": deal.lowest_minor,
        "currency": deal.currency,
        "quantity": deal.quantity,
        "per_person": deal.per_person,
        "opens_at": round(deal.firing.opens_at.timestamp() * 1000),
        "ends_at": round(deal.firing.ends_at.timestamp() * 1000),
    }


def shown_flash(*, show_id: int) -> dict[str, Any] | None:
    """The deal a room shows: the one fired last, what is left of it, and what ended it (nothing while it goes on)."""
    fired = FlashDeal.objects.filter(show_id=show_id, firing__isnull=False)
    deal = fired.select_related("firing", "closing", "variant__product").order_by("-pk").first()
    if deal is None:
        return None
    closing = getattr(deal, "closing", None)
    left = deal.quantity - gone_of(deal)
    return {**flash_facts(deal), "left": left, "closed_for": closing.closed_for if closing else ""}


def claim_of(*, deal_id: int, member_id: int) -> FlashClaim | None:
    """What she took of a deal, with her extensions and what became of it."""
    found = FlashClaim.objects.filter(deal_id=deal_id, member_id=member_id)
    return found.select_related("deal__variant__product", "ending__order").prefetch_related("extensions").first()


def deals_to_close(*, at: datetime, most: int) -> list[int]:
    """Fired deals whose time is over and that nobody closed yet."""
    found = FlashDeal.objects.unsettled().filter(closing=None, firing__ends_at__lte=at).order_by("firing__ends_at")
    return list(found.values_list("pk", flat=True)[:most])


def deals_to_settle(*, at: datetime, most: int) -> list[int]:
    """Deals with pieces that have to go back now, or that only wait for the note that none is open."""
    claims = FlashClaim.objects.filter(deal=OuterRef("pk"))
    due = Exists(claims.late(at=at)) | Q(closing__isnull=False) & ~Exists(claims.open())
    return list(FlashDeal.objects.unsettled().filter(due).order_by("pk").values_list("pk", flat=True)[:most])
