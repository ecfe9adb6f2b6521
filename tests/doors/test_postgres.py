"""The embedded PostgreSQL: it starts, survives what may happen to it, and says in one sentence when it cannot."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svoi.doors.folder import empty_folder, open_folder
from svoi.doors.postgres import temporary_postgres
from svoi.doors.postgres.cluster import Cluster, make_cluster
from svoi.doors.postgres.leftovers import living_in
from svoi.doors.postgres.placing import placed_cluster
from svoi.doors.postgres.server import start, stop
from svoi.doors.postgres.settings import write_settings
from svoi.doors.sentences import CannotStart
from tests.doors.places import IS_ROOT, fill, open_place, small_disk

ROOT = Path(__file__).resolve().parents[2]


def made(place: Path, *, durable: bool = False) -> Cluster:
    cluster = dataclasses.replace(placed_cluster(place / "postgres"), durable=durable)
    make_cluster(cluster)
    write_settings(cluster)
    return cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with open_place() as place:
        yield made(place, durable=True)


def test_it_runs_under_an_unprivileged_account_and_keeps_its_password(cluster: Cluster) -> None:
    server = start(cluster, cluster.folder.with_name("log"))
    try:
        owner = Path(f"/proc/{server.pid}").stat().st_uid
        assert (owner == 0, owner == cluster.folder.stat().st_uid) == (False, True)
        assert oct((cluster.folder / "svoi.password").stat().st_mode)[-4:] == "0600"
        with psycopg.connect(cluster.url()) as connection:
            settings = "SELECT current_setting('listen_addresses'), current_setting('fsync'), lower('ПРИВЕТ')"
            assert connection.execute(settings).fetchone() == ("", "on", "привет")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url(), password="wrong")
    finally:
        stop(server)


def test_what_was_committed_survives_sigkill_under_a_busy_session(cluster: Cluster) -> None:
    server = start(cluster, cluster.folder.with_name("log"))
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept VALUES (1), (2)")
    busy = psycopg.connect(cluster.url(), autocommit=True)
    counting = threading.Thread(target=count_for_long, args=[busy])
    counting.start()
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    again = start(cluster, cluster.folder.with_name("log"))
    try:
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT number FROM kept ORDER BY 1").fetchall() == [(1,), (2,)]
    finally:
        stop(again)
        counting.join()
        busy.close()
    assert living_in(cluster.folder) == []


def count_for_long(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """A session that does not look up from its work when its server dies."""
    with pytest.raises(psycopg.Error):
        connection.execute("SELECT sum(a * b) FROM generate_series(1, 100000) a, generate_series(1, 1000) b")


def test_a_pid_file_that_names_a_stranger_does_not_stop_it(cluster: Cluster) -> None:
    (cluster.folder / "postmaster.pid").write_text(f"{os.getppid()}\n{cluster.folder}\n0\n5432\n{cluster.sockets}\n\n")
    stop(start(cluster, cluster.folder.with_name("log")))


def test_a_server_without_its_starter_is_ended_first(cluster: Cluster) -> None:
    orphan = start(cluster, cluster.folder.with_name("log"))
    again = start(cluster, cluster.folder.with_name("log"))
    assert orphan.wait(1) == 0
    stop(again)


def test_a_start_killed_while_making_the_cluster_is_begun_again() -> None:
    with open_place() as place:
        (place / "postgres.half").mkdir()
        (place / "postgres.half" / "PG_VERSION").write_text("18\n")
        stop(start(made(place), place / "log"))
        assert not (place / "postgres.half").exists()


def test_a_long_path_gets_a_short_socket() -> None:
    with open_place() as place:
        far = place / ("long-" * 20)
        far.mkdir()
        cluster = made(far)
        assert len(str(cluster.socket)) <= 107
        try:
            stop(start(cluster, far / "log"))
        finally:
            cluster.sockets.rmdir()


@pytest.mark.skipif(not IS_ROOT, reason="only root has an account to lend")
def test_a_private_parent_sends_the_database_to_a_state_folder_and_stays_private() -> None:
    with open_place() as place:
        place.chmod(0o700)
        folder = open_folder(place / "inner")
        cluster = made(folder.path)
        assert (place.stat().st_mode & 0o777, cluster.folder.parent.parent) == (0o700, Path("/var/lib/svoi"))
        assert folder.cluster.readlink() == cluster.folder
        stop(start(cluster, folder.logs / "postgres.log"))
        assert placed_cluster(folder.cluster).folder == cluster.folder
        empty_folder(folder)
        assert not cluster.folder.exists()
        if cluster.sockets.parent == Path("/tmp"):
            cluster.sockets.rmdir()


@pytest.mark.skipif(not IS_ROOT, reason="only root can become somebody else")
def test_an_ordinary_user_runs_it_too() -> None:
    script = (
        "import psycopg\nfrom svoi.doors.postgres import temporary_postgres\n"
        "with temporary_postgres() as url, psycopg.connect(url) as c: print(c.execute('SELECT 7').fetchone()[0])"
    )
    if subprocess.run(["/bin/sh", "-c", 'test -x "$1"', "sh", sys.executable], user="nobody", check=False).returncode:
        pytest.skip("this Python lies where nobody else may go")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", script],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        cwd="/",
        user="nobody",
        extra_groups=[],
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("7\n", "")


def test_two_temporary_ones_do_not_meet() -> None:
    with temporary_postgres() as one, temporary_postgres() as other:
        assert one != other
        with psycopg.connect(one, autocommit=True) as connection:
            connection.execute("CREATE TABLE only_here ()")
        with psycopg.connect(other) as connection:
            assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


def test_a_small_disk_is_refused_before_anything_is_made() -> None:
    with small_disk(20) as place:
        with pytest.raises(CannotStart) as refused:
            made(place)
        assert str(refused.value).splitlines() == [
            f"The disk is full: there is no room left for {place}/postgres; free some space and start again.",
            f"Диск заполнен: для {place}/postgres не осталось места; освободите место и запустите снова.",
        ]
        assert sorted(inner.name for inner in place.iterdir()) == ["sockets"]


def test_a_disk_that_fills_while_making_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svoi.doors.postgres.cluster.NEW_CLUSTER_BYTES", 0)
    with small_disk(20) as place:
        with pytest.raises(CannotStart, match=r"^The disk is full: "):
            made(place)
        assert sorted(inner.name for inner in place.iterdir()) == ["sockets"]


def test_a_disk_that_filled_since(tmp_path: Path) -> None:
    with small_disk(150) as place:
        cluster = made(place)
        fill(place)
        with pytest.raises(CannotStart, match=r"^The disk is full: "):
            start(cluster, tmp_path / "log")
        (place / "filling").unlink()
        stop(start(cluster, tmp_path / "log"))
