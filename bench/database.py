"""A database for one measurement, with the memory and the plans of a real shop's, gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from svoi.doors.account import give, lent_account
from svoi.doors.postgres.binaries import program_folder
from svoi.doors.postgres.cluster import Cluster, make_cluster
from svoi.doors.postgres.server import start, stop
from svoi.doors.postgres.settings import THROWN_AWAY


@contextmanager
def shop_sized_postgres(*, durable: bool = False) -> Iterator[str]:
    """Gives the address. It reads like `bin/up`'s; unless `durable`, it writes like one that may be lost.

    `temporary_postgres` would have an eighth of the memory, which is right for tests and wrong here.
    """
    account = lent_account()
    folder = Path(tempfile.mkdtemp(prefix="svoi-bench-pg-"))
    folder.chmod(0o711)
    sockets = folder / "s"
    sockets.mkdir(mode=0o700)
    give(sockets, account)
    cluster = Cluster(folder / "postgres", sockets, program_folder(account), account, durable=True)
    try:
        make_cluster(cluster)
        if not durable:
            with (cluster.folder / "postgresql.conf").open("a") as conf:
                conf.writelines(f"{name} = {told}\n" for name, told in THROWN_AWAY.items() if name != "shared_buffers")
        server = start(cluster, folder / "postgres.log")
        try:
            yield cluster.url()
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
