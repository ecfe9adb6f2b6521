"""One PostgreSQL cluster on disk: made once, atomically, with a password only its owner can read."""

import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from svoi.doors.account import Account, give
from svoi.doors.launching import launched
from svoi.doors.sentences import CannotStart, disk_is_full, is_about_a_full_disk, told_by

ROLE = "svoi"
DATABASE = "svoi"
PORT = 5432  # only a part of the socket's name: nothing listens on the network
NEW_CLUSTER_BYTES = 120_000_000
SETTINGS_FILE = "svoi.conf"
PASSWORD_FILE = "svoi.password"  # noqa: S105  (a file name)


@dataclass(frozen=True)
class Cluster:
    folder: Path
    sockets: Path
    programs: Path
    account: Account | None
    durable: bool = True

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"

    def url(self, database: str = DATABASE) -> str:
        password = (self.folder / PASSWORD_FILE).read_text().strip()
        return f"postgresql://{ROLE}:{password}@/{quote(database)}?{urlencode({'host': str(self.sockets)})}"

    def server_command(self) -> list[str]:
        return [
            str(self.programs / "postgres"),
            *("-D", str(self.folder)),
            *("-k", str(self.sockets)),
            *("-p", str(PORT)),
            *("-h", ""),
        ]


def make_cluster(cluster: Cluster) -> None:
    """Run initdb beside the final place, then rename: a start killed half-way is simply begun again."""
    half = cluster.folder.with_name(cluster.folder.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    if shutil.disk_usage(cluster.folder.parent).free < NEW_CLUSTER_BYTES:
        raise disk_is_full(cluster.folder)
    try:
        half.mkdir(mode=0o700)
        give(half, cluster.account)
        _initdb(cluster, half)
        half.rename(cluster.folder)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise told_by(error, cluster.folder) from error
    except CannotStart:
        shutil.rmtree(half, ignore_errors=True)
        raise


def _initdb(cluster: Cluster, half: Path) -> None:
    password = _private_file(cluster.sockets / PASSWORD_FILE, secrets.token_urlsafe(24) + "\n", cluster.account)
    command = [
        str(cluster.programs / "initdb"),
        *("-D", str(half)),
        *("-U", ROLE),
        *("--auth", "scram-sha-256"),
        *("--pwfile", str(password)),
        *("--encoding", "UTF8"),
        *("--locale-provider", "builtin"),
        *("--builtin-locale", "C.UTF-8"),
        *("--locale", "C.UTF-8" if sys.platform == "linux" else "C"),
        *(() if cluster.durable else ("--no-sync",)),
    ]
    running = launched(command, output=subprocess.PIPE, account=cluster.account)
    said = running.communicate()[0].decode(errors="replace")
    if running.returncode != 0:
        raise _initdb_refusal(said, cluster.folder)
    with (half / "postgresql.conf").open("a") as conf:
        conf.write(f"\ninclude_if_exists = '{SETTINGS_FILE}'\n# Your own settings go below this line and win.\n")
    shutil.copyfile(password, _private_file(half / PASSWORD_FILE, "", cluster.account))
    password.unlink()


def _private_file(path: Path, text: str, account: Account | None) -> Path:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
    give(path, account)
    return path


def _initdb_refusal(said: str, folder: Path) -> CannotStart:
    if is_about_a_full_disk(said):
        return disk_is_full(folder)
    reason = next((line for line in reversed(said.splitlines()) if "error:" in line or "FATAL" in line), said.strip())
    return CannotStart(
        f"PostgreSQL could not make its folder {folder}: {reason}",
        f"PostgreSQL не смог создать папку {folder}: {reason}",
    )
