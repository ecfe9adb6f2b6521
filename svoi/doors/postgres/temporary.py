"""A PostgreSQL for the length of a test run: in a temporary folder, without fsync, gone afterwards."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from svoi.doors.account import give, lent_account
from svoi.doors.postgres.binaries import program_folder
from svoi.doors.postgres.cluster import Cluster, make_cluster
from svoi.doors.postgres.leftovers import clear_leftovers
from svoi.doors.postgres.server import start, stop

PREFIX = "svoi-pg-"


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Gives the address of the running database; every `with` has a server of its own."""
    remove_abandoned()
    account = lent_account()
    with _locked_folder() as folder:
        sockets = folder / "s"
        sockets.mkdir(mode=0o700)
        give(sockets, account)
        cluster = Cluster(folder / "postgres", sockets, program_folder(account), account, durable=False)
        try:
            make_cluster(cluster)
            server = start(cluster, folder / "postgres.log")
            try:
                yield cluster.url()
            finally:
                stop(server)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked_folder() -> Iterator[Path]:
    """Locked before it bears the name that `remove_abandoned` looks for."""
    unnamed = Path(tempfile.mkdtemp(prefix=".svoi-"))
    unnamed.chmod(0o711)
    with (unnamed / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = unnamed.with_name(PREFIX + unnamed.name.removeprefix(".svoi-"))
        yield unnamed.rename(folder)


def remove_abandoned() -> None:
    """Folders of runs that were killed: ours, and nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                _remove_if_unlocked(folder)


def _remove_if_unlocked(folder: Path) -> None:
    with (folder / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clear_leftovers(Cluster(folder / "postgres", folder / "s", folder, None))
        shutil.rmtree(folder, ignore_errors=True)
