"""The supervisor itself: one task keeps each program alive; a signal or a failed first start ends them all."""

import asyncio
import contextlib
import functools
import os
import signal
import time
from collections.abc import Awaitable, Iterable
from pathlib import Path

from svoi.doors.sentences import CannotStart
from svoi.doors.supervisor.board import Board
from svoi.doors.supervisor.child import Child, signal_group
from svoi.doors.supervisor.guarding import Guard
from svoi.doors.supervisor.logs import ProgramLog
from svoi.doors.supervisor.orphans import adopt_orphans, bury_orphans
from svoi.doors.supervisor.program import Program
from svoi.doors.supervisor.telling import first_start_failed, tell_end, tell_return, tell_trouble

PAUSE_FIRST_S, PAUSE_MAX_S = 0.1, 5.0
HEALTHY_AFTER_S = 10.0  # a program that lived so long starts again without a pause
FIRST_STARTS_MAX = 3
LOOK_AGAIN_S = 0.05
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    def __init__(self, *, board: Path, logs: Path) -> None:
        self.children: dict[str, Child] = {}
        self._board, self._logs = Board(board), logs
        self._tasks: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        self._over: asyncio.Future[None] = loop.create_future()
        self._ending = False
        adopt_orphans()
        self._guard = Guard()
        loop.add_signal_handler(signal.SIGCHLD, self._reap)
        for wish in STOP_SIGNALS:
            loop.add_signal_handler(wish, self._stop)

    async def live(self, opening: Awaitable[None]) -> None:
        """Run the opening, then keep what it added until a signal; raises the sentence when a start fails."""
        self._task(opening)
        try:
            await self._over
        finally:
            await self._end_all()

    def add(self, *programs: Program) -> None:
        for program in programs:
            self._task(self._keep(self._child(program, self._log(program.name))))

    async def ready(self, names: Iterable[str]) -> None:
        """Wait for these; a name that nobody bears here (a database of one's own) needs no waiting."""
        for name in names:
            if name in self.children:
                await self.children[name].was_ready.wait()

    async def run_once(self, program: Program, log: ProgramLog) -> int:
        """A program that is meant to end: gives its exit code."""
        child = self._child(program, log)
        child.start()
        try:
            return await asyncio.shield(child.exited)
        finally:
            if child.exited.done():
                del self.children[program.name]

    async def _keep(self, child: Child) -> None:
        program = child.program
        await self.ready(program.after)
        while True:
            if program.clear:
                await asyncio.to_thread(program.clear)
            began = time.monotonic()
            code = await self._live_once(child, began)
            child.short_lives = 0 if time.monotonic() - began > HEALTHY_AFTER_S else child.short_lives + 1
            if program.is_vital and not child.was_ready.is_set() and child.short_lives >= FIRST_STARTS_MAX:
                raise first_start_failed(child, f"exit code {code}")
            tell_end(child, code)
            child.restarts += 1
            child.turn("restarting")
            await asyncio.sleep(min(PAUSE_MAX_S, PAUSE_FIRST_S * 2 ** min(max(0, child.short_lives - 1), 10)))

    async def _live_once(self, child: Child, began: float) -> int:
        try:
            child.start()
        except OSError as error:  # no memory or no process to spare: it is tried again like any early end
            child.log.write(f"ERROR {error}\n".encode())
            return os.EX_OSERR
        await self._see_it_ready(child, began)
        return await asyncio.shield(child.exited)

    async def _see_it_ready(self, child: Child, began: float) -> None:
        while not child.exited.done():
            age_s = time.monotonic() - began
            if await child.program.is_ready(age_s):
                if not child.exited.done():
                    tell_return(child, age_s)
                    child.turn("ready")
                return
            if age_s > child.program.ready_within_s and child.pid:
                if child.program.is_vital and not child.was_ready.is_set():
                    raise first_start_failed(child, "no answer")
                signal_group(child.pid, signal.SIGKILL)
            await asyncio.wait({child.exited}, timeout=LOOK_AGAIN_S)

    async def _end_all(self) -> None:
        self._ending = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for stage in _stages(self.children):
            await asyncio.gather(*(child.end() for child in stage))
            for child in stage:
                if child.program.clear:
                    with contextlib.suppress(CannotStart):
                        await asyncio.to_thread(child.program.clear)
        self._guard.dismiss()
        await self._board.settle()

    def _stop(self) -> None:
        if not self._over.done():
            self._over.set_result(None)
        elif self._ending:  # asked a second time: no more politeness
            for child in self.children.values():
                if child.pid:
                    signal_group(child.pid, child.program.last_wish)

    def _reap(self) -> None:
        self._guard.reap()
        for child in list(self.children.values()):
            pid = child.pid
            child.reap()
            if pid and child.pid is None:
                self._guard.ended(pid)
        bury_orphans({self._guard.pid, *(child.pid for child in self.children.values() if child.pid)})

    def _changed(self, child: Child) -> None:
        if child.state == "starting" and child.pid:
            self._guard.began(child.pid, child.program.last_wish)
        self._board.post(self.children.values())

    def _child(self, program: Program, log: ProgramLog) -> Child:
        self.children[program.name] = child = Child(program, log, self._changed)
        return child

    def _log(self, name: str) -> ProgramLog:
        return ProgramLog(self._logs / f"{name}.log", functools.partial(tell_trouble, name))

    def _task(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (failure := task.exception()) and not self._over.done():
            self._over.set_exception(failure)


def _stages(children: dict[str, Child]) -> list[list[Child]]:
    """Groups to end together: first those nobody leans on, last what everybody leans on."""

    def depth(name: str) -> int:
        return 1 + max((depth(below) for below in children[name].program.after if below in children), default=0)

    depths = {name: depth(name) for name in children}
    return [
        [children[name] for name in depths if depths[name] == level]
        for level in sorted({*depths.values()}, reverse=True)
    ]
