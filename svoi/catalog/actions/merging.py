"""A staged feed becomes the shop's catalogue in one short transaction, by sets and only where something differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from svoi.catalog.actions.pricing import set_moment
from svoi.catalog.actions.staging import rows, run
from svoi.catalog.events import FeedImported, PriceChanged, StockRanOut, StockReturned
from svoi.catalog.models import FeedImport
from svoi.catalog.rules.feeds import REFUSALS_KEPT_MAX, Complaint
from svoi.communities.models import Community
from svoi.db.outbox import record, record_many
from svoi.db.transaction import atomic
from svoi.kernel.events import Event

STEPS = ("before", "merge_categories", "merge_products", "merge_variants", "merge_stock", "merge_pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a feed came from, and what was found in it on the way."""

    source: str
    feed_date: str
    offers: int
    refused: list[Complaint]
    refused_count: int


@atomic
def merge_feed(*, community: Community, origin: Origin, at: datetime) -> FeedImport:
    """Write what differs, withdraw what is gone, tell what changed; return the record of the import."""
    with connection.cursor() as cursor:
        # Rows written a moment ago have no statistics yet; a nested loop chosen for "few" rows would take hours.
        cursor.execute("set local enable_nestloop = off")
    set_moment(at=at)
    for step in STEPS:
        run(name=step, community_id=community.pk)
    withdrawn = rows(name="withdraw", community_id=community.pk, at=at)[0]["count"]
    run(name="withdraw_products", community_id=community.pk, at=at)
    run(name="stale", community_id=community.pk, at=at)
    touched = rows(name="touched")[0]
    done = FeedImport.objects.create(
        community=community,
        source=origin.source[:300],
        feed_date=origin.feed_date,
        began_at=at,
        offers=origin.offers,
        created=touched["created"],
        changed=touched["changed"],
        withdrawn=withdrawn,
        refused=[asdict(each) for each in origin.refused[:REFUSALS_KEPT_MAX]],
    )
    record_many(_news())
    record(
        FeedImported(
            import_id=done.pk,
            community_id=community.pk,
            offers=done.offers,
            created=done.created,
            changed=done.changed,
            withdrawn=done.withdrawn,
            refused=origin.refused_count,
        )
    )
    return done


def _news() -> Iterator[Event]:
    for row in rows(name="news"):
        yield from _told(**row)


def _told(
    *,
    variant_id: int,
    product_id: int,
    price_minor: int,
    old_price_minor: int | None,
    is_repriced: bool,
    was_sold: bool,
    is_sold: bool,
) -> Iterator[Event]:
    named: dict[str, Any] = {"variant_id": variant_id, "product_id": product_id}
    if is_repriced:
        yield PriceChanged(**named, price_minor=price_minor, old_price_minor=old_price_minor)
    if was_sold and not is_sold:
        yield StockRanOut(**named)
    if is_sold and not was_sold:
        yield StockReturned(**named)
