"""The environment in `.venv`: made when missing or broken, renewed when a lock file changed, else left alone."""

import contextlib
import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from svoi.doors.sentences import told_by
from svoi.doors.setup.install import install
from svoi.doors.setup.venv import make_venv
from svoi.doors.terminal import in_words, say

UNFINISHED = "svoi-unfinished"


def bring_up_to_date(root: Path, *, dev: bool, camera: bool = False) -> None:
    venv = root / ".venv"
    locks = wanted_locks(root / "requirements", venv, dev=dev, camera=camera)
    if _is_current(venv, locks):
        return
    try:
        with _alone(locks[0]):
            if not _is_current(venv, locks):
                _renew(venv, locks)
    except OSError as error:
        raise told_by(error, venv) from error


def wanted_locks(requirements: Path, venv: Path, *, dev: bool, camera: bool) -> list[Path]:
    """What runs the shop; besides, the checks (which bring the camera's package along), or that package once chosen."""
    run, checks, optional = (requirements / name for name in ("run.txt", "dev.txt", "camera.txt"))
    if dev:
        return [run, checks]
    return [run, optional] if camera or _stamp(venv, optional).is_file() else [run]


def _is_current(venv: Path, locks: list[Path]) -> bool:
    return all(_stamp(venv, lock).is_file() and _stamp(venv, lock).read_text() == _digest(lock) for lock in locks)


def _renew(venv: Path, locks: list[Path]) -> None:
    unfinished = venv / UNFINISHED
    # An installation killed half-way may have left packages without their files: begin again.
    if unfinished.exists() or not _works(venv):
        shutil.rmtree(venv, ignore_errors=True)
        make_venv(venv)
    unfinished.touch()
    install(venv / "bin" / "python", locks)
    for lock in locks:
        _stamp(venv, lock).write_text(_digest(lock))
    unfinished.unlink()


def _works(venv: Path) -> bool:
    python = venv / "bin" / "python"
    if not python.exists():
        return False
    question = "import sys, pip; assert sys.version_info >= (3, 11) and sys.prefix == sys.argv[1]"
    return subprocess.run([python, "-c", question, str(venv)], capture_output=True, check=False).returncode == 0


def _stamp(venv: Path, lock: Path) -> Path:
    return venv / f"svoi-{lock.stem}.stamp"


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest() + "\n"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two set-ups at once: the second waits, then finds the work done."""
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(in_words("Another set-up is running here; waiting for it.", "Здесь уже идёт установка; ждём её."))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
