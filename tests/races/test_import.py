"""Imports beside other things: another import, orders for the same stock, and SIGKILL in the middle.

The killed imports are real processes on the run's own database; what the test waits for is asked of PostgreSQL
(a lock held, a backend gone), never of the clock.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction

from svoi.catalog.actions import reserve_stock
from svoi.catalog.models import FeedImport, Stock, Variant
from svoi.catalog.rules import OutOfStock
from svoi.catalog.rules.feeds import ImportUnderWay
from svoi.communities.models import Community
from tests.catalog.feeds import document, offer, take_in, totals, versions

PATIENCE_S = 60
BUYERS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def until(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not question():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)


def backends(where: str) -> int:
    """How many sessions of the import command there are in this state."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")  # inside a transaction it would tell the same for ever
        cursor.execute(
            "select count(*) from pg_stat_activity a where a.application_name = 'killed import'"
            f" and a.datname = current_database() and {where}"
        )
        return int(cursor.fetchone()[0])


HOLDS_ITS_TURN = "exists (select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.granted)"
WAITS_FOR_A_ROW = "a.wait_event_type = 'Lock'"


@contextmanager
def import_process() -> Iterator[subprocess.Popen[bytes]]:
    """`import-feed -` in a process of its own, on this test's database."""
    told = connection.settings_dict
    query = urlencode({"host": told["HOST"], "port": told["PORT"] or 5432, "application_name": "killed import"})
    address = f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?{query}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
    command = [sys.executable, "-m", "django", "import_feed", "-", "--verbosity", "0"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_killed_while_reading_it_leaves_nothing(table: Community) -> None:
    take_in(table, document(offer("old")))
    before = versions()
    feed = document(*[offer(f"m{n}") for n in range(4_000)])

    with import_process() as process:
        assert process.stdin is not None
        process.stdin.write(feed[: len(feed) // 2])
        process.stdin.flush()
        until(lambda: backends(HOLDS_ITS_TURN) == 1)
        kill(process)

    until(lambda: backends("true") == 0)
    assert (versions(), FeedImport.objects.count()) == (before, 1)
    assert totals(take_in(table, feed)) == (4_000, 0, 1, 0)


def test_killed_while_merging_it_leaves_nothing(table: Community) -> None:
    take_in(table, document(offer("old", count=5), offer("mug", count=5)))
    before = versions()
    feed = document(offer("mug", count=9, price=1), offer("new"))

    with import_process() as process:
        with transaction.atomic():
            Stock.objects.select_for_update().get(variant__external_id="mug")
            assert process.stdin is not None
            process.stdin.write(feed)
            process.stdin.close()
            until(lambda: backends(WAITS_FOR_A_ROW) == 1)
            kill(process)
        process.stdin = None

    until(lambda: backends("true") == 0)
    assert (versions(), FeedImport.objects.count()) == (before, 1)
    assert totals(take_in(table, feed)) == (1, 1, 1, 0)


def test_a_second_import_at_once_is_told_so(table: Community) -> None:
    reading, may_go_on = threading.Event(), threading.Event()

    def slowly(step: str, _done: int) -> None:
        if step == "merge":
            reading.set()
            may_go_on.wait(PATIENCE_S)

    def first() -> tuple[int, int, int, int]:
        try:
            return totals(take_in(table, document(offer("a"), offer("b")), watch=slowly))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        at_work = pool.submit(first)
        reading.wait(PATIENCE_S)
        with pytest.raises(ImportUnderWay) as caught:
            take_in(table, document(offer("c")))
        may_go_on.set()
        assert at_work.result() == (2, 0, 0, 0)

    assert caught.value.facts == {"community": "table"}
    assert sorted(Variant.objects.values_list("external_id", flat=True)) == ["a", "b"]
    assert totals(take_in(table, document(offer("c")))) == (1, 0, 2, 0)


def test_another_community_need_not_wait(table: Community, cellar: Community) -> None:
    def meanwhile(step: str, _done: int) -> None:
        if step == "merge":
            with ThreadPoolExecutor(1) as pool:
                pool.submit(elsewhere).result()

    def elsewhere() -> None:
        try:
            take_in(cellar, document(offer("b")))
        finally:
            connection.close()

    assert totals(take_in(table, document(offer("a")), watch=meanwhile)) == (1, 0, 0, 0)
    assert Variant.objects.filter(community=cellar).count() == 1


def test_orders_and_imports_add_up(table: Community) -> None:
    """Counts go up and down while pieces are sold: not one is lost or sold twice, and nobody waits in a circle."""
    names = [f"m{n}" for n in range(4)]

    def feed(count: int) -> bytes:
        return document(*[offer(name, count=count) for name in names])

    take_in(table, feed(100))
    ids = list(Variant.objects.order_by("id").values_list("pk", flat=True))
    start = threading.Barrier(BUYERS + 1)

    def buy() -> int:
        start.wait(PATIENCE_S)
        bought = 0
        try:
            for _ in range(8):
                with transaction.atomic():
                    for id_ in ids:
                        reserve_stock(variant_id=id_, quantity=1)
                bought += 1
        except OutOfStock:
            pass
        finally:
            connection.close()
        return bought

    with ThreadPoolExecutor(BUYERS) as pool:
        buyers = [pool.submit(buy) for _ in range(BUYERS)]
        start.wait(PATIENCE_S)
        for count in (120, 90, 100, 130, 100):
            take_in(table, feed(count))
        bought = sum(each.result() for each in buyers)

    assert bought == BUYERS * 8
    assert list(Stock.objects.order_by("pk").values_list("on_hand", "feed_count")) == [(100 - bought, 100)] * 4
