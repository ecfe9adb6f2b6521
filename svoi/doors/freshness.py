"""Is there anything to do? Digests that let a second start skip the tables and the static files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg

from svoi.doors.supervisor.board import replace_text
from svoi.doors.surroundings import ROOT

LOCK = ROOT / "requirements" / "run.txt"
SEEN_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def tables_digest(database_url: str) -> str:
    """Of what the code wants and what the database says it has: a restored backup is noticed too."""
    wanted = _contents([LOCK, *ROOT.glob("svoi/migrations/*.py"), *ROOT.glob("svoi/db/sql/*.sql")])
    return hashlib.sha256(f"{wanted} {_applied(database_url)}".encode()).hexdigest()


def _applied(database_url: str) -> str:
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return ""
        return repr(connection.execute(SEEN_MIGRATIONS).fetchall())


def static_digest() -> str:
    """By size and time, not by content: there are megabytes of it and a needless collection costs a second."""
    files = [path for path in ROOT.glob("svoi/*/static/**/*") if path.is_file()]
    marks = sorted(f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join([_contents([LOCK]), *marks]).encode()).hexdigest()


def _contents(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_noted(note: Path, digest: str) -> bool:
    return note.is_file() and note.read_text().strip() == digest


def put_down(note: Path, digest: str) -> None:
    replace_text(note, digest + "\n")
