"""A product feed is taken in: whole or not at all, offer by offer complained about, the same one twice for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import Error, connection

from svoi.catalog.actions import staging
from svoi.catalog.actions.merging import Origin, merge_feed
from svoi.catalog.models import FeedImport
from svoi.catalog.providers.yml.offers import Offer
from svoi.catalog.providers.yml.reader import YmlFeed
from svoi.catalog.rules.dictionary import Dictionary
from svoi.catalog.rules.feeds import COUNT_WHEN_UNSAID, REFUSALS_KEPT_MAX, Complaint, FeedRefused, ImportUnderWay
from svoi.communities.models import Community

Watch = Callable[[str, int], None]
NO_WORDS = Dictionary()


@dataclass(slots=True)
class Complaints:
    """What was wrong, counted in full and kept up to a limit."""

    kept: list[Complaint] = field(default_factory=list)
    count: int = 0

    def add(self, complaint: Complaint) -> None:
        self.count += 1
        if len(self.kept) < REFUSALS_KEPT_MAX:
            self.kept.append(complaint)


@dataclass(frozen=True, slots=True)
class Imported:
    """The record of an import, the offers it refused, and the pieces it left out of offers it took."""

    record: FeedImport
    refused: Complaints
    left_out: Complaints


def import_feed(
    *,
    community: Community,
    file: IO[bytes],
    source: str,
    folder: Path | None,
    at: datetime,
    words: Dictionary = NO_WORDS,
    count_when_unsaid: int = COUNT_WHEN_UNSAID,
    watch: Watch = lambda _step, _done: None,
) -> Imported:
    """Make the community's catalogue what a YML feed says.

    `folder` holds pictures named by relative paths, `words` gives English to params and variants,
    `count_when_unsaid` is the stock of an offer that is available and names no count.

    Not one transaction but two: the feed is read into tables of this session first, and merged when all of
    it turned out sound. `watch` is told the step (`read` with bytes, `pictures`, `merge`) as it goes. Raises
    `FeedRefused` and `ImportUnderWay`; then nothing has changed.
    """
    with _only_import(community), staging.stage():
        feed = YmlFeed(file, lambda done: watch("read", done))
        refused, left_out = _stage(feed, words, count_when_unsaid)
        for complaint in staging.copy_pictures(
            folder=folder, kept_in=settings.MEDIA_ROOT, watch=lambda done: watch("pictures", done)
        ):
            left_out.add(complaint)
        watch("merge", 0)
        origin = Origin(
            source=source,
            feed_date=feed.date,
            offers=feed.offers_seen,
            refused=refused.kept,
            refused_count=refused.count,
        )
        return Imported(merge_feed(community=community, origin=origin, at=at), refused, left_out)


def _stage(feed: YmlFeed, words: Dictionary, count_when_unsaid: int) -> tuple[Complaints, Complaints]:
    """Lay the whole feed out; refuse one without a sound offer, since it would empty the shop."""
    refused, left_out = Complaints(), Complaints()
    broken_ids: set[str] = set()

    def sound() -> Iterator[Offer]:
        for each in feed:
            if isinstance(each, Complaint):
                refused.add(each)
                broken_ids.add(each.offer_id)
                continue
            for reason, detail in each.dropped:
                left_out.add(Complaint(each.offer_id, reason, detail))
            yield each

    put = staging.put_offers(offers=sound(), words=words, count_when_unsaid=count_when_unsaid)
    staging.put_categories(categories=feed.categories, words=words)
    staging.put_kept(offer_ids=broken_ids)
    unknown = staging.refuse_unknown_categories()
    for complaint in unknown:
        refused.add(complaint)
    if put == len(unknown):
        raise FeedRefused(reason="no_offers", broken=refused.count)
    staging.name_groups()
    return refused, left_out


@contextmanager
def _only_import(community: Community) -> Iterator[None]:
    """A lock of the session: two imports of one shop would take each other's offers for gone."""
    key = [f"svoi_feed:{community.pk}"]
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        if not cursor.fetchone()[0]:
            raise ImportUnderWay(community=community.slug)
    try:
        yield
    finally:
        # A lost connection has let the lock go already.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", key)
