"""A shop of a million products within a minute or two: loaded past its triggers, then indexed as its migrations say."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg

from bench.search.words import chances, vocabulary
from bench.search.writing import CHUNK, SHELVES, TABLES, Told, shelf_word, write_chunks

SQL = Path(__file__).resolve().parents[2] / "svoi" / "catalog" / "sql" / "search"
Connection = psycopg.Connection[tuple[Any, ...]]
WORDS_A_PRODUCT = 60
CHECKED = 200
COMMUNITY = """
insert into svoi_community (slug, name_ru, name_en, about_ru, about_en, charter_ru, charter_en, cover, doors)
values ('bench', 'Полка', 'Shelf', '', '', '', '', '', 'open') returning id
"""


def seed(address: str, *, products: int) -> int:
    """Fill the empty tables; returns the community. Tells on standard error what took how long."""
    with psycopg.connect(address, autocommit=True) as connection:
        held = _without_indexes(connection)
        told = _begin(connection, address)
        with _Step(f"writing {products:,} products"):
            _write(told, products)
        connection.execute("set maintenance_work_mem = '512MB'")
        with _Step("indexes"):
            for definition in held:
                connection.execute(definition)  # type: ignore[call-overload]
        with _Step("the peer's index of titles"):
            connection.execute("create index bench_titles on svoi_product using gin (name gin_trgm_ops)")
        with _Step("vacuum and statistics"):
            for table in (*TABLES, "searchword", "category"):
                connection.execute(f"vacuum (analyze) svoi_{table}")  # type: ignore[call-overload]
        return told.community_id


def check(address: str) -> None:
    """The shop's own statement would write of these products exactly what was written."""
    statement = (SQL / "index.sql").read_text(encoding="utf-8").split(";\n")[1]
    with psycopg.connect(address) as connection:
        ids = [
            pk for (pk,) in connection.execute("select id from svoi_product order by md5(id::text) limit %s", [CHECKED])
        ]
        written = connection.execute(statement, {"product_ids": ids})  # type: ignore[call-overload]
        assert (len(ids), written.rowcount) == (CHECKED, 0), written.rowcount


def _begin(connection: Connection, address: str) -> Told:
    with _Step("words"):
        words, stems = _stemmed(connection)
        home = _first(connection, COMMUNITY)
        shelf = _shelves(connection, home, words)
        spread = products_with(len(words))
        with connection.cursor().copy("copy svoi_searchword (community_id, word, spread) from stdin") as copy:
            for word, share in zip(words, spread, strict=True):
                copy.write_row((home, word, max(1, int(share * 1_000_000))))
    return Told(address, home, shelf, words, stems)


def products_with(count: int) -> list[float]:
    """In which share of the products the word of each rank stands."""
    return list(1.0 - (1.0 - chances(count)) ** WORDS_A_PRODUCT)


def _stemmed(connection: Connection) -> tuple[list[str], list[str]]:
    """The words that are not stop words, with the stem the search would make of each."""
    rows = connection.execute(
        "select word, (tsvector_to_array(to_tsvector('russian', word)))[1]"
        " from unnest(%s::text[]) with ordinality w(word, n) where length(word) <= 40 order by n",
        [vocabulary()],
    ).fetchall()
    known = [(str(word), str(stem)) for word, stem in rows if stem]
    return [word for word, _ in known], [stem for _, stem in known]


def _shelves(connection: Connection, home: int, words: list[str]) -> int:
    """The first of the categories, whose ids follow each other."""
    for place in range(SHELVES):
        connection.execute(
            "insert into svoi_category (community_id, external_id, name, name_en) values (%s, %s, %s, '')",
            [home, str(place), words[shelf_word(place)]],
        )
    return _first(connection, "select min(id) from svoi_category")


def _without_indexes(connection: Connection) -> list[str]:
    """Drop every index that no constraint needs; returns how each is made again."""
    rows = connection.execute(
        "select c.relname, pg_get_indexdef(c.oid) from pg_index i join pg_class c on c.oid = i.indexrelid"
        " where i.indrelid::regclass::text = any(%s)"
        " and not exists (select from pg_constraint k where k.conindid = c.oid)",
        [[f"svoi_{table}" for table in (*TABLES, "searchword")]],
    ).fetchall()
    for name, _ in rows:
        connection.execute(f'drop index "{name}"')  # type: ignore[call-overload]
    return [definition for _, definition in rows]


def _write(told: Told, products: int) -> None:
    cores = min(4, os.cpu_count() or 1)
    chunks = range((products + CHUNK - 1) // CHUNK)
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(write_chunks, told, list(chunks[core::cores]), products) for core in range(cores)]:
            done.result()


def _first(connection: Connection, query: Any) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


class _Step:
    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        print(f"  {self._name}: {time.perf_counter() - self._began:.1f} s", file=sys.stderr, flush=True)
