"""Becomes another program that cannot outlive its parent; run as a file, on the standard library alone.

launch.py PARENT_PID SIGNAL UID GID -- program argument…   (UID and GID are "-" to stay who we are)
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    parent, signal_number, uid, gid, dashes, *command = arguments
    assert dashes == "--", arguments
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    # The kernel forgets the wish at every change of user, so it is made after it.
    if libc is not None and libc.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != int(parent):
        sys.exit(1)  # the parent died before the wish was made
    os.execvp(command[0], command)  # noqa: S606  (no shell is wanted here)


if __name__ == "__main__":
    main(sys.argv[1:])
