"""The data folder of one instance: what lies where in it, whose it is, and that only one supervisor lives in it."""

import fcntl
import os
import pwd
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from svoi.doors.sentences import CannotStart, told_by

MARKER = "svoi-data"
LAYOUT = "1\n"
HARMLESS = {"lost+found", ".DS_Store"}


@dataclass(frozen=True)
class Folder:
    path: Path

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def board(self) -> Path:
        return self.run / "processes.json"

    @property
    def environment(self) -> Path:
        return self.run / "env.json"

    def secret(self) -> str:
        """The instance's secret: made once, readable by its owner alone."""
        path = self.run / "secret"
        if not path.exists():
            fresh = path.with_name(f".secret.{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_hex(32) + "\n")
            fresh.rename(path)
        return path.read_text().strip()


def open_folder(path: Path) -> Folder:
    """Make the folder or recognise ours; refuses a stranger's folder and anything that is not a data folder."""
    try:
        _refuse_strangers(path)
        if not path.exists():
            path.mkdir(parents=True)
        if not (path / MARKER).exists():
            _refuse_other_contents(path)
            # As root the database's account must pass through here, and nobody else need look inside.
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            (path / MARKER).write_text(LAYOUT)
        for inner in ("run", "log", "media"):
            (path / inner).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise told_by(error, path) from error
    return Folder(path.resolve())


def _refuse_strangers(path: Path) -> None:
    for place in (path, path / MARKER):
        if place.exists() and place.stat().st_uid != os.geteuid():
            owner = _user_name(place.stat().st_uid)
            raise CannotStart(
                f"The data folder {path} belongs to user {owner}; start as {owner} or choose another one with --data.",
                f"Папка данных {path} принадлежит пользователю {owner}; запустите от его имени или укажите --data.",
            )
    if path.exists() and not path.is_dir():
        raise CannotStart(
            f"{path} is not a folder; choose another one with --data.", f"{path} не папка; укажите другую."
        )


def _refuse_other_contents(path: Path) -> None:
    if set(os.listdir(path)) - HARMLESS:  # noqa: PTH208  (names are compared)
        raise CannotStart(
            f"{path} is not empty and is not a data folder of Svoi; choose an empty one with --data.",
            f"Папка {path} не пуста и не похожа на папку данных Svoi; укажите пустую: --data.",
        )


def empty_folder(folder: Folder) -> None:
    """For `--fresh`, under the lock: everything of ours goes, also a database kept in the state folder."""
    try:
        if folder.cluster.is_symlink():
            shutil.rmtree(folder.cluster.resolve().parent, ignore_errors=True)
            folder.cluster.unlink()
        for inner in folder.path.iterdir():
            if inner.name not in {MARKER, "run"} | HARMLESS:
                shutil.rmtree(inner) if inner.is_dir() else inner.unlink()
        for inner in folder.run.iterdir():
            if inner.name != "lock":
                inner.unlink()
    except OSError as error:
        raise told_by(error, folder.path) from error
    open_folder(folder.path)


def hold(folder: Folder) -> IO[str] | None:
    """The lock that says "I run this folder"; None when somebody else holds it. It ends with the process."""
    lock = (folder.run / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def holder(folder: Folder) -> str:
    """The pid of whoever holds the lock, for the sentence."""
    return (folder.run / "lock").read_text().strip() or "?"


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
