"""A community's catalogue is written down for others, in the format they read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.utils.timezone import localtime

from svoi.catalog.providers.google import write_google
from svoi.catalog.providers.yml.writing import write_yml
from svoi.catalog.queries import outgoing_catalogue
from svoi.catalog.rules.outgoing import OutgoingOffer, Pages
from svoi.communities.models import Community

WRITERS = {"yml": write_yml, "google": write_google}
Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many offers were written, how many had no id or name, and how many old prices were left out."""

    offers: int
    left_out: int
    unbacked: int


def export_feed(
    *,
    community: Community,
    form: str,
    out: IO[bytes],
    pages: Pages,
    at: datetime,
    watch: Watch = lambda _done, _whole: None,
) -> Exported:
    """Write everything the community sells, as it is at one moment, in memory that does not grow with it.

    `form` is one of `FORMS`; `watch` is told how many offers are written, and how many there are.
    """
    with outgoing_catalogue(community=community, pages=pages) as catalogue:
        written = 0

        def counted(offers: Iterable[OutgoingOffer]) -> Generator[OutgoingOffer]:
            nonlocal written
            for written, offer in enumerate(offers, 1):
                yield offer
                watch(written, catalogue.whole)

        # Closed before the moment is over, whatever happens: the database keeps a place for it until then.
        with closing(counted(catalogue)) as offers:
            WRITERS[form](out=out, shop=catalogue.shop, offers=offers, at=localtime(at))
        return Exported(written, catalogue.left_out, catalogue.unbacked)
