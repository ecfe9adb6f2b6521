"""Which system account runs the database: PostgreSQL refuses root, so root lends it an unprivileged one."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from svoi.doors.sentences import CannotStart

PREFERRED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def as_popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@cache
def lent_account() -> Account | None:
    """The account to drop to when we are root; None when the database may run as the invoking user."""
    if os.geteuid() != 0:
        return None
    for name in PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        account = Account(name, entry.pw_uid, entry.pw_gid)
        if account.uid != 0 and _can_be_entered(account):
            return account
    raise CannotStart(
        f"PostgreSQL must not run as root and none of the accounts {', '.join(PREFERRED)} can be used; "
        "start as an ordinary user.",
        f"PostgreSQL не работает от имени root, а учётные записи {', '.join(PREFERRED)} недоступны; "
        "запустите от имени обычного пользователя.",
    )


def _can_be_entered(account: Account) -> bool:
    """A container may map only some users; trying is the only honest answer."""
    try:
        return subprocess.run(["/bin/sh", "-c", ":"], cwd="/", check=False, **account.as_popen()).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def may_enter(account: Account | None, folder: Path) -> bool:
    """Can the account reach this folder through all its parents? Asked of the kernel, so ACLs count too."""
    if account is None:
        return os.access(folder, os.X_OK)
    question = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
    return subprocess.run(question, cwd="/", check=False, **account.as_popen()).returncode == 0


def give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid)
