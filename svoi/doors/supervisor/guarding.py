"""The supervisor's side of the guard: tells it what runs, starts another one when it is killed."""

import contextlib
import subprocess
import sys
from pathlib import Path

GUARD = Path(__file__).with_name("guard.py")


class Guard:
    def __init__(self) -> None:
        self._groups: dict[int, int] = {}
        self._running = self._started()

    @property
    def pid(self) -> int:
        return self._running.pid

    def began(self, group: int, last_wish: int) -> None:
        self._groups[group] = last_wish
        self._tell(f"+{group} {last_wish}")

    def ended(self, group: int) -> None:
        if self._groups.pop(group, None) is not None:
            self._tell(f"-{group}")

    def reap(self) -> None:
        if self._running.poll() is not None:
            self._running = self._started()

    def dismiss(self) -> None:
        assert self._running.stdin is not None
        with contextlib.suppress(OSError):
            self._running.stdin.close()
        self._running.wait()

    def _tell(self, line: str) -> None:
        assert self._running.stdin is not None
        with contextlib.suppress(OSError):  # it was killed just now; the next one is born knowing everything
            self._running.stdin.write(line.encode() + b"\n")
            self._running.stdin.flush()

    def _started(self) -> "subprocess.Popen[bytes]":
        known = [f"+{group} {last_wish}" for group, last_wish in self._groups.items()]
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(GUARD), *known],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
