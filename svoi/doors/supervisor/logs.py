"""The log of one program: bounded in size, and its errors told on the terminal without flooding it."""

import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

FILE_BYTES_MAX = 5_000_000
OLD_FILES = 2
TAIL_BYTES = 6_000
TELL_EVERY_S = 10.0
TROUBLE = re.compile(rb"\b(ERROR|CRITICAL|FATAL|PANIC)\b|^\w*(Error|Exception)\b: ")
# What everybody says while the database comes and goes; the supervisor tells that in its own words.
PASSING = re.compile(
    rb"the database system is (starting up|shutting down|in recovery mode|not yet accepting connections)"
    rb"|terminating connection due to administrator command"
    rb"|Service Unavailable: /healthz"
)


class ProgramLog:
    def __init__(self, path: Path, tell: Callable[[str, int], None]) -> None:
        self.path = path
        self._tell = tell
        self._told_at = 0.0
        self._untold = 0
        self._half_line = b""

    def write(self, chunk: bytes) -> None:
        # A full disk must not take the shop down with it: what cannot be written is lost.
        with contextlib.suppress(OSError):
            self._rotate()
            with self.path.open("ab") as log:
                log.write(chunk)
        *lines, self._half_line = (self._half_line + chunk).split(b"\n")
        self._half_line = self._half_line[-TAIL_BYTES:]
        for line in lines:
            if TROUBLE.search(line) and not PASSING.search(line):
                self._notice(line)

    def tail(self) -> str:
        try:
            with self.path.open("rb") as log:
                log.seek(max(0, self.path.stat().st_size - TAIL_BYTES))
                return log.read().decode(errors="replace")
        except OSError:
            return ""

    def _notice(self, line: bytes) -> None:
        self._untold += 1
        now = time.monotonic()
        if now - self._told_at >= TELL_EVERY_S or self._told_at == 0.0:
            self._tell(line.decode(errors="replace").strip(), self._untold)
            self._told_at, self._untold = now, 0

    def _rotate(self) -> None:
        if not self.path.exists() or self.path.stat().st_size < FILE_BYTES_MAX:
            return
        for number in range(OLD_FILES, 1, -1):
            older = self.path.with_name(f"{self.path.name}.{number - 1}")
            if older.exists():
                older.replace(self.path.with_name(f"{self.path.name}.{number}"))
        self.path.replace(self.path.with_name(f"{self.path.name}.1"))
