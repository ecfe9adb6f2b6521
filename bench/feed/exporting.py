"""Exports in this process, each followed by plain lxml writing the same elements; prints how long both took."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import django
from lxml import etree

CHUNK_OFFERS = 1_000


def main(path: Path, rounds: int) -> None:
    """Export the only community's catalogue as often as asked."""
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - Django must be set up first

    from svoi.catalog.actions import export_feed  # noqa: PLC0415
    from svoi.catalog.providers.whole_files import whole_file  # noqa: PLC0415
    from svoi.communities.models import Community  # noqa: PLC0415
    from svoi.ui.addresses import pages_of  # noqa: PLC0415

    place = Community.objects.get()
    idle, peak, seen = _peak_mb(), 0.0, []
    for _ in range(rounds):
        began, cpu = time.perf_counter(), time.process_time()
        with whole_file(path) as out:
            done = export_feed(community=place, form="yml", out=out, pages=pages_of(place.slug), at=timezone.now())
        ours, wall = time.process_time() - cpu, time.perf_counter() - began
        peak = peak or _peak_mb()
        seen.append((ours, plain(path), wall))
    ratios = [ours / theirs for ours, theirs, _ in seen]
    print(
        json.dumps(
            {
                "offers": done.offers,
                "size_mb": path.stat().st_size / 1e6,
                "ours_s": median(ours for ours, _, _ in seen),
                "plain_s": median(theirs for _, theirs, _ in seen),
                "wall_s": median(wall for _, _, wall in seen),
                "ratio": median(ratios),
                "ratio_min": min(ratios),
                "ratio_max": max(ratios),
                "idle_mb": idle,
                "peak_mb": peak,
            }
        )
    )


def plain(feed: Path) -> float:
    """CPU seconds of what every tutorial shows: an element for each value, written as soon as its offer is whole.

    The values are lists in memory before the clock starts; what writes them asks no questions.
    """
    spent = 0.0
    offers = _values(feed)
    with Path("/dev/null").open("wb") as out, etree.xmlfile(out, encoding="utf-8") as xml, xml.element("offers"):
        while chunk := list(islice(offers, CHUNK_OFFERS)):
            began = time.process_time()
            for attributes, children in chunk:
                offer = etree.Element("offer", attributes)
                for tag, text, named in children:
                    child = etree.SubElement(offer, tag, named)
                    child.text = etree.CDATA(text) if tag == "description" else text
                xml.write(offer, pretty_print=True)
            spent += time.process_time() - began
    return spent


def _values(feed: Path) -> Iterator[tuple[dict[str, Any], list[tuple[str, str, dict[str, Any]]]]]:
    for _, offer in etree.iterparse(str(feed), tag="offer"):
        yield dict(offer.attrib), [(each.tag, each.text, dict(each.attrib)) for each in offer]
        offer.clear()
        while offer.getprevious() is not None:
            del offer.getparent()[0]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
