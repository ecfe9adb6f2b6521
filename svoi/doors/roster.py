"""Who runs in an instance: the command, the readiness and the order of every program."""

import math
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from svoi.doors.ports import Ports
from svoi.doors.postgres.cluster import Cluster
from svoi.doors.postgres.leftovers import clear_leftovers
from svoi.doors.postgres.server import refusal_in
from svoi.doors.supervisor.program import Program
from svoi.doors.supervisor.readiness import (
    database_answers,
    database_says,
    health_says,
    http_answers,
    lives_for,
    reachable,
)
from svoi.doors.surroundings import ROOT, child_environment

AFTER_DATABASE = ("postgres",)
PYTHON = [sys.executable, "-P", "-m"]
WEB_WORKERS = max(1, min(4, os.cpu_count() or 1))
WEB_THREADS = 8
# While the others start, the web's health page honestly says 503: it answers, and that is what is asked here.
WEB_ANSWERS = (200, 503)
WORKER_SIGNED_IN = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
POSTGRES_ENDING = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 4.0))


def postgres(cluster: Cluster) -> Program:
    return Program(
        "postgres",
        cluster.server_command(),
        is_ready=database_answers(cluster.url("postgres")),
        account=cluster.account,
        ending=POSTGRES_ENDING,
        last_wish=signal.SIGQUIT,
        clear=lambda: clear_leftovers(cluster),
        refusal=lambda log: refusal_in(log, cluster),
        ready_within_s=300.0,  # the crash recovery of a busy shop takes its time
    )


def web(own: Mapping[str, str], *, host: str, ports: Ports) -> Program:
    return Program(
        "web",
        [
            *(*PYTHON, "granian", "--interface", "wsgi", "--no-ws", "--http", "1"),
            *("--host", host, "--port", str(ports["web"])),
            *("--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS)),
            *("--respawn-failed-workers", "--respawn-interval", "0.1", "--workers-kill-timeout", "4s"),
            *("--log-level", "warning", "svoi.conf.wsgi:application"),
        ],
        is_ready=http_answers(host, ports["web"], statuses=WEB_ANSWERS),
        ready_within_s=60.0,  # its server starts failing workers again and again and never ends by itself
        env=child_environment(own),
        cwd=ROOT,
        after=AFTER_DATABASE,
    )


def gateway(own: Mapping[str, str], *, host: str, ports: Ports) -> Program:
    return Program(
        "gateway",
        [*PYTHON, "svoi.gateway"],
        is_ready=http_answers(host, ports["sse"]),
        env=child_environment(own),
        cwd=ROOT,
        after=AFTER_DATABASE,
    )


def media(own: Mapping[str, str], *, host: str, ports: Ports) -> Program:
    return Program(
        "media",
        [*PYTHON, "svoi.media"],
        is_ready=http_answers(host, ports["media"]),
        env=child_environment(own),
        cwd=ROOT,
        after=AFTER_DATABASE,
    )


def desk(own: Mapping[str, str], *, ports: Ports) -> Program:
    """Spoken to by the house's own processes only, whatever the address that people come to."""
    return Program(
        "desk",
        [*PYTHON, "svoi.desk"],
        is_ready=http_answers("127.0.0.1", ports["desk"]),
        env=child_environment(own),
        cwd=ROOT,
        after=AFTER_DATABASE,
    )


def worker(own: Mapping[str, str]) -> Program:
    return Program(
        "worker",
        [*PYTHON, "django", "worker"],
        is_ready=database_says(own["DATABASE_URL"], WORKER_SIGNED_IN),
        env=child_environment({**own, "SVOI_POOL": "0"}),  # the queue keeps connections of its own
        cwd=ROOT,
        after=AFTER_DATABASE,
    )


def camera(own: Mapping[str, str], *, host: str, ports: Ports, key_file: Path) -> Program:
    """The demo's only host: publishes over RTMP like any other, with the key the demo left for it."""
    near = reachable(host)
    address = f"rtmp://{f'[{near}]' if ':' in near else near}:{ports['rtmp']}/live"
    return Program(
        "camera",
        [*PYTHON, "svoi.media.camera", "--url", address, "--key-file", str(key_file)],
        is_ready=health_says(host, ports["media"], lambda told: told.get("shows", 0) > 0),
        ready_within_s=math.inf,  # it waits as long as its show is not open for it
        is_vital=False,
        env=child_environment(own),
        cwd=ROOT,
        after=("web", "media"),
    )


def management(name: str, own: Mapping[str, str], *arguments: str) -> Program:
    """A management command that runs once and ends."""
    return Program(
        name,
        [*PYTHON, "django", *arguments],
        is_ready=lives_for(0.0),
        env=child_environment({**own, "SVOI_POOL": "0"}),
        cwd=ROOT,
        after=AFTER_DATABASE,
    )
