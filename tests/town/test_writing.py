"""What is written is what was built: Parquet whole or not at all, COPY into a real PostgreSQL."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import psycopg
import pyarrow.parquet as pq
import pytest

from svoi.town import Plan, build, prepare
from svoi.town.names import VERBS
from svoi.town.writing import Part, copy_into, parts, write

PLAN = Plan(people=200, seed=4, days=6)
SCHEMES = ["brushing:low", "raid:low"]


def test_parquet_is_the_town_that_is_built(tmp_path: Path):
    written = write(prepare(PLAN, SCHEMES), tmp_path / "town", "parquet")
    town = build(people=200, seed=4, days=6, attacks=SCHEMES)
    told = json.loads((tmp_path / "town" / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(entry["file"] for entry in told["files"]) == sorted(
        path.name for path in (tmp_path / "town").iterdir() if path.name != "manifest.json"
    )
    facts = pq.read_table([tmp_path / "town" / f"facts-{day:04}.parquet" for day in range(6)])
    truth = pq.read_table([tmp_path / "town" / f"truth-{day:04}.parquet" for day in range(6)])
    assert facts.num_rows == written.rows["facts"] == len(town.values)
    assert facts["fact"].to_pylist() == truth["fact"].to_pylist() == list(range(len(town.values)))
    assert facts["at_s"].to_numpy().tolist() == town.facts["at_s"].tolist()
    assert facts["verb"].to_pylist() == [VERBS[code] for code in town.facts["verb"]]
    assert facts["exposure"].null_count == (town.facts["exposure"] == -1).sum()
    assert truth["fake"].to_numpy().tolist() == town.truth.fact_fake.tolist()
    assert told["plan"]["seed"] == 4
    assert [each["scheme"] for each in told["schemes"]] == ["brushing", "raid"]


def test_names_say_that_people_are_simulated(tmp_path: Path):
    write(prepare(PLAN, SCHEMES), tmp_path, "parquet")
    names = pq.read_table(tmp_path / "accounts.parquet")["name"].to_pylist()
    assert len(names) > 200
    assert all(name.endswith("(simulated)") for name in names)


def test_a_broken_off_writing_leaves_no_half_file_and_no_manifest(tmp_path: Path):
    def stop(part: Part) -> None:
        if part.day == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(prepare(PLAN), tmp_path, "parquet", watch=stop)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"{name}-{day:04}.parquet" for name in ("facts", "truth") for day in range(3)} - {
        "truth-0002.parquet"
    }
    assert all(pq.read_table(tmp_path / name).num_rows for name in left)


def test_a_town_is_not_written_over_another(tmp_path: Path):
    write(prepare(PLAN), tmp_path, "parquet")
    with pytest.raises(FileExistsError):
        write(prepare(PLAN), tmp_path, "parquet")


@pytest.fixture
def connection():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        yield connection
        connection.rollback()


def test_copy_fills_postgresql_and_the_counts_agree(connection: psycopg.Connection):
    counts = copy_into(connection, parts(prepare(PLAN, SCHEMES)))
    town = build(people=200, seed=4, days=6, attacks=SCHEMES)
    for name, rows in counts.items():
        assert connection.execute(f"select count(*) from town_{name}").fetchone() == (rows,)
    assert counts["facts"] == len(town.values)
    by_verb = dict(connection.execute("select verb, count(*) from town_facts group by verb").fetchall())
    codes, times = np.unique(town.facts["verb"], return_counts=True)
    assert by_verb == {VERBS[code]: n for code, n in zip(codes, times, strict=True)}
    sums = connection.execute("select sum(actor), max(at_s), count(exposure), count(value) from town_facts").fetchone()
    assert [float(each) for each in sums or ()] == [
        town.facts["actor"].sum(),
        town.facts["at_s"].max(),
        (town.facts["exposure"] >= 0).sum(),
        (~np.isnan(town.values)).sum(),
    ]
    never = connection.execute(
        "select count(*) from town_orders o join town_groups g on g.scheme = o.scheme"
        " where g.name = 'brushing' and o.collected_s is null"
    ).fetchone()
    assert never == (30,)


def test_copy_files_come_with_their_tables(connection: psycopg.Connection, tmp_path: Path):
    written = write(prepare(PLAN), tmp_path, "copy")
    connection.execute((tmp_path / "tables.sql").read_bytes())
    for entry in written.files:
        with connection.cursor() as cursor, cursor.copy(entry["copy"].encode()) as copy:
            copy.write((tmp_path / entry["file"]).read_bytes())
    for name, rows in written.rows.items():
        assert connection.execute(f"select count(*) from town_{name}").fetchone() == (rows,)
    assert (tmp_path / "load.sql").read_text().count("\\copy town_facts ") == 6
