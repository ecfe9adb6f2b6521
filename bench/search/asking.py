"""Asks the shop's own search and its peers in turn, in a process of its own; prints what each answer took.

asking.py COMMUNITY -- with the shop's environment.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.db import connection

from bench.search.questions import BY_TITLES, LAYOUT, MEANING, Question, questions

PEER_QUESTIONS, ROUNDS = 4, 4
EVERY_MATCH = 100_000_000
Asked = Callable[[Question], Any]
ALL_TITLES = "select id from svoi_product where name %% %s order by similarity(name, %s) desc limit 24"


class Clock:
    """Wall time of a call, and the processor time that we and our database session spent on it, in milliseconds."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            self._session = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def measured(self, call: Callable[[], object]) -> tuple[float, float]:
        cpu, wall = self._cpu_ms(), time.perf_counter()
        call()
        return (time.perf_counter() - wall) * 1000, self._cpu_ms() - cpu

    def _cpu_ms(self) -> float:
        theirs = int(self._session.read_text().split()[0]) / 1e6 if self._session.exists() else 0.0
        return time.process_time() * 1000 + theirs


class Shop:
    """What is asked: the shop as it is, and those who do it otherwise with the same tables."""

    def __init__(self, community_id: int) -> None:
        from svoi.catalog import queries  # noqa: PLC0415 - Django must be set up first
        from svoi.catalog.rules.searching import Wanted  # noqa: PLC0415

        self._id, self._queries, self._wanted = community_id, queries, Wanted

    def ours(self, kind: str, question: Question) -> Any:
        if kind == MEANING:
            return self._queries.meant_by(community_id=self._id, text=question.written)
        return self._searched(question.written)

    def theirs(self, kind: str, question: Question) -> Any:
        """Who knows no words looks for a typo among all titles; who knows no limit ranks all that matches."""
        if kind == MEANING:
            return self._titles_like(question.written)
        if kind in BY_TITLES:
            return self._queries.cards(self._titles_like(question.written))
        if kind == LAYOUT:
            return self._searched(question.meant)
        limited = self._queries.searching
        limited.RANKED_MAX, kept = EVERY_MATCH, limited.RANKED_MAX
        try:
            return self._searched(question.meant)
        finally:
            limited.RANKED_MAX = kept

    def _searched(self, text: str) -> Any:
        return self._queries.search_products(community_id=self._id, wanted=self._wanted(text=text))

    def _titles_like(self, text: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(ALL_TITLES, [text, text])
            return [pk for (pk,) in cursor.fetchall()]


def main(community_id: int) -> None:
    django.setup()
    from svoi.catalog.models import SearchWord  # noqa: PLC0415 - Django must be set up first

    asked = questions(list(SearchWord.objects.order_by("id").values_list("word", flat=True)), random.Random(5))
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
    shop, clock = Shop(community_id), Clock()
    told: dict[str, dict[str, Any]] = {kind: {"ours": [], "theirs": []} for kind in asked}
    for number in range(ROUNDS):
        for kind, some in asked.items():
            mine, theirs = _round(clock, partial(shop.ours, kind), partial(shop.theirs, kind), some, number)
            if number:  # the first time is for the caches
                told[kind]["ours"].append(mine)
                told[kind]["theirs"].append(theirs)
    for kind, some in asked.items():
        told[kind]["answered"] = sum(_is_something(shop.ours(kind, each)) for each in some)
    print(json.dumps(told))


def _round(
    clock: Clock, ours: Asked, theirs: Asked, some: list[Question], number: int
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Every question to us, the first few to the peer as well, in turns: who answers second finds warm pages."""
    mine, others = [], []
    for place, question in enumerate(some):
        both = [(ours, mine), (theirs, others)] if place < PEER_QUESTIONS else [(ours, mine)]
        for ask, took in both if (place + number) % 2 else reversed(both):
            took.append(clock.measured(partial(ask, question)))
    return mine, others


def _is_something(answer: Any) -> bool:
    return bool(answer if isinstance(answer, str) else answer.total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
