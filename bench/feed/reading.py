"""Our reader and plain lxml over the same file, in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lxml import etree

from svoi.catalog.providers.yml.reader import YmlFeed


@dataclass(frozen=True, slots=True)
class Compared:
    """CPU seconds, and how many times the peer's ours are: the median and the range of the rounds."""

    ours_s: float
    plain_s: float
    ratio: float
    ratio_min: float
    ratio_max: float


def plain(feed: Path) -> int:
    """What every tutorial shows: each offer is looked at and forgotten, nothing is read out of it."""
    seen = 0
    for _, element in etree.iterparse(str(feed), tag="offer"):
        seen += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return seen


def ours(feed: Path) -> int:
    """Every offer judged and read into values."""
    with feed.open("rb") as file:
        return sum(1 for _ in YmlFeed(file, lambda _: None))


def compare(feed: Path, *, rounds: int) -> Compared:
    """One round of each after the other, so that a slow moment of the machine falls on both."""
    pairs = [(_cpu_s(plain, feed), _cpu_s(ours, feed)) for _ in range(rounds)]
    ratios = [mine / theirs for theirs, mine in pairs]
    return Compared(
        ours_s=median(mine for _, mine in pairs),
        plain_s=median(theirs for theirs, _ in pairs),
        ratio=median(ratios),
        ratio_min=min(ratios),
        ratio_max=max(ratios),
    )


def _cpu_s(read: Callable[[Path], int], feed: Path) -> float:
    began = time.process_time()
    assert read(feed) > 0
    return time.process_time() - began
