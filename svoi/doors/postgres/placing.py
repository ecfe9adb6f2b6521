"""Where the cluster of a data folder lies: inside it, or in a state folder when the lent account may not go there."""

import hashlib
import os
import pwd
import tempfile
from pathlib import Path

from svoi.doors.account import Account, give, lent_account, may_enter
from svoi.doors.postgres.binaries import program_folder, state_folder
from svoi.doors.postgres.cluster import PORT, Cluster
from svoi.doors.sentences import CannotStart, told_by

SOCKET_PATH_MAX = 107  # sockaddr_un holds 108 bytes, the last one is zero
TEMPORARY = Path("/tmp")  # noqa: S108  (the short path is the point; the folder is ours alone, see below)


def placed_cluster(folder: Path) -> Cluster:
    """`folder` is where the cluster is looked for; it becomes a link when the cluster must lie elsewhere."""
    try:
        account = _owner(folder) if folder.exists() else lent_account()
        if not folder.exists() and not may_enter(account, folder.parent):
            folder.unlink(missing_ok=True)  # a link to a state folder that is no more
            folder.symlink_to(_state_place(account))
        place = folder.resolve()
        if not may_enter(account, place.parent):
            raise _unreachable(place, account)
        return Cluster(place, _sockets(folder, account), program_folder(account), account)
    except OSError as error:
        raise told_by(error, folder) from error


def _owner(folder: Path) -> Account | None:
    """A cluster stays with the account that made it, whatever accounts the machine has got since."""
    entry = pwd.getpwuid(folder.stat().st_uid)
    if entry.pw_uid == os.geteuid():
        return None
    if os.geteuid() == 0:
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        f"The database in {folder} belongs to user {entry.pw_name}; start as {entry.pw_name} or choose another --data.",
        f"База данных в {folder} принадлежит пользователю {entry.pw_name}; запустите от его имени или укажите --data.",
    )


def _state_place(account: Account | None) -> Path:
    place = Path(tempfile.mkdtemp(prefix="database-", dir=state_folder()))
    give(place, account)
    return place / "postgres"


def _sockets(folder: Path, account: Account | None) -> Path:
    """A folder for the socket whose path fits; the same one at every start of the same data folder."""
    beside = folder.with_name("sockets")
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_MAX and may_enter(account, folder.parent):
        return _private(beside, account)
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return _private(TEMPORARY / f"svoi-{os.geteuid()}-{digest}", account)


def _private(place: Path, account: Account | None) -> Path:
    place.mkdir(mode=0o700, exist_ok=True)
    owner = account.uid if account else os.geteuid()
    if place.is_symlink() or place.stat().st_uid not in {owner, os.geteuid()}:
        raise CannotStart(
            f"{place} belongs to somebody else; remove it and start again.",
            f"{place} принадлежит кому-то другому; удалите и запустите снова.",
        )
    place.chmod(0o700)
    give(place, account)
    return place


def _unreachable(place: Path, account: Account | None) -> CannotStart:
    who = account.name if account else "you"
    return CannotStart(
        f"User {who} cannot enter {place.parent}, where the database lies; let it pass or choose another --data.",
        f"Пользователь {who} не может войти в {place.parent}, где лежит база; откройте проход или укажите --data.",
    )
