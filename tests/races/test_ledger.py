"""Many hands on the same accounts, and writers killed in the middle: nothing is overdrawn, lost or waits in a circle.

A deadlock or a lock timeout is an OperationalError and fails the test by itself.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction

from svoi.kernel.money import Money
from svoi.ledger.actions import post, post_batch, post_many, take_checkpoint, void
from svoi.ledger.models import Account, Checkpoint, Entry, Transfer
from svoi.ledger.queries import balance, check_ledger
from svoi.ledger.rules import Leg, Wanted, two_legs
from tests.cast import NOON
from tests.ledger.books import POT, SHOP, VERA, fill, move, promise, stands
from tests.races.at_once import THREADS, at_once

PATIENCE_S = 60
pytestmark = pytest.mark.django_db(transaction=True)


def until(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not question():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)


def waits_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")  # inside a transaction it would tell the same for ever
        cursor.execute(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_opposite_transfers_do_not_wait_in_a_circle():
    fill(POT, 1_000)
    fill(VERA, 1_000)

    def swap(place: int) -> None:
        there, back = (POT, VERA) if place % 2 else (VERA, POT)
        for step in range(30):
            move(f"{place} {step}", there, back, 1 + place)

    assert at_once(swap) == ["done"] * THREADS
    moved = 30 * sum(1 + place for place in range(0, THREADS, 2)) - 30 * sum(
        1 + place for place in range(1, THREADS, 2)
    )
    assert stands(POT, VERA) == [(1_000 + moved, 0), (1_000 - moved, 0)]
    assert check_ledger() == []


def test_one_pot_and_many_claimers():
    for pot in range(5):
        fill(f"pot:{pot}", 5 * 7)
        told = at_once(lambda place: move(f"{pot} {place}", f"pot:{pot}", f"points:{place}", 7) and None, threads=12)  # noqa: B023
        assert Counter(told) == {"done": 5, "account_short": 7}
        assert stands(f"pot:{pot}") == [(0, 0)]
    assert check_ledger() == []


def test_holds_are_counted_by_all():
    fill(POT, 5 * 7)
    told = at_once(lambda place: promise(f"h{place}", POT, f"points:{place}", 7) and None, threads=12)
    assert (Counter(told), stands(POT)) == ({"done": 5, "account_short": 7}, [(35, 35)])
    assert check_ledger() == []


@pytest.mark.parametrize("debit", [POT, "provider:fake"])
def test_one_key_sent_by_many_is_one_transfer(debit: str):
    fill(POT, 100)
    for turn in range(5):
        told = at_once(lambda _place: move(f"same {turn}", debit, SHOP, 7) and None)  # noqa: B023
        assert told == ["done"] * THREADS
    assert (stands(SHOP), Transfer.objects.count(), check_ledger()) == ([(35, 0)], 6, [])


@pytest.mark.parametrize("debit", [POT, "provider:fake"])
def test_one_key_for_different_things_is_one_of_them(debit: str):
    fill(POT, 100)
    told = at_once(lambda place: move("same", debit, SHOP, 1 + place) and None)
    assert Counter(told) == {"done": 1, "transfer_differs": THREADS - 1}
    assert (Transfer.objects.count(), check_ledger()) == (2, [])


@pytest.mark.parametrize(("minor", "told"), [(7, "done"), (8, "transfer_differs")])
def test_a_key_committed_while_another_waits_for_it(minor: int, told: str):
    """Neither account is locked, so the second has looked for the key before the first commits it."""
    move("open", "provider:fake", SHOP, 1)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = move("same", "provider:fake", SHOP, 7)
            waiting = pool.submit(at_once, lambda _place: move("same", "provider:fake", SHOP, minor) and None, 1)
            until(lambda: waits_for_locks() == 1)
        assert waiting.result() == [told]
    assert (stands(SHOP), move("same", "provider:fake", SHOP, 7).pk, check_ledger()) == ([(8, 0)], first.pk, [])


def test_a_hold_ends_one_way():
    fill(POT, 100)
    for turn in range(5):
        promise(f"h{turn}", POT, VERA, 10)

        def end(place: int) -> None:
            _ = post(key=f"h{turn}", at=NOON) if place % 2 else void(key=f"h{turn}", at=NOON)  # noqa: B023

        assert Counter(at_once(end)) == {"done": THREADS // 2, "hold_over": THREADS // 2}
    given = balance(VERA).minor
    assert (stands(POT), given % 10, check_ledger()) == ([(100 - given, 0)], 0, [])


def test_batches_that_cross_do_not_wait_in_a_circle():
    pots = [f"pot:{place}" for place in range(6)]
    for pot in pots:
        fill(pot, 50)

    def cross(place: int) -> None:
        dice = random.Random(place)
        for turn in range(10):
            wanted = [
                Wanted(
                    key=f"{place} {turn} {step}",
                    legs=two_legs(debit=one, credit=other, amount=Money(dice.randint(1, 30))),
                    reason="cross",
                )
                for step, (one, other) in enumerate(dice.sample(pots, 2) for _ in range(20))
            ]
            assert {each.code for each in post_batch(wanted=wanted, at=NOON)} <= {"done", "account_short"}
            post_many(
                key=f"{place} {turn} new",
                legs=[
                    Leg("provider:x", Money(-3)),
                    *(Leg(f"due:{turn} {each}", Money(1)) for each in dice.sample("abc", 3)),
                ],
                reason="open",
                at=NOON,
            )

    assert at_once(cross) == ["done"] * THREADS
    assert sum(balance(pot).minor for pot in pots) == 300
    assert check_ledger() == []


def test_accounts_that_collect_make_nobody_wait():
    for order in (1, 2):
        move(f"payment:{order}", "provider:fake", f"due:order:{order}", 10)
    move("first", "due:order:1", SHOP, 1)

    def other() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '1s'")
        try:
            move("second", "due:order:2", SHOP, 10)
        finally:
            connection.close()

    with transaction.atomic():
        move("third", "due:order:1", SHOP, 9)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(other).result()
    assert stands(SHOP) == [(20, 0)]


def test_the_table_alone_stops_overdrawing():
    """By hand, without any lock asked for: whoever comes last is stopped by the check."""
    fill(POT, 20)
    fill(VERA, 1)
    pot, vera = (Account.objects.get(key=key).pk for key in (POT, VERA))

    def grab(place: int) -> str:
        try:
            with transaction.atomic():
                made = Transfer.objects.create(key=f"by hand {place}", kind="transfer", reason="grab", at=NOON)
                Entry.objects.bulk_create(
                    Entry(transfer=made, account_id=account, layer="posted", amount_minor=minor)
                    for account, minor in ((pot, -7), (vera, 7))
                )
        except IntegrityError:
            return "stopped by the table"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(THREADS) as pool:
        assert Counter(pool.map(grab, range(THREADS))) == {"taken": 2, "stopped by the table": THREADS - 2}
    assert (stands(POT, VERA), check_ledger()) == ([(6, 0), (15, 0)], [])


def test_checkpoints_meanwhile_miss_nothing():
    over = threading.Event()

    def note() -> int:
        taken = 0
        try:
            while not over.is_set():
                taken += take_checkpoint(account=SHOP, at=NOON) is not None
        finally:
            connection.close()
        return taken

    def sell(place: int) -> None:
        for step in range(40):
            move(f"{place} {step}", "provider:fake", SHOP, 1)

    move("first", "provider:fake", SHOP, 1)
    with ThreadPoolExecutor(1) as pool:
        noting = pool.submit(note)
        try:
            assert at_once(sell, threads=4) == ["done"] * 4
        finally:
            over.set()
        assert noting.result() > 0
    assert take_checkpoint(account=SHOP, at=NOON) is not None
    assert (stands(SHOP), Checkpoint.objects.latest("entry_id").balance_minor) == ([(161, 0)], 161)
    assert check_ledger() == []


def writer(name: str) -> subprocess.Popen[str]:
    """A process of its own on this test's database."""
    told = connection.settings_dict
    query = urlencode({"host": told["HOST"], "port": told["PORT"] or 5432, "application_name": "killed writer"})
    address = f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?{query}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
    command = [sys.executable, "-m", "tests.races.ledger_writer", name]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def writers_left() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity"
            " where application_name = 'killed writer' and datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_killed_in_the_middle_nothing_said_is_lost():
    """Three writers die at moments of chance; what they had word of stands, whole, and the rest left nothing."""
    fill(POT, 1_000_000)
    dice = random.Random(7)
    with ThreadPoolExecutor(3) as pool:
        words = list(pool.map(lives_and_dies, ["a", "b", "c"], [dice.randint(20, 60) for _ in range(3)]))
    until(lambda: writers_left() == 0)

    said = {key for each in words for line in each for key in line.strip().split(",")}
    kept = set(Transfer.objects.exclude(reason="test").values_list("key", flat=True))
    assert len(said) > 100
    assert said - kept == set()
    # At most the one step that was under way when the word could no longer be given.
    assert len(kept - said) <= 3 * 5
    batches = Counter(key.rsplit(" ", 1)[0] for key in kept if not key.endswith(("held", ":ended")))
    assert set(batches.values()) == {5}
    assert check_ledger() == []


def lives_and_dies(name: str, lines: int) -> list[str]:
    with writer(name) as process:
        assert process.stdout is not None
        try:
            told = [process.stdout.readline() for _ in range(lines)]
            time.sleep(random.random() / 20)  # anywhere within a step
        finally:
            process.send_signal(signal.SIGKILL)
        rest = [line for line in process.stdout if line.endswith("\n")]
    return [line for line in told + rest if line.endswith("\n")]
