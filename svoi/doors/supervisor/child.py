"""One running program: its pid, its state, its output, its end."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable

from svoi.doors.launching import launched
from svoi.doors.supervisor.logs import ProgramLog
from svoi.doors.supervisor.program import Program

CHUNK_BYTES = 65_536


class Child:
    def __init__(self, program: Program, log: ProgramLog, changed: Callable[["Child"], None]) -> None:
        self.program = program
        self.log = log
        self.state = "waiting"
        self.since = time.time()
        self.restarts = 0
        self.short_lives = 0  # ends in a row that came soon after the start
        self.was_ready = asyncio.Event()  # at least once
        self.is_ready = asyncio.Event()  # now
        self.exited: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._changed = changed
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    def turn(self, state: str) -> None:
        self.state, self.since = state, time.time()
        if state == "ready":
            self.was_ready.set()
            self.is_ready.set()
        else:
            self.is_ready.clear()
        self._changed(self)

    def start(self) -> None:
        program = self.program
        self.exited = asyncio.get_running_loop().create_future()
        self._running = launched(
            program.command,
            output=subprocess.PIPE,
            env=program.env,
            account=program.account,
            cwd=program.cwd,
            last_wish=program.last_wish,
        )
        assert self._running.stdout is not None
        os.set_blocking(self._running.stdout.fileno(), False)
        asyncio.get_running_loop().add_reader(self._running.stdout.fileno(), self._read)
        self.turn("starting")

    def reap(self) -> None:
        """Called at every SIGCHLD: notices our own death, ends what we left running, reads our last words."""
        if self._running is None or self._running.poll() is None:
            return
        running, self._running = self._running, None
        signal_group(running.pid, signal.SIGKILL)
        assert running.stdout is not None
        asyncio.get_running_loop().remove_reader(running.stdout.fileno())
        with contextlib.suppress(OSError):
            while chunk := os.read(running.stdout.fileno(), CHUNK_BYTES):
                self.log.write(chunk)
        running.stdout.close()
        self.exited.set_result(running.returncode)

    async def end(self) -> None:
        """Ask politely, then less politely, each within its time."""
        for wish, patience_s in self.program.ending:
            if self._running is None:
                break
            if wish == signal.SIGKILL:
                signal_group(self._running.pid, wish)
            else:
                self._running.send_signal(wish)
            await asyncio.wait({self.exited}, timeout=patience_s)
        self.turn("stopped")

    def _read(self) -> None:
        assert self._running is not None
        assert self._running.stdout is not None
        try:
            chunk = os.read(self._running.stdout.fileno(), CHUNK_BYTES)
        except BlockingIOError:
            return
        if chunk:
            self.log.write(chunk)
        else:
            asyncio.get_running_loop().remove_reader(self._running.stdout.fileno())


def signal_group(pid: int, wish: signal.Signals) -> None:
    """Every child leads a group of its own, so this reaches the workers it forked."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, wish)
