"""`bin/svoi COMMAND …`: a management command in the surroundings of its instance, running or not."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from svoi.doors.folder import Folder, hold, open_folder
from svoi.doors.freshness import is_noted, put_down, tables_digest
from svoi.doors.launching import tied
from svoi.doors.ports import Ports
from svoi.doors.postgres import server
from svoi.doors.rehearsal import rehearse
from svoi.doors.roster import PYTHON
from svoi.doors.sentences import CannotStart
from svoi.doors.surroundings import ROOT, SETTINGS, child_environment, left_note, surroundings
from svoi.doors.terminal import in_words, say
from svoi.doors.up import outside_database, ready_cluster

WAIT_FOR_OTHERS_S = 60.0
LOOK_AGAIN_S = 0.2
PASSED_ON = (signal.SIGTERM, signal.SIGHUP)
NEEDS_NOTHING = {"help", "version", "makemessages", "compilemessages", "fake_yookassa", "town"}


def run(arguments: list[str]) -> int:
    folder, command = _split(arguments)
    name, *rest = command or ["help"]
    name = name.lstrip("-").replace("-", "_")
    if name in NEEDS_NOTHING:
        return _foreground([*PYTHON, "django", name, *rest], {"DJANGO_SETTINGS_MODULE": SETTINGS})
    # What the command prints is its answer, often piped on; what we have to say goes beside it.
    with contextlib.redirect_stdout(sys.stderr), _instance(open_folder(folder)) as own:
        if name == "rehearse":
            return rehearse(open_folder(folder), own, rest)
        return _foreground([*PYTHON, "django", name, *rest], own)


def _split(arguments: list[str]) -> tuple[Path, list[str]]:
    """`--data` belongs to us only in front of the command; behind it, it is the command's own."""
    if arguments[:1] == ["--data"] and len(arguments) > 1:
        return Path(arguments[1]).expanduser().absolute(), arguments[2:]
    if arguments and arguments[0].startswith("--data="):
        return Path(arguments[0].removeprefix("--data=")).expanduser().absolute(), arguments[1:]
    return Path(os.environ.get("SVOI_DATA") or ROOT / "var"), arguments


@contextlib.contextmanager
def _instance(folder: Folder) -> Iterator[Mapping[str, str]]:
    """The environment of the running instance, or of a database started for this one command."""
    deadline = time.monotonic() + WAIT_FOR_OTHERS_S
    while (lock := hold(folder)) is None:
        if (note := left_note(folder)) is not None:
            yield note
            return
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Another command works on {folder.path}; wait for it to end.",
                f"С папкой {folder.path} работает другая команда; дождитесь её конца.",
            )
        time.sleep(LOOK_AGAIN_S)
    with lock:
        folder.environment.unlink(missing_ok=True)
        with _database(folder) as url:
            ports = Ports(int(os.environ.get("SVOI_PORT") or "8000"))
            host, demo = os.environ.get("SVOI_HOST") or "127.0.0.1", os.environ.get("SVOI_DEMO") == "1"
            own = surroundings(folder, host=host, ports=ports, database_url=url, demo=demo)
            _bring_tables(folder, own)
            yield own


@contextlib.contextmanager
def _database(folder: Folder) -> Iterator[str]:
    if outside := os.environ.get("DATABASE_URL"):
        yield outside_database(outside)
        return
    cluster = ready_cluster(folder)
    running = server.start(cluster, folder.logs / "postgres.log")
    try:
        yield cluster.url()
    finally:
        server.stop(running)


def _bring_tables(folder: Folder, own: Mapping[str, str]) -> None:
    note, url = folder.run / "tables.stamp", own["DATABASE_URL"]
    if is_noted(note, tables_digest(url)):
        return
    if _foreground([*PYTHON, "django", "migrate", "--no-input", "--verbosity", "0"], own) != 0:
        raise CannotStart("The tables could not be brought up to date.", "Не удалось обновить таблицы.")
    put_down(note, tables_digest(url))


def _foreground(program: list[str], own: Mapping[str, str]) -> int:
    """Ctrl-C reaches the command by itself, a request to end through us; either way we wait for its end."""
    environment = child_environment({**own, "SVOI_POOL": "0"})
    child = subprocess.Popen(tied(program, last_wish=signal.SIGTERM), env=environment)
    before = {wish: signal.signal(wish, lambda number, _frame: child.send_signal(number)) for wish in PASSED_ON}
    before[signal.SIGINT] = signal.signal(
        signal.SIGINT, lambda _number, _frame: say(in_words("  ending…", "  завершаем…"))
    )
    try:
        return child.wait()
    finally:
        for wish, former in before.items():
            signal.signal(wish, former)
