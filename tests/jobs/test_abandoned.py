"""A worker is killed in the middle of a job: another does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from svoi.db.relay import number_events
from svoi.jobs.abandoned import put_back
from svoi.jobs.tasks.consequences import deliver, hand_over
from svoi.jobs.tasks.orders import expire
from svoi.kernel.money import Money
from svoi.payments.actions import owe_refund
from svoi.payments.models import BankPage, BankRefund, Refund
from tests.payments.till import paid

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"event_id": 1, "kind": "payment_succeeded", "name": "settle order", "payload": {}, "at": "x"}


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text from procrastinate_jobs order by id")
        return cursor.fetchall()


def write(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def until(holds: Callable[[], object], within_s: float = 45) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def put_back_now() -> int:
    return async_to_sync(put_back)(app)


def begun_by_a_worker(silent_s: int) -> None:
    write(f"insert into procrastinate_workers (last_heartbeat) values (now() - interval '{silent_s} s')")
    write("update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)")


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """The queue's tables are not ours, so nothing empties them between tests."""
    emptied = "truncate procrastinate_jobs, procrastinate_workers cascade"
    write(emptied)
    yield
    write(emptied)


def test_what_a_dead_worker_had_begun_waits_again():
    deliver.defer(**FACTS)
    begun_by_a_worker(silent_s=31)
    assert (put_back_now(), jobs()) == (1, [("consequence", "todo")])


def test_what_a_pruned_worker_had_begun_waits_again():
    deliver.defer(**FACTS)
    begun_by_a_worker(silent_s=31)
    write("delete from procrastinate_workers")
    assert (put_back_now(), jobs()) == (1, [("consequence", "todo")])


def test_a_worker_that_is_alive_keeps_its_jobs():
    deliver.defer(**FACTS)
    begun_by_a_worker(silent_s=20)
    assert (put_back_now(), jobs()) == (0, [("consequence", "doing")])


def test_of_what_the_clock_brings_round_one_turn_is_enough():
    expire.defer(timestamp=1)
    begun_by_a_worker(silent_s=31)
    expire.defer(timestamp=2)
    assert (put_back_now(), jobs()) == (1, [("expire orders", "todo")])


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker of its own process on this test's database."""
    told = connection.settings_dict
    query = urlencode({"host": told["HOST"], "port": told["PORT"] or 5432})
    address = f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?{query}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
    process = subprocess.Popen([sys.executable, "-m", "django", "worker"], env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@contextmanager
def bank_is_busy() -> Iterator[None]:
    """The bank's page is locked by somebody else, so that whoever gives money back waits."""
    locked, let_go = Event(), Event()

    def lock() -> None:
        with transaction.atomic():
            list(BankPage.objects.select_for_update())
            locked.set()
            let_go.wait(30)
        connection.close()

    thread = Thread(target=lock)
    thread.start()
    locked.wait(10)
    yield
    let_go.set()
    thread.join()


def test_money_goes_back_although_the_worker_was_killed_while_giving_it_back():
    """The clock would find the refund as well; it is kept from looking here."""
    paid()
    owe_refund(subject="order:1", amount=Money(1_000), reason="returned", key=uuid4(), at=timezone.now())
    Refund.objects.update(look_again_at=timezone.now() + timedelta(days=1))
    while number_events(hand_over):
        pass
    write("delete from procrastinate_jobs where args ->> 'name' <> 'give back'")
    with bank_is_busy(), worker() as first:
        until(lambda: ("consequence", "doing") in jobs())
        first.kill()
        first.wait()
    assert (Refund.objects.get().state, BankRefund.objects.count()) == ("due", 0)
    write("update procrastinate_workers set last_heartbeat = now() - interval '31 s'")
    with worker():
        until(lambda: Refund.objects.get().state == "succeeded")
    assert BankRefund.objects.count() == 1
