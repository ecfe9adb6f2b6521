"""The notice board `processes.json`: who runs, since when, how often restarted; read by the health page."""

import asyncio
import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from svoi.doors.supervisor.child import Child


class Board:
    """Written beside the supervisor's own work: a busy disk may keep a renaming waiting for seconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notice: str | None = None
        self._posting: asyncio.Task[None] | None = None

    def post(self, children: Iterable[Child]) -> None:
        self._notice = _worded(children)
        if self._posting is None or self._posting.done():
            self._posting = asyncio.ensure_future(self._post())

    async def settle(self) -> None:
        if self._posting:
            await self._posting

    async def _post(self) -> None:
        while self._notice is not None:
            notice, self._notice = self._notice, None
            with contextlib.suppress(OSError):  # a full disk must not stop what runs
                await asyncio.to_thread(replace_text, self._path, notice)


def _worded(children: Iterable[Child]) -> str:
    notice = {
        child.program.name: {
            "pid": child.pid,
            "state": child.state,
            "restarts": child.restarts,
            "since": round(child.since, 3),
        }
        for child in children
    }
    return json.dumps(notice, indent=1) + "\n"


def replace_text(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Readers see the old text or the new one, never a half."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    fresh.replace(path)
