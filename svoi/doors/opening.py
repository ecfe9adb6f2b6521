"""The opening of an instance, step by step: database, tables, static files, programs, the demo show."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from svoi.doors import roster
from svoi.doors.folder import Folder
from svoi.doors.freshness import is_noted, put_down, static_digest, tables_digest
from svoi.doors.once import OnceLog
from svoi.doors.ports import Ports
from svoi.doors.postgres.cluster import DATABASE, Cluster
from svoi.doors.postgres.server import make_database
from svoi.doors.sentences import CannotStart
from svoi.doors.shown import shown
from svoi.doors.supervisor.keeper import Supervisor
from svoi.doors.supervisor.telling import last_words
from svoi.doors.surroundings import leave_note
from svoi.doors.terminal import Step
from svoi.doors.welcome import welcome

ON_AIR_WITHIN_S = 20.0  # the shop is open all the same


@dataclass(frozen=True)
class Opening:
    folder: Folder
    own: Mapping[str, str]
    host: str
    ports: Ports
    cluster: Cluster | None
    demo: bool

    async def run(self, supervisor: Supervisor) -> None:
        static = asyncio.ensure_future(self._static(supervisor))  # needs no database, so it goes beside it
        static.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self.cluster:
            await self._database(supervisor, self.cluster)
        await self._tables(supervisor)
        leave_note(self.folder, self.own)
        async with shown("static files", "статические файлы", quiet=static.done()):
            await static
        await self._programs(supervisor)

    async def _database(self, supervisor: Supervisor, cluster: Cluster) -> None:
        supervisor.add(roster.postgres(cluster))
        async with shown("database", "база данных"):
            await supervisor.ready(["postgres"])
            await asyncio.to_thread(make_database, cluster, DATABASE)

    async def _tables(self, supervisor: Supervisor) -> None:
        note, url = self.folder.run / "tables.stamp", self.own["DATABASE_URL"]
        if is_noted(note, await asyncio.to_thread(tables_digest, url)):
            return
        async with shown("tables", "таблицы") as step:
            await self._once(supervisor, "migrate", "migrate", "--no-input", step=step)
        put_down(note, await asyncio.to_thread(tables_digest, url))

    async def _static(self, supervisor: Supervisor) -> None:
        note, digest = self.folder.run / "static.stamp", static_digest()
        if not is_noted(note, digest) or not (self.folder.path / "static").is_dir():
            await self._once(supervisor, "static", "collectstatic", "--no-input", "--verbosity", "0")
            put_down(note, digest)

    async def _programs(self, supervisor: Supervisor) -> None:
        supervisor.add(
            roster.web(self.own, host=self.host, ports=self.ports),
            roster.gateway(self.own, host=self.host, ports=self.ports),
            roster.media(self.own, host=self.host, ports=self.ports),
            roster.desk(self.own, ports=self.ports),
            roster.worker(self.own),
        )
        told = ""
        if self.demo:
            async with shown("demo shop", "демо-магазин") as step:
                told = await self._once(supervisor, "demo", "open_demo", step=step)
            supervisor.add(
                roster.camera(self.own, host=self.host, ports=self.ports, key_file=self.folder.run / "demo_key")
            )
        async with shown("processes", "процессы"):
            await supervisor.ready([name for name in supervisor.children if name != "camera"])
        on_air = self.demo and await self._on_air(supervisor)
        welcome(self.folder, host=self.host, port=self.ports["web"], told=told, on_air=on_air)

    @staticmethod
    async def _on_air(supervisor: Supervisor) -> bool:
        with contextlib.suppress(TimeoutError):
            async with shown("show on air", "эфир"):
                await asyncio.wait_for(supervisor.ready(["camera"]), ON_AIR_WITHIN_S)
                return True
        return False

    async def _once(self, supervisor: Supervisor, name: str, *arguments: str, step: Step | None = None) -> str:
        """Run a command that may be run again: it is, when the database was lost under it."""
        database = supervisor.children.get("postgres")
        while True:
            restarts = database.restarts if database else 0
            log = OnceLog(self.folder.logs / f"{name}.log", step)
            if await supervisor.run_once(roster.management(name, self.own, *arguments), log) == 0:
                return log.text
            if database is None or (database.restarts == restarts and database.is_ready.is_set()):
                raise _failed(name, log)
            await database.is_ready.wait()


def _failed(name: str, log: OnceLog) -> CannotStart:
    reason = last_words(log.text) or "it is silent"
    path: Path = log.path
    without = (
        ("; start without it: bin/up --no-demo", "; запуск без него: bin/up --no-demo") if name == "demo" else ("", "")
    )
    return CannotStart(
        f"{name} failed: {reason} (see {path}){without[0]}",
        f"{name}: не получилось: {reason} (подробности: {path}){without[1]}",
    )
