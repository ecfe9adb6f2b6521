"""Outlives a killed supervisor by a moment: when its standard input ends, it ends the groups it was told of.

The kernel's parent-death signal reaches only direct children, and only on Linux; this reaches the rest.
Run as a file, on the standard library alone. Arguments: "+PID SIGNAL" a group runs already. Lines of the input:
the same for a group that began, "-PID" for one that ended.
"""

import itertools
import os
import signal
import sys
import time

PATIENCE_S = 6.0
LOOK_AGAIN_S = 0.05


def main() -> None:
    for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wish, signal.SIG_IGN)  # it ends with its input, never before
    groups: dict[int, int] = {}
    for line in itertools.chain(sys.argv[1:], sys.stdin):
        pid, _, wish_number = line[1:].partition(" ")
        if line.startswith("+"):
            groups[int(pid)] = int(wish_number)
        else:
            groups.pop(int(pid), None)
    for group, wish_number in groups.items():
        _send(group, wish_number)
    deadline = time.monotonic() + PATIENCE_S
    while any(_send(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(LOOK_AGAIN_S)
    for group in groups:
        _send(group, signal.SIGKILL)


def _send(group: int, wish: int) -> bool:
    try:
        os.killpg(group, wish)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
