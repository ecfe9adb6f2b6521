"""The spine: events are numbered after commit, without gaps, in commit order, and never changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from svoi.db.models import EventSequence, OutboxEvent
from svoi.db.outbox import record
from svoi.db.relay import LAG_SQL, Numbered, lag_s, number_events
from svoi.kernel.events import Event

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class BellRang(Event):
    """A test's own fact."""

    times: int

    def stream(self) -> str:
        return "show:1"


def ring(times: int) -> None:
    with transaction.atomic():
        record(BellRang(times=times))


def numbered() -> list[Numbered]:
    seen: list[Numbered] = []
    while number_events(seen.extend):
        pass
    return seen


def test_it_numbers_a_stream_without_gaps():
    for times in (1, 2, 3):
        ring(times)
    assert [(one.seq, one.payload["times"]) for one in numbered()] == [(1, 1), (2, 2), (3, 3)]
    ring(4)
    assert [(one.seq, one.payload["times"]) for one in numbered()] == [(4, 4)]
    assert numbered() == []


def test_it_needs_the_callers_transaction():
    with pytest.raises(AssertionError):
        record(BellRang(times=1))


def test_it_leaves_nothing_of_a_rolled_back_change():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(BellRang(times=1))
        raise ZeroDivisionError
    assert OutboxEvent.objects.count() == 0


def test_a_slow_writer_is_never_overtaken_for_good():
    """An event of an open transaction holds back those after it, so that nobody skips it."""
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(BellRang(times=1))
            begun.set()
            finish.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert begun.wait(10)
    ring(2)
    assert numbered() == []
    assert lag_s() > 0
    finish.set()
    writer.join()
    assert [(one.seq, one.payload["times"]) for one in numbered()] == [(1, 1), (2, 2)]


def test_a_failed_hand_over_gives_no_numbers():
    ring(1)

    def fails(batch: list[Numbered]) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        number_events(fails)
    assert EventSequence.objects.count() == 0
    assert [one.seq for one in numbered()] == [1]


def test_two_relays_never_number_the_same_event():
    for times in range(200):
        ring(times)
    seen: list[Numbered] = []
    guard = threading.Lock()

    def take(batch: list[Numbered]) -> None:
        with guard:
            seen.extend(batch)

    def relay() -> None:
        for _ in range(60):
            number_events(take, most=7)
        connection.close()

    relays = [threading.Thread(target=relay) for _ in range(3)]
    [one.start() for one in relays]
    [one.join() for one in relays]
    number_events(take, most=500)
    assert [one.seq for one in seen] == list(range(1, 201))


@pytest.mark.parametrize("table", ["svoi_event", "svoi_eventsequence"])
def test_facts_are_never_changed_or_removed(table: str):
    ring(1)
    numbered()
    for statement in (f"update {table} set stream = 'show:2'", f"delete from {table}"):
        with pytest.raises((InternalError, IntegrityError), match="keeps facts"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_looking_for_new_events_does_not_read_the_old_ones():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into svoi_event (event_id, kind, stream, payload) "
            "select gen_random_uuid(), 'bell_rang', 'show:1', '{}' from generate_series(1, 5000)"
        )
    numbered()
    with connection.cursor() as cursor:
        cursor.execute("analyze svoi_event")
        cursor.execute("explain (analyze, format json) " + LAG_SQL)
        plan = str(cursor.fetchone()[0])
    assert "event_commit_order" in plan
    assert "Seq Scan', 'Parallel Aware': False, 'Async Capable': False, 'Relation Name': 'svoi_event'" not in plan
