"""A show is rehearsed beside a running house: people sign in as at home, buyers come, and nothing is left of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors
from tests.journeys.house import ROOT, House, free_ports, until
from tests.journeys.steps import sign_in

FACTS = ("member", "membership", "rolegrant", "order", "payment", "entry", "transfer", "chatmessage", "reaction",
         "watchbeat", "pin", "ingest", "streamkey", "letter")  # fmt: skip


def planned_show(house: House) -> int:
    """A show of the demo's community that has not begun, with one product laid out."""
    with _database(house) as database:
        number = database.execute(
            "insert into svoi_show (community_id, title_ru, title_en, about_ru, about_en, poster, host_id, starts_at,"
            " chat_open, slow_mode_s, message_length_max)"
            " select community_id, 'Примерка', 'Trial', '', '', '', host_id, now() + interval '1 day', true, 0, 200"
            " from svoi_show where id = 1 returning id"
        ).fetchone()[0]
        database.execute(
            "insert into svoi_trayitem (show_id, product_id, position)"
            " select %s, product_id, 0 from svoi_trayitem where show_id = 1 order by position limit 1",
            [number],
        )
        return int(number)


def counted(house: House, show: int) -> dict[str, int]:
    """How many rows there are of each kind of fact, and how many events of the show."""
    with _database(house) as database:
        tables = {
            row[0]
            for row in database.execute("select tablename from pg_tables where tablename like 'svoi_%'").fetchall()
        }
        found = {
            name: database.execute(f'select count(*) from "svoi_{name}"').fetchone()[0]
            for name in FACTS
            if f"svoi_{name}" in tables
        }
        events = "select count(*) from svoi_event where stream = %s"
        return found | {"events": database.execute(events, [f"show:{show}"]).fetchone()[0]}


@contextmanager
def _database(house: House) -> Iterator[psycopg.Connection]:
    own = json.loads((house.data / "run" / "env.json").read_text(encoding="utf-8"))
    with psycopg.connect(own["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def test_a_rehearsal_leaves_nothing(house: House, visitors: Visitors) -> None:
    show, port = planned_show(house), free_ports(6)
    at_home, there = visitors.come(language="en", desktop=True), f"http://127.0.0.1:{port}"
    sign_in(at_home, "boris", then="/me")
    before = counted(house, show)
    log = house.data.parent / "rehearse.log"
    command = [sys.executable, "-P", "-m", "svoi.doors", "run", "--data", str(house.data), "rehearse", str(show)]
    with log.open("wb") as output:
        running = subprocess.Popen(
            [*command, "--port", str(port), "--people", "0"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        until(
            lambda: b"Ctrl-C" in log.read_bytes() or running.poll() is not None,
            within_s=300,
            what="an open rehearsal",
        )
        assert running.poll() is None, log.read_text(errors="replace")
        page = at_home.context.new_page()
        page.goto(f"{there}/sign-in?next=/studio/shows/{show}/")
        expect(page).to_have_title("Rehearsal: Sign in · Svoi")
        page.fill("[name=identity]", "boris@example.com")
        page.fill("[name=password]", "tri-chashki-i-med")
        page.click("main button[type=submit]")
        page.wait_for_url(f"{there}/studio/shows/{show}/")
        expect(page.locator(".rehearsal")).to_contain_text("Репетиция")  # in the language of her account
        expect(page.locator("#tray .tray-row")).to_have_count(1)
        # One browser knows both: she is still signed in at home.
        at_home.goto("/me")
        expect(at_home).to_have_url(f"{house.address}/me")
    finally:
        running.send_signal(signal.SIGINT)
        ended = running.wait(60)
    assert ended == 0, log.read_text(errors="replace")
    assert not (house.data / "rehearsal").exists()
    assert counted(house, show) == before
