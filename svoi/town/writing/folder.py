"""A town in a folder: files appear whole, and a manifest that is written last says what there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet

from svoi.town.town import Prepared
from svoi.town.writing.copying import copy_statement, create_tables, encoded
from svoi.town.writing.tables import Part, parts

FORMATS = ("parquet", "copy")
MANIFEST = "manifest.json"
WARNING = "A simulated town: none of these people, orders or shows exist."


@dataclass(slots=True)
class Written:
    """Rows by table, and the files, in the order they were written."""

    rows: dict[str, int] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)


def write(prepared: Prepared, folder: Path, form: str, *, watch: Callable[[Part], None] = lambda _: None) -> Written:
    """Live the town and write it down. Raises ValueError for an unknown form, FileExistsError where a town is."""
    if form not in FORMATS:
        raise ValueError(f"no format {form}; known: {', '.join(FORMATS)}")
    if (folder / MANIFEST).exists():
        raise FileExistsError(f"{folder} holds a town already")
    folder.mkdir(parents=True, exist_ok=True)
    written, made = Written(), dict[str, str]()
    for part in parts(prepared):
        name = _file_name(part, form)
        with whole(folder / name) as file:
            if form == "parquet":
                pyarrow.parquet.write_table(part.table, file, compression="zstd")
            else:
                file.write_bytes(encoded(part.table))
        made.setdefault(part.name, create_tables(part))
        written.rows[part.name] = written.rows.get(part.name, 0) + part.table.num_rows
        size = (folder / name).stat().st_size
        entry = {"file": name, "table": part.name, "day": part.day, "rows": part.table.num_rows, "bytes": size}
        written.files.append(entry | ({"copy": copy_statement(part)} if form == "copy" else {}))
        watch(part)
    if form == "copy":
        _write_statements(folder, made, written)
    with whole(folder / MANIFEST) as file:
        file.write_text(json.dumps(_manifest(prepared, form, written), ensure_ascii=False, indent=1), encoding="utf-8")
    return written


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name to write to; the file gets its own name when it is whole."""
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _file_name(part: Part, form: str) -> str:
    ending = "parquet" if form == "parquet" else "copy"
    return f"{part.name}.{ending}" if part.day is None else f"{part.name}-{part.day:04}.{ending}"


def _write_statements(folder: Path, made: dict[str, str], written: Written) -> None:
    """The head file with the tables, and one for psql that fills them: `psql -f tables.sql -f load.sql`."""
    with whole(folder / "tables.sql") as file:
        file.write_text(f"-- {WARNING}\n" + "\n".join(made.values()), encoding="utf-8")
    loads = [entry["copy"].replace("from stdin", f"from '{entry['file']}'") for entry in written.files]
    with whole(folder / "load.sql") as file:
        file.write_text("".join(f"\\{load}\n" for load in loads), encoding="utf-8")


def _manifest(prepared: Prepared, form: str, written: Written) -> dict[str, Any]:
    asked = [{"scheme": each.scheme.name, "intensity": each.intensity, **each.knobs} for each in prepared.asked]
    plan = asdict(prepared.settlement.plan)
    return {"simulated": WARNING, "format": form, "plan": plan, "schemes": asked, "files": written.files}
