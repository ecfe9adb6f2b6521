"""Afterwards everything adds up, or the figures are worth nothing."""

from __future__ import annotations

import time
from typing import Any

import psycopg

QUIET_WITHIN_S = 45.0
BEHIND = """
select (select count(*) from svoi_event e
        where (e.xid, e.id) > (coalesce((select p.xid from svoi_relayposition p where p.id = 1), '0'::xid8),
                               coalesce((select p.event_id from svoi_relayposition p where p.id = 1), 0)))
     + (select count(*) from procrastinate_jobs
        where status = 'doing' or status = 'todo' and (scheduled_at is null or scheduled_at <= now()))
"""
BOOKS = """
select (select count(*) from svoi_order) as orders,
  (select count(distinct (buyer_id, key)) from svoi_order) as taps,
  (select coalesce(sum(%(stock)s - on_hand), 0) from svoi_stock) as taken,
  (select coalesce(sum(quantity), 0) from svoi_orderline) as pieces,
  (select coalesce(sum(total_minor), 0) from svoi_order) as owed,
  (select coalesce(sum(price_minor * quantity), 0) from svoi_orderline) as lines,
  (select coalesce(sum(amount_minor), 0) from svoi_payment where state in ('requested', 'pending')) as asked,
  (select count(*) from svoi_order o where (select count(*) from svoi_payment p
     where p.subject = 'order:' || o.id and p.amount_minor = o.total_minor) = 1) as asked_once,
  (select count(*) from svoi_stock s where %(stock)s - s.on_hand
     <> (select coalesce(sum(l.quantity), 0) from svoi_orderline l where l.variant_id = s.variant_id)) as wrong_stocks,
  (select count(*) from svoi_event where kind = 'order_placed') as told
"""


def until_quiet(database: str) -> None:
    """Wait until the worker has done what followed from the orders, so that it slows nobody's next round."""
    with psycopg.connect(database, autocommit=True) as connection:
        deadline = time.monotonic() + QUIET_WITHIN_S
        while _number(connection, BEHIND) > 0 and time.monotonic() < deadline:
            time.sleep(0.25)


def add_up(database: str, *, placed: int, stock: int, price_minor: int) -> None:
    """As many orders as buyers were told of, one for each tap; every piece and kopeck of them where it belongs."""
    with psycopg.connect(database) as connection:
        row = connection.execute(BOOKS, {"stock": stock}).fetchone()
    assert row is not None
    orders, taps, taken, pieces, owed, lines, asked, asked_once, wrong_stocks, told = map(int, row)
    assert orders == taps == taken == pieces == asked_once == told == placed, row
    assert owed == lines == asked == placed * price_minor, row
    assert wrong_stocks == 0, row


def _number(connection: psycopg.Connection[tuple[Any, ...]], query: Any) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
