"""Starts programs through the launcher, tied to our life."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from svoi.doors.account import Account

LAUNCHER = Path(__file__).with_name("launch.py")


def tied(
    command: Sequence[str], *, account: Account | None = None, last_wish: signal.Signals = signal.SIGKILL
) -> list[str]:
    """The command that runs the command; `last_wish` is the signal it gets from the kernel when we die."""
    # The kernel ties the child to the thread that made it, not to the program.
    assert threading.current_thread() is threading.main_thread(), "children are started from the main thread"
    uid, gid = (str(account.uid), str(account.gid)) if account else ("-", "-")
    return [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(last_wish)), uid, gid, "--", *command]


def launched(
    command: Sequence[str],
    *,
    output: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    last_wish: signal.Signals = signal.SIGKILL,
) -> "subprocess.Popen[bytes]":
    """Start a tied program in a session of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen(
        tied(command, account=account, last_wish=last_wish),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(env) if env is not None else None,
        cwd=cwd or "/",
        start_new_session=True,
        umask=0o022,
    )
