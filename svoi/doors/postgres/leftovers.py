"""What a killed start leaves behind: a pid file of nobody, a dead server's last sessions, a server without a parent."""

import os
import signal
import sys
import time
from pathlib import Path

from svoi.doors.postgres.cluster import Cluster
from svoi.doors.sentences import CannotStart

# Each signal is given this long before the next, harder one.
PATIENCE = ((None, 1.0), (signal.SIGINT, 8.0), (signal.SIGQUIT, 6.0), (signal.SIGKILL, 4.0))
LOOK_AGAIN_S = 0.02


def clear_leftovers(cluster: Cluster) -> None:
    """Called by the only owner of the cluster (it holds the lock), so whatever still runs in it is an orphan."""
    if sys.platform != "linux":
        return  # elsewhere PostgreSQL's own check of the pid file has to do
    if not _gone(cluster):
        raise CannotStart(
            f"An older PostgreSQL still runs in {cluster.folder} and does not stop; end it and start again.",
            f"В папке {cluster.folder} ещё работает прежний PostgreSQL и не останавливается; завершите его.",
        )
    # With nobody left inside, the pid in the file is nobody's, whoever bears that number now.
    (cluster.folder / "postmaster.pid").unlink(missing_ok=True)
    cluster.socket.unlink(missing_ok=True)
    cluster.socket.with_name(cluster.socket.name + ".lock").unlink(missing_ok=True)


def _gone(cluster: Cluster) -> bool:
    for wish, patience_s in PATIENCE:
        _send(wish, living_in(cluster.folder))
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if not living_in(cluster.folder):
                return True
            time.sleep(LOOK_AGAIN_S)
    return not living_in(cluster.folder)


def _send(wish: signal.Signals | None, pids: list[int]) -> None:
    for pid in pids:
        if wish is not None:
            try:
                os.kill(pid, wish)
            except ProcessLookupError:
                continue


def living_in(folder: Path) -> list[int]:
    """Pids of the servers whose working folder is the cluster: all of them stand in it, and a zombie stands nowhere."""
    inside = folder.resolve()
    return [pid for pid in _pids() if _stands_in(pid, inside)]


def _pids() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]  # noqa: PTH208  (thousands of entries, names only)


def _stands_in(pid: int, folder: Path) -> bool:
    try:
        # A person's shell may stand there too, and is nobody's leftover.
        return Path(f"/proc/{pid}/comm").read_text() == "postgres\n" and Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False
