"""`bin/up`: checks what can be checked beforehand, each with its one sentence, then opens and keeps the instance."""

import asyncio
import os
from argparse import Namespace
from pathlib import Path

import psycopg

from svoi.doors.folder import Folder, empty_folder, hold, holder, open_folder
from svoi.doors.opening import Opening
from svoi.doors.ports import free_ports
from svoi.doors.postgres.cluster import Cluster, make_cluster
from svoi.doors.postgres.placing import placed_cluster
from svoi.doors.postgres.settings import write_settings
from svoi.doors.rehearsal import clear_rehearsal
from svoi.doors.sentences import CannotStart, told_by
from svoi.doors.supervisor.keeper import Supervisor
from svoi.doors.surroundings import left_note, surroundings
from svoi.doors.terminal import Step, in_words, say


def up(asked: Namespace) -> int:
    folder = open_folder(asked.data)
    lock = hold(folder)
    if lock is None:
        raise _runs_already(folder)
    with lock:
        folder.environment.unlink(missing_ok=True)
        clear_rehearsal(folder)
        ports = free_ports(asked.host, asked.port)
        if asked.fresh:
            empty_folder(folder)
        cluster = None if os.environ.get("DATABASE_URL") else ready_cluster(folder)
        url = cluster.url() if cluster else outside_database(os.environ["DATABASE_URL"])
        own = surroundings(folder, host=asked.host, ports=ports, database_url=url, demo=asked.demo)
        asyncio.run(_live(Opening(folder, own, asked.host, ports, cluster, asked.demo)))
        folder.environment.unlink(missing_ok=True)
    say(in_words("  Everything is stopped.", "  Всё остановлено."))
    return 0


async def _live(opening: Opening) -> None:
    supervisor = Supervisor(board=opening.folder.board, logs=opening.folder.logs)
    await supervisor.live(opening.run(supervisor))


def ready_cluster(folder: Folder) -> Cluster:
    """The embedded cluster, made at the first start."""
    cluster = placed_cluster(folder.cluster)
    if cluster.folder != folder.cluster.absolute():
        _tell_other_place(folder, cluster.folder)
    if not cluster.folder.exists():
        step = Step("making the database", "создаём базу данных")
        try:
            make_cluster(cluster)
        except CannotStart:
            step.failed()
            raise
        step.done()
    try:
        write_settings(cluster)
    except OSError as error:
        raise told_by(error, cluster.folder) from error
    return cluster


def _tell_other_place(folder: Folder, place: Path) -> None:
    say(
        in_words(
            f"  The database lies in {place}: its account may not enter {folder.path}.",
            f"  База данных лежит в {place}: её учётной записи нельзя в {folder.path}.",
        )
    )


def outside_database(url: str) -> str:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[0]
        raise CannotStart(
            f"The database of DATABASE_URL does not answer: {reason}",
            f"База данных из DATABASE_URL не отвечает: {reason}",
        ) from error
    return url


def _runs_already(folder: Folder) -> CannotStart:
    note = left_note(folder) or {}
    where = f"http://127.0.0.1:{note['SVOI_PORT']}/" if "SVOI_PORT" in note else str(folder.path)
    pid = holder(folder)
    return CannotStart(
        f"Svoi already runs on this data folder: {where} (pid {pid}); stop it first or choose another --data.",
        f"«Свои» уже работают с этой папкой данных: {where} (pid {pid}); остановите их или укажите другую: --data.",
    )
