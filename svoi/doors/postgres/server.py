"""Starts and stops the server of a cluster, and knows by a real connection when it is ready."""

import contextlib
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from svoi.doors.launching import launched
from svoi.doors.postgres.cluster import DATABASE, Cluster
from svoi.doors.postgres.leftovers import clear_leftovers
from svoi.doors.postgres.settings import write_settings
from svoi.doors.sentences import CannotStart, disk_is_full, is_about_a_full_disk, told_by

READY_WITHIN_S = 120.0  # a crash recovery of a busy shop takes its time
LOOK_AGAIN_S = 0.03
STOPPING = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 5.0))

Running = subprocess.Popen[bytes]


def prepare(cluster: Cluster) -> None:
    """Everything that must be true before the server is started; also before it is started again."""
    try:
        clear_leftovers(cluster)
        write_settings(cluster)
    except OSError as error:
        raise told_by(error, cluster.folder) from error


def start(cluster: Cluster, log: Path) -> Running:
    prepare(cluster)
    with log.open("ab") as output:
        server = launched(cluster.server_command(), output=output, account=cluster.account, last_wish=signal.SIGQUIT)
    try:
        wait_until_ready(cluster, server, log)
        make_database(cluster, DATABASE)
    except BaseException:
        stop(server)
        raise
    return server


def wait_until_ready(cluster: Cluster, server: Running, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not answers(cluster):
        if server.poll() is not None or time.monotonic() > deadline:
            raise refusal_in(log.read_text(errors="replace"), cluster)
        time.sleep(LOOK_AGAIN_S)


def answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url("postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def make_database(cluster: Cluster, name: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def stop(server: Running) -> None:
    """Fast first: clients are cut off, what they committed is written down; harder if that hangs."""
    for wish, patience_s in STOPPING:
        if server.poll() is not None:
            return
        server.send_signal(wish)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(patience_s)


def refusal_in(log: str, cluster: Cluster) -> CannotStart:
    """The sentence hidden in the server's last words."""
    tail = log[-4000:]
    if is_about_a_full_disk(tail):
        return disk_is_full(cluster.folder)
    reason = next(
        (line for line in reversed(tail.splitlines()) if "FATAL:" in line or "PANIC:" in line), "it is silent"
    )
    return CannotStart(
        f"PostgreSQL did not start in {cluster.folder}: {reason}",
        f"PostgreSQL не запустился в {cluster.folder}: {reason}",
    )
