"""Grandchildren whose parent was killed come to us instead of to a pid 1 that may never bury them."""

import ctypes
import os
import sys
from collections.abc import Set as AbstractSet

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury_orphans(own: AbstractSet[int]) -> None:
    """Collect the ended ones we never started; the ones we did start are left to whoever waits for them."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None or ended.si_pid in own:
                return
            os.waitpid(ended.si_pid, os.WNOHANG)
        except ChildProcessError:
            return
